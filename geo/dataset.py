"""The dataset in memory: read once for a process, checked as a whole, then never changed."""

import functools
import hashlib
import logging
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from geo import dictionary, domains, references, schemas, settings
from geo.catalog import FILE, Catalog, measured, read_catalog
from geo.errors import DatasetError, Problem
from geo.own.layer import Layer
from geo.own.rows import append_rows
from geo.rows import build_rows
from geo.tables import read_features, read_records

SHIPPED = Path(__file__).resolve().parent.parent / "data"
"""The folder of the dataset that comes with the Atlas."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Dataset:
    """Every table, indexed by `id` in file order; geometries in EPSG:4326, None where unknown.

    `rows` is the one list of sites and projects (see `geo.rows`), `release` the first 12 hex
    digits of the sha256 over all files: it changes when and only when the content does.
    Callers must not change the frames: they are shared by every session of the process.

    `osm_selectors` is what only commands read, None where the folder does without. `own` is the
    layer that a viewer brought, whose rows are the last ones of `rows`, and `base` the dataset
    without it.
    """

    sites: gpd.GeoDataFrame
    projects: gpd.GeoDataFrame
    organisations: gpd.GeoDataFrame
    parks: pd.DataFrame
    directions: pd.DataFrame
    clusters: pd.DataFrame
    roadmap: pd.DataFrame
    programme: pd.DataFrame
    reference_points: pd.DataFrame
    settlements: pd.DataFrame
    aliases: pd.DataFrame
    rows: gpd.GeoDataFrame
    catalog: Catalog
    release: str
    osm_selectors: pd.DataFrame | None = None
    own: Layer | None = None
    base: "Dataset | None" = None

    @property
    def shipped(self) -> "Dataset":
        """The dataset without the layer of a viewer: what all sessions share."""
        return self if self.base is None else self.base

    @property
    def listed(self) -> int:
        """Number of the rows that are the dataset's own."""
        return len(self.rows) - (0 if self.own is None else len(self.own))

    def with_layer(self, layer: Layer) -> "Dataset":
        """Return the dataset with the rows of a viewer's layer after its own.

        See `geo.own.rows.append_rows`. All other frames are shared with this dataset.
        """
        shipped = self.shipped
        return replace(shipped, rows=append_rows(shipped.rows, layer), own=layer, base=shipped)


def load(folder: Path = SHIPPED) -> Dataset:
    """Read and check a data folder.

    Raises
    ------
    CatalogError
        If the catalogue is not usable.
    DatasetError
        If any table breaks its schema, an id stands twice, or a reference leads nowhere. It names
        file, row and field of every problem.
    """
    catalog = read_catalog(folder)
    missing = sorted(schemas.BY_LAYER.keys() - {entry.id for entry in catalog})
    if missing:
        raise DatasetError([Problem(FILE, None, name, None, "entry_missing") for name in missing])
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    tools = [layer for layer in schemas.OF_TOOLS if any(entry.id == layer for entry in catalog)]
    for layer in (*schemas.BY_LAYER, *tools):
        entry = catalog[layer]
        path = catalog.file(entry)
        read = read_features if path.suffix == ".geojson" else read_records
        table, found = read(path, schemas.ALL[layer], entry.path)
        problems += found
        tables[layer] = table.assign(file=entry.path, row=range(1, len(table) + 1))
    if problems:
        # Without sound columns the references cannot be followed: say this much first.
        raise DatasetError(problems)
    parts = [tables.pop(park_type) for park_type in domains.PARK_TYPES]
    tables["sites"] = gpd.GeoDataFrame(pd.concat(parts, ignore_index=True), crs=parts[0].crs)
    problems += references.misplaced(tables["sites"])
    problems += references.repeated(tables)
    problems += references.broken(tables)
    problems += references.nameless(tables)
    problems += references.contradictory(tables)
    problems += _repeated_sites(tables["sites"])
    if problems:
        raise DatasetError(problems)
    true = measured(catalog)
    for entry in catalog:
        if entry != true[entry.id]:
            _log.warning(
                "the entry `%s` of %s is out of date: run python -m geo catalog", entry.id, FILE
            )
    frames: dict[str, Any] = {
        name: t.drop(columns=["file", "row"]).set_index("id") for name, t in tables.items()
    }
    rows = build_rows(
        frames["sites"],
        frames["projects"],
        frames["organisations"],
        directions=frames["directions"],
        clusters=frames["clusters"],
        park_titles={t: f"{catalog[t].title_ru} {catalog[t].title_en}" for t in domains.PARK_TYPES},
    )
    return Dataset(**frames, rows=rows, catalog=true, release=_release(catalog))


@functools.cache
def shared() -> Dataset:
    """Return the dataset of this process, read once, from the folder that the settings name."""
    return load(settings.current().data_folder or SHIPPED)


def _repeated_sites(sites: pd.DataFrame) -> list[Problem]:
    """Return a problem for each id that another file of sites has already."""
    firsts = sites.drop_duplicates("id")
    first = {
        own_id: {"file": file, "row": int(row)}
        for own_id, file, row in zip(firsts["id"], firsts["file"], firsts["row"], strict=True)
    }
    repeats = sites[sites["id"].duplicated()]
    return [
        Problem(
            file,
            row,
            own_id,
            "id",
            "id_elsewhere",
            {"found": own_id, **first[own_id]},
        )
        for own_id, file, row in zip(repeats["id"], repeats["file"], repeats["row"], strict=True)
    ]


def _release(catalog: Catalog) -> str:
    digest = hashlib.sha256()
    for entry in catalog:
        digest.update(entry.id.encode())
        digest.update(catalog.file(entry).read_bytes())
    meanings = catalog.folder / dictionary.FILE
    if meanings.is_file():  # a data folder of somebody else's may do without
        digest.update(meanings.read_bytes())
    return digest.hexdigest()[:12]
