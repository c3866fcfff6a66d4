import numpy as np
import pytest

from geo.filters import Outcome
from geo.query import Query
from geo.suggestions import Suggestion, suggest

ASKED = Query(parks=("medical", "sport"), statuses=("planned",), text="завод")


def rows(*passed: str) -> Outcome:
    """Rows by what they satisfy: p(arks), s(tatuses), t(ext)."""
    fields = {"p": "parks", "s": "statuses", "t": "text"}
    masks = {
        field: np.array([letter in row for row in passed], dtype=bool)
        for letter, field in fields.items()
    }
    return Outcome(masks, len(passed))


@pytest.mark.parametrize(
    ("outcome", "dropped", "count"),
    [
        (rows("pt", "st", "st", "st"), [("status", "planned")], 1),  # one condition, not two
        (rows("pt", "ps", "ps"), [("q", "завод")], 2),  # the one that gives more
        (rows("pt", "ps"), [("status", "planned")], 1),  # the first of the link
        (rows("st", ""), [("park", "medical"), ("park", "sport")], 1),
        (rows("p", "", ""), [("status", "planned"), ("q", "завод")], 1),
        (rows(""), list(ASKED.conditions()), 1),
    ],
)  # fmt: skip
def test_smallest_change(outcome: Outcome, dropped: list[tuple[str, str]], count: int) -> None:
    query = ASKED
    for key, _ in dropped:
        query = query.without(key)
    assert suggest(ASKED, outcome) == Suggestion(tuple(dropped), query, count)


def test_nothing_helps_without_rows() -> None:
    assert suggest(ASKED, rows()) is None
