"""The dataset in memory: read once for a process, checked as a whole, then never changed."""

import functools
import hashlib
import logging
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo import domains, references, schemas, settings
from geo.catalog import FILE, Catalog, outdated, read_catalog
from geo.errors import DatasetError, Problem
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
    rows: gpd.GeoDataFrame
    catalog: Catalog
    release: str


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
        raise DatasetError(
            [Problem(FILE, None, name, None, "the entry is missing") for name in missing]
        )
    tables: dict[str, pd.DataFrame] = {}
    problems: list[Problem] = []
    for layer in schemas.BY_LAYER:
        entry = catalog[layer]
        path = catalog.file(entry)
        read = read_features if path.suffix == ".geojson" else read_records
        table, found = read(path, schemas.BY_LAYER[layer], entry.path)
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
    problems += references.contradictory(tables)
    problems += _repeated_sites(tables["sites"])
    if problems:
        raise DatasetError(problems)
    for layer in outdated(catalog):
        _log.warning("the entry `%s` of %s is out of date: run python -m geo catalog", layer, FILE)
    frames = {name: t.drop(columns=["file", "row"]).set_index("id") for name, t in tables.items()}
    rows = build_rows(
        frames["sites"],
        frames["projects"],
        frames["organisations"],
        directions=frames["directions"],
        clusters=frames["clusters"],
        park_titles={t: f"{catalog[t].title_ru} {catalog[t].title_en}" for t in domains.PARK_TYPES},
    )
    return Dataset(**frames, rows=rows, catalog=catalog, release=_release(catalog))


@functools.cache
def shared() -> Dataset:
    """Return the dataset of this process, read once, from the folder that the settings name."""
    return load(settings.current().data_folder or SHIPPED)


def _repeated_sites(sites: pd.DataFrame) -> list[Problem]:
    repeats = sites[sites["id"].duplicated()]
    return [
        Problem(file, row, own_id, "id", f"`{own_id}` stands in another file of sites as well")
        for own_id, file, row in zip(repeats["id"], repeats["file"], repeats["row"], strict=True)
    ]


def _release(catalog: Catalog) -> str:
    digest = hashlib.sha256()
    for entry in catalog:
        digest.update(entry.id.encode())
        digest.update(catalog.file(entry).read_bytes())
    return digest.hexdigest()[:12]
