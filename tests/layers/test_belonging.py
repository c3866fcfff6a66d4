"""What belongs to an object, against looking through every row."""

import pytest

from geo.dataset import Dataset, shared
from layers import objects
from layers.card import card
from layers.facts import STATUS_ORDER, facets_of_sites
from layers.locale import Translator, is_missing
from layers.objects import belonging, record_of, records

EN = Translator("en")
FIELDS = [
    ("project", "site_id"),
    ("project", "organisation_ids"),
    ("project", "cluster_id"),
    ("site", "park_id"),
    ("action", "site_id"),
    ("organisation", "cluster_id"),
]


@pytest.fixture(params=["small", "shipped"])
def data(request: pytest.FixtureRequest) -> Dataset:
    return shared() if request.param == "shipped" else request.getfixturevalue("small")


def looked_through(data: Dataset, kind: str, field: str, value: str) -> list[str]:
    """Return the ids of the rows that have or list a value."""
    column = objects.table(data, kind)[field]
    return [
        own_id
        for own_id, found in column.items()
        if (value in found if isinstance(found, list | tuple) else found == value)
    ]


@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_rows_are_those_of_looking_through_them_all(data: Dataset, kind: str, field: str) -> None:
    values = {
        one
        for found in objects.table(data, kind)[field]
        for one in (found if isinstance(found, list | tuple) else [found])
        if isinstance(one, str)
    }
    assert values
    for value in {*values, "nobody"}:
        ids = [record["id"] for record in belonging(data, kind, field, value)]
        assert ids == looked_through(data, kind, field, value)


def test_several_values_keep_the_order_of_the_table(data: Dataset) -> None:
    sites = list(data.sites.index)[::-1]
    found = [record["id"] for record in belonging(data, "project", "site_id", *sites, *sites)]
    assert found == list(data.projects.index[data.projects["site_id"].isin(sites)])


def test_a_record_is_the_row(data: Dataset) -> None:
    for kind in objects.TABLES:
        frame = objects.table(data, kind)
        assert list(records(data, kind)) == list(frame.index)
        for own_id in frame.index[:3]:
            row = frame.loc[own_id].to_dict()
            found = dict(record_of(data, objects.Ref(kind, own_id)))
            assert found.pop("id") == own_id
            assert list(found) == list(row)
            for name, value in row.items():
                assert is_missing(found[name]) if is_missing(value) else found[name] == value


def test_nobody_can_change_a_record(small: Dataset) -> None:
    with pytest.raises(TypeError):
        records(small, "site")["north"]["name_en"] = "x"  # type: ignore[index]


def test_facets_of_sites_are_those_of_the_one_list(data: Dataset) -> None:
    rows = data.rows[data.rows["row_type"] == "site"].set_index("id")
    found = facets_of_sites(data)
    assert list(found) == list(rows.index)
    for facet in ("directions", "clusters"):
        assert [found[own_id][facet] for own_id in rows.index] == list(rows[facet])


@pytest.mark.parametrize(
    ("kind", "key", "field"),
    [
        ("site", "projects", "site_id"),
        ("organisation", "projects_of_organisation", "organisation_ids"),
        ("cluster", "projects_of_group", "cluster_id"),
    ],
)
def test_projects_of_every_card(data: Dataset, kind: str, key: str, field: str) -> None:
    for own_id in objects.table(data, kind).index:
        shown = card(data, own_id, EN, kind=kind)
        lists = {one["key"]: [item["id"] for item in one["items"]] for one in shown["lists"]}
        ids = looked_through(data, "project", field, own_id)
        statuses = data.projects["status"]
        expected = sorted(ids, key=lambda one: STATUS_ORDER.index(statuses[one]))
        assert lists.get(key, []) == expected
