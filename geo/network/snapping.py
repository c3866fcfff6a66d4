"""Places put onto the nearest street, with the way between place and street kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geo.crs import to_metres
from geo.errors import NotReachedError, PositionError
from geo.network.streets import Floats, Integers, Network

CAP_M = 500.0
"""Longest way between a place and its street: farther, the place counts as not reached."""

FAR_M = 200.0
"""Beyond this the share of places is reported: the street they use may be missing."""


@dataclass(frozen=True, eq=False)
class Snapped:
    """Points on a network, grouped into places: a site with five gates is one place.

    For each point: `place` (its number, not falling), `street` (-1 where the nearest lies beyond
    `cap_m`), `fraction` of the street's line (0 start, 1 end), `access_m` (straight distance to the
    nearest street, known also beyond the cap) and `xy` (metres of EPSG:32645).
    """

    places: int
    place: Integers
    street: Integers
    fraction: Floats
    access_m: Floats
    xy: Floats
    cap_m: float

    @property
    def nearest_m(self) -> Floats:
        """Distance of each place to the nearest street, (places,); infinite without a point."""
        nearest = np.full(self.places, np.inf)
        np.minimum.at(nearest, self.place, self.access_m)
        return nearest

    @property
    def reached(self) -> NDArray[np.bool_]:
        """Whether any point of a place is near enough to a street, (places,)."""
        return np.asarray(self.nearest_m <= self.cap_m)

    @property
    def far_share(self) -> float:
        """Share of places whose nearest street is farther than 200 m."""
        return float((self.nearest_m > FAR_M).mean()) if self.places else 0.0

    def chosen(self, places: Integers) -> "Snapped":
        """Return some of the places, given by number in rising order or with one point each."""
        first = np.searchsorted(self.place, places, side="left")
        sizes = np.searchsorted(self.place, places, side="right") - first
        number = np.repeat(np.arange(len(places)), sizes)
        rows = np.arange(len(number)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        rows += np.repeat(first, sizes)
        return replace(
            self,
            places=len(places),
            place=number,
            street=self.street[rows],
            fraction=self.fraction[rows],
            access_m=self.access_m[rows],
            xy=self.xy[rows],
        )

    def together(self) -> "Snapped":
        """Return all points as one place: the best of them is used."""
        return replace(self, places=1, place=np.zeros(len(self.place), dtype=np.int64))

    def require_reached(self, names: Sequence[str] | None = None) -> "Snapped":
        """Return itself, or refuse.

        Raises
        ------
        NotReachedError
            If any place is not reached; says how far each is from any street.
        """
        lost = np.flatnonzero(~self.reached)
        if len(lost):
            named = [
                f"{names[i] if names else f'place {i}'}: {self.nearest_m[i]:,.0f} m from any street"
                for i in lost[:5]
            ]
            more = f", and {len(lost) - 5} more" if len(lost) > 5 else ""
            raise NotReachedError(
                f"not reached: {'; '.join(named)}{more} (at most {self.cap_m:,.0f} m is allowed)"
            )
        return self


def snap(network: Network, points: gpd.GeoSeries, *, cap_m: float = CAP_M) -> Snapped:
    """Put points onto the nearest street, each a place of its own.

    Parameters
    ----------
    network
        The streets; the nearest **line** counts, not the nearest node.
    points
        Points in any CRS.
    cap_m
        Longest way between point and street.

    Raises
    ------
    MissingCrsError
        If the points have no CRS.
    PositionError
        If a point is missing, empty, not a point or nowhere on Earth.
    """
    geometry = to_metres(points).to_numpy()
    sound = (shapely.get_type_id(geometry) == shapely.GeometryType.POINT) & ~shapely.is_empty(
        geometry
    )
    if not sound.all():
        raise PositionError(f"{int((~sound).sum())} of {len(geometry)} places have no point")
    xy = shapely.get_coordinates(geometry)
    lost = int((~np.isfinite(xy).all(axis=1)).sum())
    if lost:
        raise PositionError(f"{lost} of {len(xy)} places have no coordinates that are numbers")
    return snap_groups(network, xy, np.arange(len(xy)), places=len(xy), cap_m=cap_m)


def snap_groups(
    network: Network, xy: Floats, place: Integers, *, places: int, cap_m: float = CAP_M
) -> Snapped:
    """Put points given in metres of EPSG:32645 onto the nearest street, grouped into places.

    `place` gives each point's place and must not fall from row to row.
    """
    points = shapely.points(xy)
    street = network.tree.nearest(points).astype(np.int64) if len(xy) else np.empty(0, np.int64)
    lines = network.geometry[street]
    access_m = shapely.distance(points, lines)
    length = network.length_m[street]
    along = shapely.line_locate_point(lines, points)
    fraction = np.divide(along, length, out=np.zeros(len(xy)), where=length > 0)
    return Snapped(
        places=places,
        place=np.asarray(place, dtype=np.int64),
        street=np.where(access_m <= cap_m, street, -1),
        fraction=np.clip(fraction, 0.0, 1.0),
        access_m=np.asarray(access_m, dtype=float),
        xy=xy,
        cap_m=cap_m,
    )


def place_at(network: Network, lon: float, lat: float, *, cap_m: float = CAP_M) -> Snapped:
    """Put one position, in degrees, onto the network.

    Raises
    ------
    PositionError
        If it is no position on Earth.
    NotReachedError
        If no street is near enough.
    """
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise PositionError(f"`{lon:g},{lat:g}` is no position: longitude first, then latitude")
    return snap(
        network, gpd.GeoSeries.from_xy([lon], [lat], crs=4326), cap_m=cap_m
    ).require_reached([f"{lon:g},{lat:g}"])
