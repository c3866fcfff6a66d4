import itertools

import pytest

from geo.dataset import shared
from geo.query import Query
from geo.roadmap import KEYS, choose

COLUMNS = {"status": "status", "direction": "direction_id", "cluster": "cluster_id"}
FIELDS = {"status": "statuses", "direction": "directions", "cluster": "clusters"}
ASKED = {
    "status": ("running", "suspended"),
    "direction": ("advanced-industry",),
    "cluster": ("timber", "petrochemical"),
}


def by_hand(*keys: str) -> list[str]:
    return [
        row_id
        for row_id, row in shared().roadmap.iterrows()
        if all(row[COLUMNS[key]] in ASKED[key] for key in keys)
    ]


@pytest.mark.parametrize(
    "keys", [keys for n in range(4) for keys in itertools.combinations(KEYS, n)]
)
def test_actions_are_those_found_by_hand(keys):
    found = choose(Query(**{FIELDS[key]: ASKED[key] for key in keys}), shared())
    assert list(found.ids) == by_hand(*keys)
    for key in KEYS:
        others = shared().roadmap.loc[by_hand(*(k for k in keys if k != key))]
        facet = found.facets[key]
        counts = others[COLUMNS[key]].value_counts()
        assert facet.counts == tuple(counts.get(option, 0) for option in facet.options)
        assert facet.no_data == others[COLUMNS[key]].isna().sum()


def test_conditions_that_no_action_has_are_named_and_do_not_filter():
    found = choose(Query(parks=("sport",), text="арена", statuses=("running",)), shared())
    assert list(found.ids) == list(choose(Query(statuses=("running",)), shared()).ids)
    assert found.unused == (("park", "sport"), ("q", "арена"))
