import gc
import threading
import weakref

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.crs import DEGREES
from geo.read import Reading
from geo.read.report import Report, refused
from layers.own import OwnLayer, Room, Shelf, ShelfFullError

ROOM = Room(layers=3, bytes=10_000_000, idle_seconds=100, grace_seconds=10)


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def reading(rows: int = 3) -> Reading:
    places = gpd.GeoSeries(shapely.points(np.linspace(84, 85, rows), 56.0), crs=DEGREES)
    frame = gpd.GeoDataFrame({"name": [f"row {n}" for n in range(rows)]}, geometry=places)
    return Reading(frame, np.arange(1, rows + 1), Report("a.geojson", rows, rows))


def put(shelf: Shelf, rows: int = 3) -> OwnLayer:
    own = shelf.put(reading(rows), name="a.geojson", sha256="ab" * 32)
    shelf.stay(own.token)
    return own


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def shelf(clock: Clock) -> Shelf:
    return Shelf(ROOM, clock)


def test_a_layer_is_found_by_its_token_alone(shelf):
    own = put(shelf)
    assert shelf.get(own.token) is own
    assert len(own.token) >= 43
    assert shelf.get(own.token[:-1]) is None
    assert shelf.get("") is None
    assert own.dataset.own is own.layer
    assert (own.name, own.sha256, own.report.kept) == ("a.geojson", "ab" * 32, 3)


def test_tokens_differ(shelf):
    assert put(shelf).token != put(shelf).token


def test_a_refused_file_is_no_layer(shelf):
    with pytest.raises(ValueError, match="refused"):
        shelf.put(Reading(None, None, refused("a", "crashed")), name="a", sha256="")


def test_dropping_frees_the_memory(shelf):
    own = put(shelf)
    seen = weakref.ref(own.layer)
    shelf.drop(own.token)
    shelf.drop("unknown")
    assert shelf.get(own.token) is None
    del own
    gc.collect()
    assert seen() is None


def test_room_for_layers_is_limited(shelf):
    for _ in range(ROOM.layers):
        put(shelf)
    with pytest.raises(ShelfFullError):
        put(shelf)
    assert len(shelf) == ROOM.layers


def test_memory_is_limited(clock):
    size = put(Shelf(ROOM, clock), 1_000).size_bytes
    assert size > 600_000
    shelf = Shelf(Room(9, int(1.5 * size), 100, 10), clock)
    put(shelf, 1_000)
    with pytest.raises(ShelfFullError):
        put(shelf, 1_000)
    put(shelf, 10)


def test_a_layer_outlives_its_connection_for_a_while(shelf, clock):
    own = put(shelf)
    shelf.leave(own.token)
    clock.now = 9.9
    assert shelf.get(own.token) is own
    clock.now = 10
    assert shelf.get(own.token) is None
    assert len(shelf) == 0


def test_a_connection_may_come_back(shelf, clock):
    own = put(shelf)
    shelf.leave(own.token)
    shelf.stay(own.token)
    clock.now = 50
    assert shelf.get(own.token) is own
    shelf.leave("unknown")
    shelf.stay("unknown")


def test_what_nobody_has_taken_over_goes(clock):
    shelf = Shelf(Room(3, 10_000_000, 100, 10), clock)
    own = shelf.put(reading(), name="a.geojson", sha256="ab" * 32, options={"swap": True})
    assert own.layer.options == {"swap": True}
    clock.now = 9
    assert shelf.get(own.token) is own
    clock.now = 10
    assert shelf.get(own.token) is None


def test_what_nobody_looks_at_goes(shelf, clock):
    own, other = put(shelf), put(shelf)
    clock.now = 99
    shelf.get(own.token)
    clock.now = 100
    assert shelf.get(own.token) is own
    assert shelf.get(other.token) is None


def test_memory_is_freed_though_nobody_asks():
    shelf = Shelf(Room(3, 10_000_000, 100, 0))
    own = put(shelf)
    before = set(threading.enumerate())
    shelf.leave(own.token)
    for timer in set(threading.enumerate()) - before:
        timer.join()
    assert own.token not in shelf._places


def test_many_threads(clock):
    shelf = Shelf(Room(20, 10**9, 100, 10), clock)
    kept: list[str] = []
    full: list[int] = []

    def bring() -> None:
        try:
            kept.append(put(shelf).token)
        except ShelfFullError:
            full.append(1)

    threads = [threading.Thread(target=bring) for _ in range(24)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(kept), len(full), len(shelf)) == (20, 4, 20)
    assert len(set(kept)) == 20
