import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.snapshot import BORDERS
from layers.indicator_link import IndicatorLink, read_link

NUMBERS = st.floats(0, 1e15).map(lambda value: float(f"{value:.12g}"))


def test_an_empty_link_is_the_worked_example() -> None:
    found = read_link({})
    assert (found.built, found.people, found.years) == ((100, 110), (500_000, 510_000), 5)
    assert found.to_params() == {}


@given(
    st.sampled_from(["", *BORDERS]),
    st.tuples(NUMBERS, NUMBERS),
    st.tuples(NUMBERS, NUMBERS),
    NUMBERS,
)
def test_a_link_is_read_as_it_was_written(
    border: str, built: tuple[float, float], people: tuple[float, float], years: float
) -> None:
    link = IndicatorLink(border, "a-town", built, people, years)
    assert read_link(link.to_params()) == link


@pytest.mark.parametrize(
    ("params", "key"),
    [
        ({"border": ["moon"]}, "border"),
        ({"built": ["1"]}, "built"),
        ({"built": ["1", "x"]}, "built"),
        ({"people": ["1", "nan"]}, "people"),
        ({"people": ["1", "2", "3"]}, "people"),
        ({"years": ["-5"]}, "years"),
        ({"years": ["1e99"]}, "years"),
    ],
)
def test_what_cannot_be_used_is_named(params: dict[str, list[str]], key: str) -> None:
    found = read_link(params)
    assert [note.key for note in found.notes] == [key]
    assert found.to_params() == {}
