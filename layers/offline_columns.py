"""The rows of the offline edition as columns: a value of each row, not a record a row."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

from shapely.geometry import mapping

from geo.dataset import Dataset
from layers.locale import LANGUAGES
from layers.published import plain


def list_columns(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the columns of rows as `layers.index` has them.

    `type`, `park`, `status` and the second `lines` are coded: `words`, each once, and `at`, for
    each row the number of its word. `names` and `lines` stand under each language.
    """
    places = [row["at"] or (None, None) for row in rows]
    return {
        "id": [row["id"] for row in rows],
        **{key: coded(row.get(key) for row in rows) for key in ("type", "park", "status")},
        "lon": [lon for lon, _ in places],
        "lat": [lat for _, lat in places],
        "off": [row.get("off") for row in rows],
        "outline": [int(row.get("outline", False)) for row in rows],
        "names": {lang: [row[lang][0] for row in rows] for lang in LANGUAGES},
        "lines": {lang: coded(row[lang][1] for row in rows) for lang in LANGUAGES},
    }


def map_columns(dataset: Dataset) -> dict[str, Any]:
    """Return what the map shows of the rows beside the columns of the list.

    `site` is the number of the site a row belongs to, its own for a site; `kind`, `source` (status
    in the words of the source) and `method` (of the geometry) are coded; `area` is in hectares;
    `shapes` are pairs of row and GeoJSON geometry in degrees, of what is no point.
    """
    rows = dataset.rows
    number = {own_id: at for at, own_id in enumerate(rows["id"])}

    def column(name: str) -> list[Any]:
        # The rows are the sites and then the projects.
        tables = (dataset.sites, dataset.projects)
        return [
            plain(value)
            for table in tables
            for value in (table[name] if name in table else [None] * len(table))
        ]

    return {
        "site": [number.get(home) for home in rows["site_id"]],
        "kind": coded(column("kind")),
        "source": coded(column("status_source")),
        "method": coded(column("geometry_method")),
        "area": column("area_ha"),
        "shapes": [
            (at, mapping(shape))
            for at, shape in enumerate(rows.geometry)
            if shape is not None and shape.geom_type != "Point"
        ],
    }


def coded(values: Iterable[Hashable]) -> dict[str, list[Any]]:
    """Return the distinct values in the order of their first row, and each row's number of them.

    Examples
    --------
    >>> coded(["a", None, "a"])
    {'words': ['a', None], 'at': [0, 1, 0]}
    """
    words: dict[Hashable, int] = {}
    at = [words.setdefault(value, len(words)) for value in values]
    return {"words": list(words), "at": at}
