"""From shapes as they stand in a file to valid ones in degrees, with every step in the ledger."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import shapely
from shapely import GeometryType
from shapely.geometry.base import BaseGeometry

from geo.densify import LONGEST_M, affordable_m, densified
from geo.read import systems
from geo.read.ledger import Ledger
from geo.read.limits import ADDED_VERTICES, Limits
from geo.read.parsed import Parsed
from geo.read.positions import LEAST_RING, Shapes
from geo.read.refusal import RefusedError
from geo.read.repair import area_m2, repair
from geo.read.surroundings import AGGLOMERATION, WORLD, Box, lies_in

Mask: TypeAlias = npt.NDArray[np.bool_]

_REASON = re.compile(r"(?P<problem>[^\[]+)\[(?P<x>\S+) (?P<y>\S+)\]")
_CROSSINGS = ("Self-intersection", "Ring Self-intersection")
_SURFACES = (GeometryType.POLYGON, GeometryType.MULTIPOLYGON, GeometryType.GEOMETRYCOLLECTION)
_SHARE_OF_CLOCK = 0.5
"""Of the time of the whole reading, for all repairs together."""

_NO_DEGREES = 1_000
"""What no slip of the pen makes of a number of degrees."""

_MOST = 0.5
_DECIMALS = 6
_PART = 10_000
"""Shapes that are looked at between two words of progress."""


@dataclass(frozen=True)
class Wishes:
    """What the viewer asked for; see `geo.read.read`."""

    crs: str | None = None
    swap: bool = False


class Settling:
    """The shapes of one layer on their way; `keep` says which rows are still in."""

    def __init__(self, parsed: Parsed, ledger: Ledger, limits: Limits) -> None:
        self.parsed = parsed
        self.shapes: Shapes = parsed.shapes.copy()
        self.keep: Mask = np.ones(len(self.shapes), dtype=bool)
        self._ledger = ledger
        self._limits = limits
        self._turned: set[int] = set()
        """Rows whose rings run another way than in the file, by our own doing."""

    def run(self, wishes: Wishes, tell: Callable[[float], None]) -> None:
        """Go through all steps; `tell` is called with the share done."""
        self._count_vertices()
        self._flatten()
        self._drop_infinite()
        self._read_empty_as_missing()
        self._to_degrees(wishes.crs)
        if wishes.swap:
            self._swap()
        self._drop_outside_world()
        self._warn_outside_agglomeration()
        tell(0.1)
        self._mend(tell)
        if self.parsed.wound:
            self._wind()

    def _present(self) -> npt.NDArray[np.int64]:
        return np.flatnonzero(self.keep & ~shapely.is_missing(self.shapes))

    def _say(self, code: str, n: int, **values: str | int | float) -> None:
        row, own_id = int(self.parsed.rows[n]), self.parsed.ids[n]
        self._ledger.add(code, row, own_id, "geometry", **values)

    def _drop(self, code: str, n: int, **values: str | int | float) -> None:
        self._say(code, n, **values)
        self.keep[n] = False
        self.shapes[n] = None

    def _count_vertices(self) -> None:
        if int(shapely.get_num_coordinates(self.shapes).sum()) > self._limits.max_vertices:
            raise RefusedError("too_many_vertices", limit=self._limits.max_vertices)

    def _flatten(self) -> None:
        high, measured = shapely.has_z(self.shapes), shapely.has_m(self.shapes)
        for n in np.flatnonzero(high | measured).tolist():
            self._say("flattened", n, ordinates=2 + int(high[n]) + int(measured[n]), count=1)
        if (high | measured).any():
            self.shapes = shapely.force_2d(self.shapes)

    def _drop_infinite(self) -> None:
        points, owners = shapely.get_coordinates(self.shapes, return_index=True)
        for n in np.unique(owners[~np.isfinite(points).all(axis=1)]).tolist():
            self._drop("not_finite", n)

    def _read_empty_as_missing(self) -> None:
        for n in np.flatnonzero(shapely.is_empty(self.shapes)).tolist():
            self._say("empty_geometry", n, type=self.shapes[n].geom_type)
            self.shapes[n] = None

    def _to_degrees(self, asked: str | None) -> None:
        stated = self.parsed.stated_crs
        crs = systems.known(asked) if asked else systems.known(stated) if stated else None
        if asked and stated:
            names = [_name_or_text(text) for text in (stated, asked)]
            if names[0] != names[1]:
                self._ledger.add("crs_overridden", stated=names[0], used=names[1])
        if crs is None:
            self._demand_degrees()
        elif not systems.is_degrees(crs):
            self._reproject(crs)

    def _demand_degrees(self) -> None:
        """Refuse a layer of unknown system whose coordinates are not degrees."""
        boxes = shapely.bounds(self.shapes[self._present()])
        if not len(boxes):
            return
        corners = np.concatenate([boxes[:, :2], boxes[:, 2:]])
        # A few rows beyond the world are slips in these rows; large numbers in most are metres.
        if (np.abs(corners).max(axis=1) > _NO_DEGREES).mean() > _MOST:
            offer = ", ".join(systems.offers(corners)) or "EPSG:?"
            raise RefusedError("crs_needed", offer=offer)
        if not self.parsed.degrees_by_rule:
            self._ledger.add("crs_assumed", crs="EPSG:4326")

    def _reproject(self, crs: Any) -> None:
        self._densify(crs)
        turned = systems.to_degrees(self.shapes, crs)
        points, owners = shapely.get_coordinates(turned, return_index=True)
        name = systems.name_of(crs)
        for n in np.unique(owners[~np.isfinite(points).all(axis=1)]).tolist():
            x, y = _first_position(self.shapes[n])
            self._drop("not_projectable", n, x=x, y=y, crs=name)
            turned[n] = None
        self.shapes = turned
        self._ledger.add("reprojected", field="geometry", crs=name)

    def _densify(self, crs: Any) -> None:
        """Put vertices on long edges: what is straight in metres is not straight in degrees."""
        if crs.is_geographic:  # another datum moves an edge as a whole
            return
        longest_m = affordable_m(self.shapes, crs, ADDED_VERTICES)
        dense = densified(self.shapes, crs, longest_m)
        before, after = (shapely.get_num_coordinates(shapes) for shapes in (self.shapes, dense))
        count = int((after > before).sum())
        if count or longest_m > LONGEST_M:
            limit = round(longest_m)
            self._ledger.add("densified", field="geometry", count=count, longest_m=limit)
        self.shapes = dense

    def _inside(self, box: Box, *, turned: bool = False) -> Mask:
        """Return which shapes lie in the box whole; missing ones do not."""
        boxes = shapely.bounds(self.shapes)
        order = (1, 0) if turned else (0, 1)
        low, high = boxes[:, :2][:, order], boxes[:, 2:][:, order]
        return lies_in(low, box) & lies_in(high, box)

    def _swap(self) -> None:
        others = np.flatnonzero(~self._inside(AGGLOMERATION) & ~shapely.is_missing(self.shapes))
        self.shapes[others] = shapely.transform(self.shapes[others], lambda points: points[:, ::-1])
        for n in others.tolist():
            self._say("swapped", n, count=1)
            self._turned.add(n)

    def _drop_outside_world(self) -> None:
        for n in np.flatnonzero(~self._inside(WORLD) & ~shapely.is_missing(self.shapes)).tolist():
            points = shapely.get_coordinates(self.shapes[n])
            lon, lat = _rounded(points[~lies_in(points, WORLD)][0])
            self._drop("outside_world", n, lon=lon, lat=lat)

    def _warn_outside_agglomeration(self) -> None:
        outside = ~self._inside(AGGLOMERATION) & ~shapely.is_missing(self.shapes)
        turned = outside & self._inside(AGGLOMERATION, turned=True)
        placed = len(self._present())
        if turned.sum() > 1 and turned.sum() == placed:
            self._ledger.add("lat_lon_swapped", field="geometry", count=placed)
            return
        for n in np.flatnonzero(turned).tolist():
            self._say("lat_lon_swapped", n, count=1)
        strange = outside & ~turned
        if strange.sum() > 1 and strange.sum() == placed:
            self._ledger.add("layer_outside_agglomeration", field="geometry", count=placed)
            return
        for n in np.flatnonzero(strange).tolist():
            lon, lat = _first_position(self.shapes[n])
            self._say("outside_agglomeration", n, lon=lon, lat=lat)

    def _mend(self, tell: Callable[[float], None]) -> None:
        broken: list[int] = []
        present = self._present()
        for start in range(0, len(present), _PART):
            part = present[start : start + _PART]
            broken += part[~shapely.is_valid(self.shapes[part])].tolist()
            tell(0.1 + 0.5 * (start + len(part)) / len(present))
        candidates = [n for n in broken if self._is_worth_repair(n)]
        results = repair(
            [self.shapes[n] for n in candidates],
            seconds=self._limits.repair_seconds,
            total_seconds=self._limits.seconds * _SHARE_OF_CLOCK,
        )
        for done, (n, result) in enumerate(zip(candidates, results, strict=True), start=1):
            before = self.shapes[n]
            problem, lon, lat = _problem(before)
            if result.shape is None:
                self._drop(result.fault, n, problem=problem, seconds=self._limits.repair_seconds)
                continue
            self.shapes[n] = result.shape
            self._turned.add(n)
            self._say(
                "self_intersection" if problem in _CROSSINGS else "invalid_rings",
                n,
                problem=problem,
                lon=lon,
                lat=lat,
                before_m2=area_m2(before),
                after_m2=area_m2(result.shape),
            )
            tell(0.6 + 0.4 * done / len(candidates))

    def _is_worth_repair(self, n: int) -> bool:
        """Look at a shape that is not valid; say and do what needs no repair."""
        shape = self.shapes[n]
        for polygon in _polygons(shape):
            if (found := _different(polygon.exterior)) < LEAST_RING:
                self._drop("ring_too_short", n, found=found)
                return False
        if shapely.get_dimensions(shape) == 1:
            for line in shapely.get_parts(shape):
                if (found := _different(line)) < 2:
                    self._drop("line_too_short", n, found=found)
                    return False
        if self._remove_flat_holes(n) and shapely.is_valid(self.shapes[n]):
            return False
        vertices = int(shapely.get_num_coordinates(shape))
        if vertices > self._limits.repair_vertices:
            limit = self._limits.repair_vertices
            problem = _problem(shape)[0]
            self._drop("repair_too_big", n, problem=problem, found=vertices, limit=limit)
            return False
        return True

    def _remove_flat_holes(self, n: int) -> bool:
        """Take holes out that are no more than a point or a line; say whether there were any."""
        polygons, flat = [], []
        for polygon in shapely.get_parts(self.shapes[n]):
            if polygon.geom_type != "Polygon":
                return False
            counts = [_different(hole) for hole in polygon.interiors]
            flat += [count for count in counts if count < LEAST_RING]
            holes = [h for h, c in zip(polygon.interiors, counts, strict=True) if c >= LEAST_RING]
            polygons.append(shapely.Polygon(polygon.exterior, holes))
        for found in flat:
            self._say("hole_removed", n, found=found)
        if flat:
            self.shapes[n] = polygons[0] if len(polygons) == 1 else shapely.MultiPolygon(polygons)
        return bool(flat)

    def _wind(self) -> None:
        present = self._present()
        surfaces = present[np.isin(shapely.get_type_id(self.shapes[present]), _SURFACES)]
        turned = shapely.orient_polygons(self.shapes[surfaces])
        wrong = ~shapely.equals_identical(self.shapes[surfaces], turned)
        self.shapes[surfaces[wrong]] = turned[wrong]
        for n in surfaces[wrong].tolist():
            if n not in self._turned:
                self._say("wrong_winding", n, count=1)


def _name_or_text(text: str) -> str:
    return systems.name_of(systems.known(text))


def _first_position(shape: BaseGeometry) -> tuple[float, float]:
    return _rounded(shapely.get_coordinates(shape)[0])


def _rounded(point: npt.NDArray[np.float64]) -> tuple[float, float]:
    # Not by NumPy, which makes a very large number infinite on the way.
    x, y = point.tolist()
    return round(x, _DECIMALS), round(y, _DECIMALS)


def _problem(shape: BaseGeometry) -> tuple[str, float, float]:
    """Return GEOS' words for what is wrong and where."""
    found = _REASON.match(shapely.is_valid_reason(shape))
    if found is None:
        return "Invalid", *_first_position(shape)
    return (
        found["problem"],
        round(float(found["x"]), _DECIMALS),
        round(float(found["y"]), _DECIMALS),
    )


def _polygons(shape: BaseGeometry) -> list[Any]:
    parts = shapely.get_parts(shape)
    nested = [inner for part in parts for inner in shapely.get_parts(part)]
    return [part for part in nested if part.geom_type == "Polygon" and not part.is_empty]


def _different(line: BaseGeometry) -> int:
    return len(np.unique(shapely.get_coordinates(line), axis=0))
