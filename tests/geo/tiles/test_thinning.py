import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geo.tiles.thinning import crowd


@given(arrays(float, st.tuples(st.integers(0, 60), st.just(2)), elements=st.floats(-50, 50)))
def test_every_point_is_in_exactly_one_crowd(points):
    numbers = np.arange(100, 100 + len(points))
    found = crowd(points, numbers, cell=10)
    members = [n for crowded in found.members for n in crowded.tolist()]
    assert sorted(members) == numbers.tolist()
    for at, crowded in zip(found.at, found.members, strict=True):
        own = points[crowded - 100]
        assert len(np.unique(np.floor(own / 10), axis=0)) == 1
        assert np.allclose(at, own.mean(axis=0))
        assert crowded.tolist() == sorted(crowded.tolist())


def test_neighbouring_cells_stay_apart():
    found = crowd(np.array([[9.9, 0], [10.1, 0], [10.2, 1]]), np.arange(3), cell=10)
    assert [m.tolist() for m in found.members] == [[0], [1, 2]]
