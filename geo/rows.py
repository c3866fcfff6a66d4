"""The one list of the Atlas: sites and projects as rows that are filtered by the same fields."""

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.crs import DEGREES

STILL_GOING = 9999.0
"""`year_to` of what has begun and has no known end."""


def build_rows(
    sites: gpd.GeoDataFrame,
    projects: gpd.GeoDataFrame,
    organisations: gpd.GeoDataFrame,
    *,
    directions: pd.DataFrame,
    clusters: pd.DataFrame,
    park_titles: Mapping[str, str],
) -> gpd.GeoDataFrame:
    """Put sites and projects into one frame.

    Parameters
    ----------
    sites, projects, organisations, directions, clusters
        Frames of the dataset, indexed by id.
    park_titles
        By park type, what its layer is called in all languages.

    Returns
    -------
    GeoDataFrame
        EPSG:4326, index 0…n-1: first the sites, then the projects, both in the order given.
        `park_type` of a project is that of its site. `directions` and `clusters` of a site are its
        own and those of its projects (tuples, sorted). `year_from` and `year_to` are floats, NaN
        where no year is known. `lon` and `lat` are a point inside the geometry, NaN without one.
    """
    members = projects.groupby("site_id", sort=False)
    site_rows = pd.DataFrame(
        {
            "id": sites.index,
            "row_type": "site",
            "park_type": sites["park_type"].to_numpy(),
            "directions": _own_or_members(sites, members, "direction_id"),
            "clusters": _own_or_members(sites, members, "cluster_id"),
            "kind": None,
            "site_id": sites.index,
            "organisation_ids": [()] * len(sites),
        }
    )
    project_rows = pd.DataFrame(
        {
            "id": projects.index,
            "row_type": "project",
            "park_type": projects["site_id"].map(sites["park_type"]).to_numpy(),
            "directions": [_single(value) for value in projects["direction_id"]],
            "clusters": [_single(value) for value in projects["cluster_id"]],
            "kind": projects["kind"].to_numpy(),
            "site_id": projects["site_id"].to_numpy(),
            "organisation_ids": projects["organisation_ids"].to_numpy(),
        }
    )
    rows = pd.concat([site_rows, project_rows], ignore_index=True)
    both = pd.concat([pd.DataFrame(sites), pd.DataFrame(projects)], ignore_index=True)
    for column in ("name_ru", "name_en", "status", "geometry_method"):
        rows[column] = both[column].to_numpy()
    for column in ("investment_mln_rub", "jobs", "area_ha", "position_accuracy_m"):
        rows[column] = both[column].to_numpy(dtype=float)
    rows["year_from"], rows["year_to"] = _years(rows, both["start_year"], both["end_year"])
    rows["text"] = _texts(rows, both, organisations, directions, clusters, park_titles)
    geometry = gpd.GeoSeries(
        [*sites.geometry.array, *projects.geometry.array], crs=DEGREES, index=rows.index
    )
    inside = geometry.representative_point()
    rows["lon"], rows["lat"] = inside.x, inside.y
    return gpd.GeoDataFrame(rows.drop(columns="organisation_ids"), geometry=geometry)


_WORDS = (
    *("name_ru", "name_en", "address_ru", "address_en"),
    *("municipality_ru", "municipality_en", "organisation_ru", "organisation_en"),
)


def _texts(
    rows: pd.DataFrame,
    both: pd.DataFrame,
    organisations: pd.DataFrame,
    directions: pd.DataFrame,
    clusters: pd.DataFrame,
    park_titles: Mapping[str, str],
) -> list[str]:
    """Return what the search looks into: the words of a row and the names of what it belongs to."""
    organisation_names, direction_names = _names(organisations), _names(directions)
    cluster_names = _names(clusters)
    return [
        " ".join(
            [
                *(word for word in words if isinstance(word, str)),
                *(organisation_names[key] for key in organisation_ids),
                *(direction_names[key] for key in own_directions),
                *(cluster_names[key] for key in own_clusters),
                park_titles.get(park_type, ""),
            ]
        )
        for words, organisation_ids, own_directions, own_clusters, park_type in zip(
            both.reindex(columns=_WORDS).to_numpy(),
            rows["organisation_ids"],
            rows["directions"],
            rows["clusters"],
            rows["park_type"],
            strict=True,
        )
    ]


def _single(value: object) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else ()


def _names(table: pd.DataFrame) -> dict[str, str]:
    return {
        key: f"{ru} {en}"
        for key, ru, en in zip(table.index, table["name_ru"], table["name_en"], strict=True)
    }


def _own_or_members(sites: pd.DataFrame, members: Any, column: str) -> list[tuple[str, ...]]:
    found = {str(site): set(group[column].dropna()) for site, group in members}
    return [
        tuple(sorted(found.get(site, set()) | set(_single(own))))
        for site, own in zip(sites.index, sites[column], strict=True)
    ]


def _years(rows: pd.DataFrame, start: pd.Series, end: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Return the first and last year a row is about.

    A row with one known year has that year at both ends, except what has begun and still goes on:
    a project under way, or a site that works or is being built, has no last year.
    """
    first = start.fillna(end).to_numpy(dtype=float)
    last = end.fillna(start).to_numpy(dtype=float)
    going = rows["status"].eq("running") | (
        rows["row_type"].eq("site") & rows["status"].eq("completed")
    )
    open_ended = (going & end.isna().to_numpy() & start.notna().to_numpy()).to_numpy()
    return first, np.where(open_ended, STILL_GOING, last)
