"""The place that is asked about: a site of the snapshot or of the dataset, or a position."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo import dataset
from geo.crs import to_metres
from geo.errors import NotReachedError, PositionError
from geo.network import Network, Positions, positions
from geo.snapshot import Snapshot


@dataclass(frozen=True)
class Place:
    """A site or position, its geometry in metres of EPSG:32645 (None where it is not known)."""

    id: str
    name_ru: str
    name_en: str
    geometry: BaseGeometry | None
    method: str
    accuracy_m: float | None
    park_type: str | None = None

    def positions(self, network: Network) -> Positions:
        """Return by which points the place is entered, or where it may lie."""
        return positions(network, self.geometry, method=self.method, accuracy_m=self.accuracy_m)


def find_place(snapshot: Snapshot, text: str) -> Place:
    """Return the place that a text names: `lon,lat` in degrees, or the id of a site.

    Sites of the snapshot come first, then those of the dataset.

    Raises
    ------
    PositionError
        If it is neither, or the site's place is not known.
    NotReachedError
        If the place lies outside the snapshot.
    """
    place = _position(text) or _site(snapshot, text)
    if place.geometry is None:
        raise PositionError(f"`{place.id}`: its place is not known, so nothing is measured")
    _require_inside(snapshot, place)
    return place


@functools.lru_cache(maxsize=4)
def places(snapshot: Snapshot) -> Mapping[str, Place]:
    """Return the sites of a snapshot by id, and those of the dataset that lie inside it."""
    found: dict[str, Place] = {}
    for sites in (dataset.shared().sites, *_own_sites(snapshot)):
        for site_id in sites.index:
            place = _of_row(sites, site_id)
            if place.geometry is not None and _km_outside(snapshot, place) <= 0:
                found[str(site_id)] = place
    return MappingProxyType(found)


def _own_sites(snapshot: Snapshot) -> list[gpd.GeoDataFrame]:
    return [snapshot.layer("sites").set_index("id")] if "sites" in snapshot else []


def _position(text: str) -> Place | None:
    lon, comma, lat = text.partition(",")
    if not comma:
        return None
    try:
        x, y = float(lon), float(lat)
    except ValueError:
        return None
    if not (-180 <= x <= 180 and -90 <= y <= 90):
        raise PositionError(f"`{text}` is no position: longitude first, then latitude")
    point = to_metres(gpd.GeoSeries.from_xy([x], [y], crs=4326)).iloc[0]
    return Place(text, text, text, point, "point", 0.0)


def _site(snapshot: Snapshot, site_id: str) -> Place:
    for sites in (*_own_sites(snapshot), dataset.shared().sites):
        if site_id in sites.index:
            return _of_row(sites, site_id)
    raise PositionError(
        f"`{site_id}` is no site of snapshot `{snapshot.about.id}` or of the dataset, and no "
        "position (lon,lat)"
    )


def _of_row(sites: gpd.GeoDataFrame, site_id: str) -> Place:
    row = sites.loc[[site_id]]
    accuracy = row["position_accuracy_m"].iloc[0]
    return Place(
        id=site_id,
        name_ru=_name(row["name_ru"].iloc[0], site_id),
        name_en=_name(row["name_en"].iloc[0], site_id),
        geometry=to_metres(row.geometry).iloc[0],
        method=str(row["geometry_method"].iloc[0]),
        accuracy_m=None if accuracy is None or accuracy != accuracy else float(accuracy),
        park_type=str(row["park_type"].iloc[0]),
    )


def _name(value: object, otherwise: str) -> str:
    return value if isinstance(value, str) and value else otherwise


def _require_inside(snapshot: Snapshot, place: Place) -> None:
    away_km = _km_outside(snapshot, place)
    if not away_km <= 0:
        said = " (an invented town)" if snapshot.about.is_example else ""
        raise NotReachedError(
            f"`{place.id}` lies {away_km:,.1f} km outside snapshot `{snapshot.about.id}`{said}: "
            "name a snapshot that covers it with --snapshot or ATLAS_SNAPSHOT"
        )


def _km_outside(snapshot: Snapshot, place: Place) -> float:
    corners = shapely.box(*snapshot.bounds).segmentize(0.05)
    ground = to_metres(gpd.GeoSeries([corners], crs=4326)).iloc[0]
    return float(shapely.distance(ground, place.geometry)) / 1000
