"""A made-up dataset of any size: random, but the same for the same seed."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo import domains, schemas
from geo.catalog import Catalog, Entry
from geo.crs import DEGREES
from geo.dataset import Dataset
from geo.rows import build_rows

DIRECTIONS = ("smart", "transport", "health", "industry")
CLUSTERS = ("atoms", "timber", "petro", "medicine")
WORDS = (
    "Томск",
    "Томский",
    "томская",
    "Северск",
    "нефтехимический",
    "Нефтехим",
    "полимеры",
    "больница",
    "больницы",
    "технопарк",
    "научно-образовательный",
    "внедренческая",
    "площадка",
    "«Берёзовая»",
    "ёлка",
    "ель",
    "мост",
    "мест",
    "парк",
    "парки",
    "Tomsk",
    "Severnaya",
    "park",
    "hospital",
    "know-how",
    "2016",
    "2015",
    "1,5",
    "км",
    "Ёж",
)


def entry(layer: str, licence: str) -> Entry:
    return Entry(
        layer, layer, layer, f"{layer}.geojson", "sites", "id", "hand", licence, f"© {layer} ru",
        f"© {layer} en", "2026-11-23", DEGREES, (), 0, (), "", "by hand",
    )  # fmt: skip


def make(seed: int, *, sites: int = 60, projects: int = 140) -> Dataset:
    rng = np.random.default_rng(seed)
    site_ids = [f"site-{n}" for n in range(sites)]
    site_table = table(rng, schemas.SITES, site_ids)
    site_table["park_type"] = rng.choice(domains.PARK_TYPES, sites)
    project_table = table(rng, schemas.PROJECTS, [f"project-{n}" for n in range(projects)])
    project_table["kind"] = rng.choice(domains.PROJECT_KINDS, projects)
    project_table["site_id"] = rng.choice([*site_ids, None], projects)
    for frame in (site_table, project_table):
        frame["direction_id"] = rng.choice([*DIRECTIONS[:3], None], len(frame))
        frame["cluster_id"] = rng.choice([*CLUSTERS[:3], None, None], len(frame))
    organisations = gpd.GeoDataFrame(
        {"name_ru": ["Организация"], "name_en": ["Organisation"]}, index=["org"], geometry=[None]
    )
    names = {"name_ru": "Имя", "name_en": "Name"}
    return Dataset(
        sites=site_table,
        projects=project_table,
        organisations=organisations,
        directions=(directions := pd.DataFrame(names, index=list(DIRECTIONS))),
        clusters=(clusters := pd.DataFrame(names, index=list(CLUSTERS))),
        **dict.fromkeys(
            ("parks", "roadmap", "programme", "reference_points", "settlements", "aliases"),
            pd.DataFrame(),
        ),
        rows=build_rows(
            site_table,
            project_table,
            organisations,
            directions=directions,
            clusters=clusters,
            park_titles={},
        ),
        catalog=Catalog(
            Path(),
            (*(entry(t, "CC-BY-4.0") for t in domains.PARK_TYPES), entry("projects", "ODbL-1.0")),
        ),
        release=f"synthetic-{seed}",
    )


def table(
    rng: np.random.Generator, schema: "schemas.pa.DataFrameSchema", ids: list[str]
) -> gpd.GeoDataFrame:
    size = len(ids)
    frame = pd.DataFrame({name: [None] * size for name in schema.columns if name != "id"}, ids)
    for column in ("name_ru", "name_en", "address_ru"):
        frame[column] = [" ".join(rng.choice(WORDS, rng.integers(1, 5))) for _ in ids]
    frame["status"] = rng.choice(domains.STATUSES, size)
    frame["start_year"] = with_gaps(rng, rng.integers(2000, 2040, size))
    frame["end_year"] = with_gaps(rng, frame["start_year"].fillna(2015) + rng.integers(0, 9, size))
    for column in ("investment_mln_rub", "jobs", "area_ha"):
        values = rng.choice([0, 5, 12.5, 100, 499.99, 500, 10_000, 70_000], size)
        frame[column] = with_gaps(rng, values) if column in schema.columns else np.nan
    frame = frame[[name for name in schema.columns if name != "id"]].copy()
    frame["geometry_method"] = rng.choice(["point", "position_of_site", "traced"], size)
    frame["organisation_ids"] = [("org",)] * size
    frame["source_urls"] = [("https://example.org/a", "https://example.org/b")] * size
    lon, lat = rng.uniform(84.5, 85.5, size), rng.uniform(56.2, 56.8, size)
    points = shapely.points(np.round(lon, 6), np.round(lat, 6))
    boxes = shapely.box(lon - 0.1, lat - 0.1, lon + 0.1, lat + 0.1)
    places = np.where(rng.random(size) < 0.3, boxes, points)
    places[rng.random(size) < 0.2] = None
    if "organisation_ids" not in schema.columns:
        frame = frame.drop(columns="organisation_ids")
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(places, index=ids, crs=DEGREES))


def with_gaps(rng: np.random.Generator, values: object) -> np.ndarray:
    filled = np.asarray(values, dtype=float)
    return np.where(rng.random(len(filled)) < 0.3, np.nan, filled)
