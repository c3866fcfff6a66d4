"""All ground within some metres of given lines, as one polygon.

The usual way buffers every line and unites the buffers; the union costs most of the time. Here the
lines are first made into the blocks they enclose. Ground away from all lines is then a block
shrunk by the distance, which needs no union: only the outer rim and the dead ends do. The result
is the same up to the corners of round arcs (compared in `benchmarks/access.py`).
"""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

Shapes = NDArray[np.object_]

_NONE: Shapes = np.empty(0, dtype=object)

# GEOS holds rings of at most nine points for possibly inverted.
_SIDES = 10


def crossing(lines: Shapes) -> NDArray[np.bool_]:
    """Return which lines meet another one, or themselves, elsewhere than at their ends.

    Bridges and tunnels do: streets that cross without a node.
    """
    tree = shapely.STRtree(lines)
    marked = ~shapely.is_simple(lines)
    for predicate in ("crosses", "overlaps", "contains"):
        one, other = tree.query(lines, predicate=predicate)
        apart = one != other
        marked[one[apart]] = True
        marked[other[apart]] = True
    return np.asarray(marked)


def around(
    lines: Shapes, crosses: NDArray[np.bool_], *, distance_m: float, spurs: Shapes = _NONE
) -> BaseGeometry:
    """Return the ground within `distance_m` of the lines, as `crossing` has marked them.

    Parameters
    ----------
    lines
        LineStrings in a metric CRS; those not marked meet others at their ends alone.
    crosses
        The lines that must be cut where they meet before blocks can be found, (lines,).
    distance_m
        Positive.
    spurs
        Few more lines, which may lie anywhere; one of no length is a point.
    """
    lengthy = shapely.length(lines) > 0
    cut = shapely.get_parts(shapely.union_all(lines[lengthy & crosses]))
    noded = np.concatenate([lines[lengthy & ~crosses], cut])
    blocks, cuts, dead_ends, invalid = (
        shapely.get_parts(found) for found in shapely.polygonize_full(noded)
    )
    loose = np.concatenate([cuts, dead_ends, invalid, lines[~lengthy], spurs])
    ends = shapely.buffer(loose, distance_m)
    rims = shapely.get_parts(shapely.buffer(_joined(blocks), distance_m))
    outer = shapely.union_all(np.concatenate([rims, ends]))
    return _with_holes(outer, _untouched(blocks, ends, distance_m))


def _joined(blocks: Shapes) -> BaseGeometry:
    try:
        return shapely.coverage_union_all(blocks)
    except shapely.GEOSException:
        # Rounding where bridges were cut has left blocks that overlap by a hair: the slower union
        # takes them as they are.
        return shapely.union_all(blocks)


def _untouched(blocks: Shapes, ends: Shapes, distance_m: float) -> Shapes:
    """Return the ground inside the blocks that is farther than the distance from any line."""
    inner = _shrunk(blocks, distance_m)
    end, block = shapely.STRtree(inner).query(ends, predicate="intersects")
    for index in np.unique(block):
        inner[index] = shapely.difference(
            inner[index], shapely.union_all(ends[end[block == index]])
        )
    parts = shapely.get_parts(inner)
    return parts[~shapely.is_empty(parts)]


def _shrunk(blocks: Shapes, distance_m: float) -> Shapes:
    """Return the blocks less a border, also where GEOS wrongly finds nothing left of one.

    GEOS takes the shrunk rim of a block with few corners for an inverted one when each lies nearer
    to the block than 0.99 of the distance, which happens to pointed blocks
    (github.com/libgeos/geos/issues/984, open in 3.14 for some). With more points on its sides a
    block is not tried for that; a rim that is truly inverted then lies within the distance.
    """
    inner = shapely.buffer(blocks, -distance_m)
    doubtful = shapely.is_empty(inner) & (shapely.area(blocks) > np.pi * distance_m**2)
    tried = blocks[doubtful]
    again = shapely.buffer(shapely.segmentize(tried, shapely.length(tried) / _SIDES), -distance_m)
    middle = shapely.point_on_surface(again)
    true = shapely.distance(middle, shapely.boundary(tried)) > 0.99 * distance_m
    inner[np.flatnonzero(doubtful)[true]] = again[true]
    return inner


def _with_holes(outer: BaseGeometry, holes: Shapes) -> BaseGeometry:
    if len(holes) == 0:
        return outer
    plain = shapely.get_num_interior_rings(holes) == 0
    tree = shapely.STRtree(holes[plain])
    parts = []
    for part in shapely.get_parts(outer):
        shell, *own = shapely.get_rings(part)
        inside = holes[plain][tree.query(part, predicate="contains")]
        rings = [*own, *shapely.get_exterior_ring(inside)]
        parts.append(shapely.polygons(shell, rings or None))
    whole: BaseGeometry = parts[0] if len(parts) == 1 else shapely.multipolygons(parts)
    rest = holes[~plain]
    return whole.difference(shapely.union_all(rest)) if len(rest) else whole
