import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.tiles import protobuf
from tests.geo.tiles.decoder import _packed


@pytest.mark.parametrize(
    ("value", "written"), [(0, b"\0"), (127, b"\x7f"), (128, b"\x80\x01"), (300, b"\xac\x02")]
)
def test_varint(value, written):
    assert protobuf.varint(value) == written


@given(st.lists(st.integers(0, 2**62), max_size=20))
def test_varints(values):
    numbers = np.array(values, dtype=np.int64)
    found = protobuf.varints(numbers)
    assert _packed(found) == values
    assert found == b"".join(map(protobuf.varint, values))
    assert protobuf.sizes(numbers).tolist() == [len(protobuf.varint(value)) for value in values]


@given(st.lists(st.tuples(*[st.lists(st.integers(0, 9), max_size=3)] * 3), max_size=5))
def test_runs_by_turns(rows):
    columns = [
        (
            np.array([value for row in rows for value in row[n]], dtype=np.int64),
            np.array([len(row[n]) for row in rows], dtype=np.int64),
        )
        for n in range(3)
    ]
    expected = [value for row in rows for run in row for value in run]
    assert protobuf.interleave(*columns).tolist() == expected
