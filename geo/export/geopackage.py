"""GeoPackage, with a style that QGIS takes by itself."""

import sqlite3
from contextlib import closing
from pathlib import Path

from geo.export.fitting import Fitted, Rules
from geo.export.options import Options
from geo.export.qgis import styles
from geo.export.vector import write_vector
from geo.provenance.origin import Notice
from geo.provenance.rights import citation, rights_of

TABLE, GEOMETRY, ROW_ID = "rows", "geom", "fid"
RULES = Rules(
    reserved=(GEOMETRY, ROW_ID),
    fold_case=True,
    unprintable="\x00",
    unprintable_names='[\x00-\x1f\x7f"]',
    most_columns=1_990,  # SQLite's tables have 2,000 columns at most
    as_text=("list",),
    lists_as_json=True,
    finite=True,
)
_COUNTERS = (24, 92)
"""Where the header counts the changes of the file, and those of which it knows the version."""

_CHANGES = 13
"""So often a layer with places is usually changed on the way; at times it is once more or less."""

_STYLES = """CREATE TABLE layer_styles (
 id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
 f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT,
 styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
 update_time DATETIME)"""


def write(fitted: Fitted, path: Path, options: Options) -> tuple[Notice, ...]:  # noqa: ARG001
    """Write one table; its row ids count the rows in their order from 1."""
    write_vector(
        fitted,
        path,
        driver="GPKG",
        layer=TABLE,
        geometry=GEOMETRY,
        options={"FID": ROW_ID, "GEOMETRY_NAME": GEOMETRY},
    )
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        _describe(base, fitted)
        # Rewrites every page, so that no trace of the time of writing is left in free space.
        base.execute("VACUUM")
    with path.open("r+b") as file:
        for place in _COUNTERS:
            file.seek(place)
            file.write(_CHANGES.to_bytes(4, "big"))
    return ()


def _describe(base: sqlite3.Connection, fitted: Fitted) -> None:
    """Say what the table is, and put in a time that follows from the data in place of the clock."""
    content, origin = fitted.content, fitted.content.origin
    moment = f"{origin.date}T00:00:00.000Z"
    # "identifier" must be unique in the file, and short enough for a list of layers.
    about = citation(origin, rights_of(origin.inputs))[content.lang]
    title = content.title_ru if content.lang == "ru" else content.title_en
    base.execute("BEGIN")
    base.execute(
        "UPDATE gpkg_contents SET identifier = ?, description = ? WHERE table_name = ?",
        (title or TABLE, about, TABLE),
    )
    found = styles(fitted)
    if found:
        base.execute(_STYLES)
        base.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id) "
            "VALUES ('layer_styles', 'attributes', 'layer_styles', '', 0)"
        )
        base.executemany(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, "
            "f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, "
            "ui, update_time) VALUES ('', '', ?, ?, ?, ?, '', ?, '', '', NULL, ?)",
            [(TABLE, GEOMETRY, s.name, s.qml, s.is_default, moment) for s in found],
        )
    base.execute("UPDATE gpkg_contents SET last_change = ?", (moment,))
    base.execute("COMMIT")
