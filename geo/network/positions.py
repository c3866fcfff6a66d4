"""Where a site is entered from, and where it may lie when its place is not known exactly."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.domains import TRUE_OUTLINES
from geo.errors import PositionError
from geo.network.snapping import CAP_M, Snapped, snap_groups
from geo.network.streets import Floats, Network

SPACING_M = 5.0
"""At most, between points of a boundary that no street crosses; its corners are among them.

Wider apart, what comes out depends on where the ring happens to begin: people 400 m away are lost.
"""

_ALONG_M = 50.0
"""Between points of a boundary along which a street runs, for it leads from one to the next."""

_RINGS = ((0.5, 6), (1.0, 12))
"""Share of the radius and number of points: 19 candidates with the centre."""


@dataclass(frozen=True, eq=False)
class Positions:
    """Where a site may lie: one candidate when that is certain, else several.

    `candidates` are arrays (points, 2) in metres of EPSG:32645, each a set of points by which the
    site is entered. `basis` says what they are: gates (given points), crossings (where streets meet
    the true outline), boundary (points of it where no street does), point (a position known to the
    metre) or circle (positions within the accuracy).
    """

    candidates: tuple[Floats, ...]
    basis: str
    disc: tuple[tuple[float, float], float] | None = None
    """Middle and radius of the circle that holds the site, where its place is not certain."""

    @property
    def circle(self) -> int:
        """How many candidates, the first ones, lie in the circle; a guessed boundary follows."""
        return 1 + sum(count for _, count in _RINGS)

    @property
    def certain(self) -> bool:
        """Whether one number describes the site; otherwise only an interval does."""
        return self.basis != "circle"

    def snap(self, network: Network, *, cap_m: float = CAP_M) -> Snapped:
        """Put every candidate onto the network, each a place of its own."""
        sizes = [len(points) for points in self.candidates]
        return snap_groups(
            network,
            np.vstack(self.candidates),
            np.repeat(np.arange(len(sizes)), sizes),
            places=len(sizes),
            cap_m=cap_m,
        )


def positions(
    network: Network,
    geometry: BaseGeometry | None,
    *,
    method: str,
    accuracy_m: float | None,
    gates: BaseGeometry | None = None,
) -> Positions:
    """Return by which points a site is reached, or all the places where it may lie.

    Parameters
    ----------
    network
        The streets that may cross the outline.
    geometry
        The site, in metres of EPSG:32645.
    method
        Its `geometry_method`. Only surveyed and traced outlines are taken for the site; a hull or
        a disc is a guess, so the site lies somewhere within `accuracy_m` of the centre, or has the
        guessed boundary.
    accuracy_m
        How far the true position may be; not needed for a true outline.
    gates
        Points of entry, in metres of EPSG:32645, where they are known.

    Raises
    ------
    PositionError
        If the site has no geometry or its accuracy is not stated.
    """
    if gates is not None and not gates.is_empty:
        return Positions((shapely.get_coordinates(gates),), "gates")
    if geometry is None or geometry.is_empty:
        raise PositionError("the place is not known, so nothing can be measured from it")
    if method in TRUE_OUTLINES and geometry.area > 0:
        crossings = _crossings(network, geometry)
        if len(crossings):
            return Positions((crossings,), "crossings")
        return Positions((_boundary(geometry),), "boundary")
    if accuracy_m is None or pd.isna(accuracy_m):
        raise PositionError("the accuracy of the position is not stated, so no interval is known")
    centre = shapely.get_coordinates(geometry.centroid)
    if accuracy_m <= 0 and geometry.area == 0:
        return Positions((centre,), "point")
    ring = [
        centre + accuracy_m * share * np.array([[math.cos(angle), math.sin(angle)]])
        for share, count in _RINGS
        for angle in 2 * math.pi * np.arange(count) / count
    ]
    guess = [_boundary(geometry)] if geometry.area > 0 else []
    middle = (float(centre[0, 0]), float(centre[0, 1]))
    return Positions((centre, *ring, *guess), "circle", (middle, float(accuracy_m)))


def _crossings(network: Network, outline: BaseGeometry) -> Floats:
    """Return where streets meet the outline, also at a junction that lies on it, or along it."""
    boundary = outline.boundary
    streets = network.geometry[network.tree.query(boundary, predicate="intersects")]
    met = shapely.union_all(shapely.intersection(streets, boundary))
    along = shapely.segmentize(met, _ALONG_M)
    return shapely.get_coordinates(shapely.extract_unique_points(along))


def _boundary(outline: BaseGeometry) -> Floats:
    rings = shapely.get_exterior_ring(shapely.get_parts(outline))
    return shapely.get_coordinates(shapely.segmentize(rings, SPACING_M))
