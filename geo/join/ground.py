"""Where two layers are compared and measured: the coordinate systems, and what was done for it.

Whether rows meet is asked in the system that both layers have, since their edges are straight
there; layers of different systems go to EPSG:32645. Metres are those of EPSG:32645, or of the
ellipsoid where a layer is wider than its zone.
"""

from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely

from geo.crs import DEGREES, METRES
from geo.densify import LONGEST_M
from geo.join import geodesic
from geo.join.engine import Metres, Positions, Shapes
from geo.join.reading import longest_m
from geo.join.refusals import refuse
from geo.join.side import Sorted
from geo.join.spec import JoinSpec


class Ground:
    """The systems of one join.

    Parameters
    ----------
    left, right
        The layers laid out.
    spec
        Its `distance` and `grid_m`.
    """

    def __init__(self, left: Sorted, right: Sorted, spec: JoinSpec) -> None:
        self._left, self._right = self._sides = left, right
        self.grid_m = spec.grid_m
        wide = [side for side in (left, right) if side.is_wide] if spec.distance == "auto" else []
        self.geodesic = spec.distance == "geodesic" or bool(wide)
        self.wide = tuple(side.layer.id for side in wide)
        if self.geodesic and self.grid_m:
            raise refuse("grid_geodesic", layer=(wide or [left])[0].layer.id)
        self._together = left.crs.equals(right.crs, ignore_axis_order=True) and not self.grid_m

    @property
    def crs(self) -> str:
        """The system in which it is asked whether rows meet."""
        if self._together:
            return str(self._left.crs.to_string())
        return DEGREES if self.geodesic else METRES

    @property
    def reprojected(self) -> tuple[str, ...]:
        """The layers that had to be reprojected before they could be compared, or to be read."""
        return tuple(s.layer.id for s in self._sides if self._moved(s) or longest_m(s.layer.report))

    @property
    def densify_m(self) -> float | None:
        """Longest edge that was reprojected in one piece; None if nothing was."""
        found = [LONGEST_M for side in self._sides if self._moved(side)]
        found += [
            read for side in self._sides if (read := longest_m(side.layer.report)) is not None
        ]
        return max(found, default=None)

    def _moved(self, side: Sorted) -> bool:
        """Whether the shapes of a side were reprojected here."""
        return bool(side.crs.to_string() != self.crs)

    @cached_property
    def compared(self) -> tuple[Shapes, Shapes]:
        """Both sides, in which it is asked whether they meet."""
        if self._together:
            return self._left.shapes, self._right.shapes
        return self.measured

    @cached_property
    def measured(self) -> tuple[Shapes, Shapes]:
        """Both sides, in which metres are taken: degrees when those of the ellipsoid are meant."""
        if self.geodesic:
            return self._left.degrees, self._right.degrees
        if not self.grid_m:
            return self._left.metres, self._right.metres
        left, right = (
            np.asarray(shapely.set_precision(side.metres, self.grid_m), dtype=object)
            for side in (self._left, self._right)
        )
        return left, right

    def distances(self, left: Positions, right: Positions) -> Metres:
        """Return the distance in metres of each pair of positions."""
        a, b = self.measured[0][left], self.measured[1][right]
        return geodesic.distances(a, b) if self.geodesic else shapely.distance(a, b)

    def areas(self, shapes: Shapes) -> Metres:
        """Return areas in square metres of shapes of `measured`."""
        return geodesic.areas(shapes) if self.geodesic else shapely.area(shapes)

    def overlap_areas(self, left: Positions, right: Positions) -> Metres:
        """Return the area in square metres that each pair has in common."""
        found = np.zeros(len(left))
        both = (self._left.dimensions[left] == 2) & (self._right.dimensions[right] == 2)
        found[both] = self.areas(self.overlaps(left[both], right[both]))
        return found

    def overlap_lengths(self, left: Positions, right: Positions) -> Metres:
        """Return the length in metres of the lines that each pair has in common."""
        lines = (self._left.dimensions[left] == 1) | (self._right.dimensions[right] == 1)
        found = np.zeros(len(left))
        common = self.overlaps(left[lines], right[lines])
        found[lines] = geodesic.lengths(common) if self.geodesic else shapely.length(common)
        return found

    def overlaps(self, left: Positions, right: Positions) -> Shapes:
        """Return what each pair has in common, in the system of `measured`."""
        common = shapely.intersection(self.measured[0][left], self.measured[1][right])
        return np.asarray(common, dtype=object)

    @cached_property
    def left_areas(self) -> Metres:
        """Area of each left row in square metres, 0 of points and lines, NaN without a place."""
        return self._areas(self.measured[0])

    @cached_property
    def right_areas(self) -> Metres:
        """Area of each right row in square metres, 0 of points and lines, NaN without a place."""
        return self._areas(self.measured[1])

    def _areas(self, shapes: Shapes) -> Metres:
        missing: npt.NDArray[np.bool_] = shapely.is_missing(shapes)
        return np.where(missing, np.nan, self.areas(shapes))
