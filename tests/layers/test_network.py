import pytest

from geo.dataset import shared
from layers.locale import Translator
from layers.network import KINDS, find, link, network
from layers.objects import Ref, everything

T = Translator("ru")


def ids(rings, kind):
    return {one.id for ring in rings for one in ring.neighbours if one.kind == kind}


@pytest.mark.parametrize("cluster", shared().clusters.index)
def test_round_a_cluster_stands_all_that_names_it(cluster):
    dataset, found = shared(), network(shared(), Ref("cluster", cluster), T)
    for kind, frame in (("project", dataset.projects), ("organisation", dataset.organisations)):
        assert ids(found.below, kind) == set(frame.index[frame["cluster_id"] == cluster])
    assert ids(found.above, "direction") == {dataset.clusters.loc[cluster, "direction_id"]}


def test_one_can_walk_to_every_neighbour_and_back():
    for start in shared().clusters.index:
        found = network(shared(), Ref("cluster", start), T)
        for ring in found.below:
            for one in ring.neighbours[:2]:
                asked = link(shared(), one.kind, one.id)
                assert find(shared(), asked["id"], asked.get("type", "")) == Ref(one.kind, one.id)
                there = network(shared(), Ref(one.kind, one.id), T)
                assert start in ids((*there.above, *there.below), "cluster") or one.kind == "action"


def test_what_is_not_there_is_none():
    assert find(shared(), "nowhere") is None
    town = next(ref for ref in everything(shared()) if ref.kind == "settlement")
    assert "settlement" not in KINDS
    assert find(shared(), town.id, "settlement") is None
