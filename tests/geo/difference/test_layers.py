import pytest

from geo.difference import State
from geo.difference.layers import UnreadableError, differences
from geo.read import Limits

POINT = """{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "a",
"properties": {}, "geometry": {"type": "Point", "coordinates": [84.95, 56.5]}}]}"""
TABLE = "id,jobs\na,1\n"


def test_the_file_at_fault_is_named() -> None:
    broken = State("new.geojson", POINT[:40].encode(), POINT.encode(), "old.geojson")
    with pytest.raises(UnreadableError, match=r"^old\.geojson: "):
        list(differences([broken], Limits()))


def test_each_state_is_read_by_its_own_ending() -> None:
    state = State("new.geojson", TABLE.encode(), POINT.encode(), "old.csv")
    (found,) = differences([state], Limits())
    assert found.file == "new.geojson"
    assert [(change.id, change.kind) for change in found.changes] == [("a", "changed")]
