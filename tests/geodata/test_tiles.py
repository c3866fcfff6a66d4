"""Real footprints as tiles: none is lost, and each is where it was."""

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.snapshot import Snapshot
from geo.tiles import Backdrop, Tile
from geo.tiles.scheme import EXTENT, plane_geometries
from layers.snapshot_tiles import tile
from tests.geo.tiles.decoder import decode
from tests.geodata.snapshot import real_snapshot

ZOOM = Backdrop.detail_zoom
FOOTPRINTS = 3_093
STATIONS = 79


@pytest.fixture(scope="module")
def snapshot(
    tmp_path_factory: pytest.TempPathFactory, real: Callable[[str], gpd.GeoDataFrame]
) -> Snapshot:
    folder: Path = tmp_path_factory.mktemp("geodata") / "snapshot"
    return real_snapshot(folder, real)


def test_the_layers_are_as_many_as_their_readme_says(snapshot):
    rows = {name: entry.rows for name, entry in snapshot.entries.items()}
    assert rows == {
        "buildings": FOOTPRINTS,
        "boundaries": 4,
        "pois": STATIONS,
        "stops": STATIONS,
    }
    cities = snapshot.layer("boundaries")["border"] == "administrative_city"
    assert cities.sum() == 1


def test_every_footprint_is_in_the_tiles_of_the_deepest_zoom(snapshot):
    plane = plane_geometries(np.asarray(snapshot.layer("buildings").geometry.array, dtype=object))
    middles = shapely.get_coordinates(shapely.point_on_surface(plane))
    places = np.floor(middles * 2**ZOOM).astype(int)
    sheds = 0
    for x, y in np.unique(places, axis=0).tolist():
        here = Tile(ZOOM, x, y)
        inside = (places == (x, y)).all(axis=1)
        units = shapely.transform(plane[inside], here.units)
        window = shapely.box(-64, -64, EXTENT + 64, EXTENT + 64)
        (layer,) = decode(tile(snapshot, "buildings", here))
        drawn = np.concatenate([_shapes(feature) for feature in layer.features])
        tree = shapely.STRtree(drawn)
        for shape in shapely.intersection(units, window):
            near = drawn[tree.query(shape, predicate="dwithin", distance=2)]
            assert len(near)
            if shapely.get_dimensions(near).max() == 0:
                sheds += 1  # too small to be seen
                continue
            # Up to two units, a quarter of a pixel, and what is cut off in one pixel at the edge.
            covered = shapely.buffer(shapely.union_all(near), 2)
            assert shape.difference(covered).area < 64
    assert sheds < FOOTPRINTS / 100


def _shapes(feature):
    return shapely.make_valid(shapely.get_parts(feature.geometry))


@pytest.mark.parametrize("zoom", [6, 9, 11])
def test_from_afar_every_footprint_is_counted(snapshot, zoom):
    middle = shapely.get_coordinates(
        plane_geometries(np.array([shapely.box(*snapshot.entries["buildings"].bounds)]))
    ).mean(axis=0)
    x, y = np.floor(middle * 2**zoom).astype(int).tolist()
    counted = 0
    for column, row in ((x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)):
        content = tile(snapshot, "buildings", Tile(zoom, column, row))
        for feature in decode(content)[0].features if content else []:
            inside = [0 <= a < EXTENT and 0 <= b < EXTENT for (a, b), *_ in feature.paths]
            counted += feature.properties.get("n", 1) * sum(inside)
    assert counted >= 0.95 * FOOTPRINTS
    assert counted <= 1.05 * FOOTPRINTS


def test_stations_are_drawn_as_stops(snapshot):
    (layer,) = decode(tile(snapshot, "pois", Tile(6, 47, 19)))
    assert sum(f.properties.get("n", 1) * len(f.paths) for f in layer.features) == STATIONS
