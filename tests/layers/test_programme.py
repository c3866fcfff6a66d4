import re

import pytest

from geo import dataset as shipped
from geo.domains import STATEMENTS
from layers.locale import Translator
from layers.programme import figures, holding

RU, EN = Translator("ru"), Translator("en")


@pytest.fixture(scope="module")
def data():
    return shipped.shared()


def by_label(held):
    return {count.label: count.value for count in held.counts}


def test_every_statement_has_figures_and_a_holding(data):
    for name in STATEMENTS:
        assert figures(data, name, EN)
        assert holding(data, name, EN)


@pytest.mark.parametrize(
    ("statement", "value_ru", "value_en"),
    [
        ("money", "250\u00a0млрд\u00a0₽", "RUB\u00a0250\u00a0bn"),
        ("goal", "№ 22-р", "No. 22-r"),
        ("workplaces", "160\u00a0тыс. рабочих мест", "160\u00a0thousand jobs"),
        ("roadmap", "65", "65"),
    ],
)
def test_value_of_the_first_figure(data, statement, value_ru, value_en):
    assert figures(data, statement, RU)[0].value == value_ru
    assert figures(data, statement, EN)[0].value == value_en


def test_years_have_no_separator(data):
    assert "2015" in {figure.value for figure in figures(data, "roadmap", EN)}


def test_translation_of_figures_is_marked(data):
    assert all(figure.translated for figure in figures(data, "goal", RU))
    assert not any(figure.translated for figure in figures(data, "goal", EN))


def test_projects_by_direction_and_cluster_are_counted(data):
    for statement, column in (("directions", "direction_id"), ("clusters", "cluster_id")):
        held = holding(data, statement, EN)
        total = sum(int(count.value.split()[0]) for count in held.counts)
        assert total == data.projects[column].notna().sum()


def test_links_lead_to_options_that_have_rows(data):
    for statement in ("directions", "clusters", "areas", "projects"):
        for count in holding(data, statement, EN).counts:
            if count.link:
                assert re.fullmatch(r"(direction|cluster|park|kind)=[a-z_-]+", count.link)


def test_sites_by_kind(data):
    held = by_label(holding(data, "areas", EN))
    assert held["Industrial park"] == "6 sites"
    assert sum(int(value.split()[0]) for value in held.values()) == len(data.sites)


def test_road_map_is_not_the_official_list(data):
    held = holding(data, "roadmap", EN)
    assert held.summary == f"{len(data.roadmap)} of 65 (79) actions found"
    assert held.note == "Gathered from public sources; this is not the official list."


def test_money_and_jobs_are_counted_and_never_summed(data):
    money = holding(data, "money", EN)
    known = data.projects["investment_mln_rub"].notna().sum()
    assert money.summary == f"{known} of {len(data.projects)} projects state a sum"
    assert money.counts == ()
    assert holding(data, "workplaces", EN).counts == ()


def test_counts_of_the_small_dataset(small):
    held = by_label(holding(small, "projects", EN))
    assert held["Social"] == "3"
    assert (held["Completed"], held["Running"]) == ("1", "2")
    assert holding(small, "projects", EN).note == "1 without a place on the map."
    assert by_label(holding(small, "participants", EN))["Universities"] == "1"
    assert by_label(holding(small, "goal", EN))["Projects"] == "2 of 3 on the map"
