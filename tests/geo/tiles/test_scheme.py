import numpy as np
import pytest
import shapely

from geo.tiles.scheme import EXTENT, MAX_LATITUDE, Tile, plane_geometries, to_plane


def test_corners_of_the_world():
    degrees = np.array([[-180, MAX_LATITUDE], [0, 0], [180, -MAX_LATITUDE], [0, 90], [0, -90]])
    found = to_plane(degrees)
    assert np.allclose(found, [[0, 0], [0.5, 0.5], [1, 1], [0.5, 0], [0.5, 1]], atol=1e-12)


def test_tomsk_lies_in_the_tile_that_others_say():
    # By the formula of https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames.
    x, y = np.floor(to_plane(np.array([[84.95, 56.49]]))[0] * 2**12)
    assert (x, y) == (3014, 1265)


def test_units():
    tile = Tile(1, 1, 0)
    assert tile.box() == (0.5, 0.0, 1.0, 0.5)
    assert tile.units(np.array([[0.5, 0.0], [1.0, 0.5]])).tolist() == [[0, 0], [EXTENT, EXTENT]]
    assert tile.box(EXTENT) == (0.0, -0.5, 1.5, 1.0)


@pytest.mark.parametrize("place", [(-1, 0, 0), (0, 1, 0), (3, 0, 8), (3, -1, 0), (31, 0, 0)])
def test_no_such_tile(place):
    with pytest.raises(ValueError, match="no tile"):
        Tile(*place)


def test_geometries_lose_their_heights():
    found = plane_geometries(np.array([shapely.Point(0, 0, 5), None], dtype=object))
    assert found[0] == shapely.Point(0.5, 0.5)
    assert found[1] is None
