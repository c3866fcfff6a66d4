"""The places that belong to an object: its own, or those of what it holds."""

from collections.abc import Iterable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geo.columns import columns_of
from geo.crs import DEGREES, to_metres
from geo.dataset import Dataset
from geo.view import View
from layers import objects
from layers.locale import is_missing


@dataclass(frozen=True)
class Subject:
    """A place of an object: its shape in EPSG:32645, how it was found, how far it may lie off.

    `accuracy_m` is NaN where nobody says; `park` is the kind of park, None without one.
    """

    id: str
    kind: str
    shape: shapely.Geometry
    method: str
    accuracy_m: float
    park: str | None

    @property
    def reach(self) -> shapely.Geometry:
        """Where it may lie: the shape and its surroundings up to the accuracy."""
        around: shapely.Geometry = shapely.buffer(self.shape, np.nan_to_num(self.accuracy_m))
        return around


def subjects_of(dataset: Dataset, ref: objects.Ref) -> list[Subject]:
    """Return the places of an object in EPSG:32645; empty where none is known.

    A site, project, organisation or settlement has its own. A park has those of its sites, an
    action that of its site, a cluster or direction those of its sites and projects; what is only
    drawn at its site is left out there, as the site stands for it.
    """
    match ref.kind:
        case "site" | "project" | "organisation":
            return _subjects(dataset, ref.kind, [ref.id])
        case "park":
            return _subjects(dataset, "site", _ids(dataset.sites, "park_id", ref.id))
        case "action":
            site = dataset.roadmap.loc[ref.id, "site_id"]
            return [] if is_missing(site) else _subjects(dataset, "site", [str(site)])
        case "settlement":
            town = objects.record_of(dataset, ref)
            point = shapely.Point(float(town["longitude"]), float(town["latitude"]))
            metres = to_metres(gpd.GeoSeries([point], crs=DEGREES))[0]
            return [Subject(ref.id, "settlement", metres, "settlement", np.nan, None)]
        case _:
            return _members(dataset, f"{ref.kind}s", ref.id)


def subjects_shown(dataset: Dataset, view: View) -> list[Subject]:
    """Return the places of what a view shows; of the selected object alone if there is one.

    A project that is only drawn at its site is left out, as the site stands for it.
    """
    selected = view.query.selected
    if selected:
        return subjects_of(dataset, objects.find(dataset, selected))
    columns = columns_of(dataset)
    borrowed = columns.borrowed[view.positions]
    own = view.positions[~borrowed]
    hosts = columns.site_ids[view.positions[borrowed]]
    sites = dict.fromkeys([*columns.ids[own[columns.is_site[own]]], *hosts])
    return [
        *_subjects(dataset, "project", columns.ids[own[columns.is_project[own]]]),
        *_subjects(dataset, "site", map(str, sites)),
    ]


def _members(dataset: Dataset, facet: str, key: str) -> list[Subject]:
    rows = dataset.rows[dataset.rows[facet].map(lambda found: key in found)]
    rows = rows[rows["geometry_method"] != "position_of_site"]
    return [
        *_subjects(dataset, "project", rows.loc[rows["row_type"] == "project", "id"]),
        *_subjects(dataset, "site", rows.loc[rows["row_type"] == "site", "id"]),
    ]


def _ids(frame: pd.DataFrame, column: str, value: str) -> list[str]:
    return [str(own_id) for own_id in frame.index[frame[column] == value]]


def _subjects(dataset: Dataset, kind: str, ids: Iterable[str]) -> list[Subject]:
    frame: gpd.GeoDataFrame = getattr(dataset, objects.TABLES[kind]).loc[list(ids)]
    frame = frame[frame.geometry.notna()]
    if frame.empty:
        return []
    sites = dataset.sites["park_type"]
    homes = {"site": lambda: frame.index, "project": lambda: frame["site_id"]}
    parks = sites.reindex(homes[kind]()) if kind in homes else pd.Series([None] * len(frame))
    return [
        Subject(str(own_id), kind, shape, str(method), float(accuracy_m), _text(park))
        for own_id, shape, method, accuracy_m, park in zip(
            frame.index,
            to_metres(frame.geometry),
            frame["geometry_method"],
            frame["position_accuracy_m"],
            parks,
            strict=True,
        )
    ]


def _text(value: object) -> str | None:
    return None if is_missing(value) else str(value)
