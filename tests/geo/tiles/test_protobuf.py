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


@given(st.lists(st.lists(st.integers(0, 2**62), max_size=5), max_size=6))
def test_runs(runs):
    values = np.array([value for run in runs for value in run], dtype=np.int64)
    lengths = np.array([len(run) for run in runs], dtype=np.int64)
    found = protobuf.varints(values, lengths)
    assert [_packed(written) for written in found] == runs
    assert found == [b"".join(map(protobuf.varint, run)) for run in runs]
