"""What the grid of a tile does to rings, against the rings on the grid themselves."""

import numpy as np
import pytest
import shapely

from geo.tiles.commands import draw_polygons

SQUARE = shapely.box(100, 100, 200, 200)


def rings(drawn) -> list[int]:
    """Return the number of rings of each feature: each ends with ClosePath."""
    ends = np.cumsum(drawn.lengths)
    parts = np.split(drawn.values, ends[:-1])
    return [int((part == (1 << 3 | 7)).sum()) for part in parts]


@pytest.mark.parametrize(
    "ring",
    [
        # A needle whose points change sides when they are put on the grid.
        [(147.7, 123.8), (144.2, 129.5), (148.5, 122.7)],
        # A triangle that becomes a line, with three points still.
        [(120.0, 120.0), (130.0, 120.4), (140.0, 120.0)],
        # One that becomes a point.
        [(120.0, 120.0), (120.3, 120.0), (120.3, 120.3)],
    ],
)
def test_a_ring_that_the_grid_flips_or_flattens_is_left_out(ring) -> None:
    ring = ring if shapely.LinearRing(ring).is_ccw else ring[::-1]
    on_grid = shapely.LinearRing(np.rint(ring))
    assert shapely.Polygon(on_grid).area == 0 or not on_grid.is_ccw
    alone = draw_polygons(np.array([shapely.Polygon(ring)]), np.array([0]))
    assert (alone.lost.tolist(), len(alone.values)) == ([0], 0)
    holed = shapely.Polygon(SQUARE.exterior, [ring])
    drawn = draw_polygons(np.array([holed, SQUARE]), np.array([0, 1]))
    assert (rings(drawn), drawn.lost.tolist()) == ([1, 1], [])


def test_a_hole_whose_outer_ring_is_lost_is_lost_with_it() -> None:
    thin = shapely.Polygon(
        shapely.box(0, 0.1, 500, 0.4).exterior, [shapely.box(5, 0.2, 400, 0.3).exterior]
    )
    kept = shapely.Polygon(SQUARE.exterior, [shapely.box(120, 120, 140, 140).exterior])
    drawn = draw_polygons(np.array([thin, kept]), np.array([0, 1]))
    assert (drawn.features.tolist(), rings(drawn), drawn.lost.tolist()) == ([1], [2], [0])
