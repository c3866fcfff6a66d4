from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import shapely

from geo.errors import FetchError
from geo.fetch import Deadline, Overpass
from geo.fetch.online import Online
from tests.geo.fetch import overpass_stand_in as stand_in
from tests.geo.fetch.overpass_stand_in import StandIn, answer, failing, node

WIDE = shapely.box(84.0, 56.0, 85.5, 56.4)


@pytest.fixture
def server() -> Iterator[StandIn]:
    with StandIn() as running:
        yield running


def online(server: StandIn, cache: Path | None = None, **more: Callable) -> Online:
    deadline = Deadline(1_000, sleep=lambda _: None)
    return Online(Overpass(server.url, cache=cache, deadline=deadline, **more))


def test_boxes_are_put_together_and_elements_stand_once(server: StandIn) -> None:
    both, west, east = node(1, 84.75, 56.1), node(2, 84.1, 56.1), node(3, 85.1, 56.1)
    server.on("56.000000,84.000000", answer([both, west]))
    server.on("56.000000,84.750000", answer([both, east, node(4, 200, 0)]))
    found = online(server).themes(("pois",), WIDE)
    assert found.elements == [both, west, east]
    assert [(one.osm_id, one.reason) for one in found.refused] == [
        (4, "coordinates are not on Earth")
    ]
    assert found.date == datetime(2024, 11, 20, 10, tzinfo=UTC)
    assert len(server.queries) == 2


def test_the_oldest_date_counts(server: StandIn) -> None:
    older = answer([], osm3s={"timestamp_osm_base": "2024-01-02T00:00:00Z"})
    server.on("56.000000,84.750000", older)
    assert online(server).themes(("pois",), WIDE).date == datetime(2024, 1, 2, tzinfo=UTC)


def test_a_box_that_is_too_much_is_asked_in_quarters(server: StandIn) -> None:
    gave_up = stand_in.remark("runtime error: Query timed out")
    server.on("out", answer([node(1, 84.1, 56.1)]))
    server.on("[bbox:56.000000,84.000000,56.400000,84.700000]", gave_up)
    area = shapely.box(84.0, 56.0, 84.7, 56.4)
    assert len(online(server).themes(("pois",), area).elements) == 1
    assert len(server.queries) == 1 + 4


def test_quarters_end(server: StandIn) -> None:
    server.on("out", stand_in.remark("runtime error: out of memory"))
    with pytest.raises(FetchError) as caught:
        online(server).themes(("pois",), shapely.box(84.0, 56.0, 84.1, 56.1))
    assert caught.value.code == "overloaded"
    assert len(server.queries) == 4


def test_what_was_received_is_not_asked_again(server: StandIn, tmp_path: Path) -> None:
    server.on("56.000000,84.750000", failing(500))
    with pytest.raises(FetchError):
        online(server, tmp_path).themes(("pois",), WIDE)
    server.on("56.000000,84.750000", answer([]))
    online(server, tmp_path).themes(("pois",), WIDE)
    boxes = ["84.000000" in query for query in server.queries]
    assert boxes == [True, False, False]


def test_a_kept_copy_is_called_stale(server: StandIn, tmp_path: Path) -> None:
    server.on("out", answer([node(1, 84.1, 56.1)]))
    today = datetime(2026, 11, 1, tzinfo=UTC)
    online(server, tmp_path, now=lambda: today).themes(("pois",), WIDE)
    server.on("56.000000,84.750000", failing(503))
    later = today + timedelta(days=10)
    found = online(server, tmp_path, now=lambda: later).themes(("pois",), WIDE)
    assert found.stale == today
    assert len(found.elements) == 1


def test_a_kept_copy_of_the_whole_stands_in_when_the_parts_fail(
    server: StandIn, tmp_path: Path
) -> None:
    server.on("out", answer([node(1, 84.1, 56.1)]))
    today = datetime(2026, 11, 1, tzinfo=UTC)
    area = shapely.box(84.0, 56.0, 84.7, 56.4)
    first = online(server, tmp_path, now=lambda: today).themes(("pois",), area)
    assert first.asked == tuple(server.queries)
    server.on("out", stand_in.remark("runtime error: out of memory"))
    later = today + timedelta(days=10)
    found = online(server, tmp_path, now=lambda: later).themes(("pois",), area)
    assert (found.stale, found.elements, found.asked) == (today, first.elements, first.asked)
    # In parts first, as those would be of today.
    assert len(server.queries) == 1 + 4
