import re

import pytest

from geo import dataset as shipped
from geo.domains import STATEMENTS
from geo.query import Query, apply
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


@pytest.mark.parametrize("statement", ["directions", "clusters", "areas", "projects"])
@pytest.mark.parametrize("translator", [RU, EN])
def test_a_count_is_that_of_the_map_behind_its_link(data, statement, translator):
    linked = [count for count in holding(data, statement, translator).counts if count.link]
    assert linked
    for count in linked:
        query, notes = Query.from_params(count.link, data)
        assert notes == ()
        totals = apply(query, data).totals
        numbers = [int(n) for n in re.findall(r"\d+", count.value)]
        parts = [n for n in (totals.sites, totals.projects) if n]
        assert numbers == ([totals.shown, *parts] if len(parts) > 1 else parts)


def test_rows_are_counted_in_words(small):
    assert by_label(holding(small, "clusters", RU)) == {
        "Атомы": "2\u00a0строки: 1\u00a0площадка, 1\u00a0проект"
    }
    medical = holding(small, "areas", EN).counts[4]
    assert (medical.value, medical.link) == ("1\u00a0site", "park=medical")
    sport = holding(small, "areas", EN).counts[5]
    assert (sport.value, sport.link) == ("0\u00a0rows", "")


def test_road_map_is_not_the_official_list(data):
    held = holding(data, "roadmap", EN)
    assert held.summary == f"Actions found: {len(data.roadmap)} of 65 (from 2016, of 79)"
    assert held.note == "Gathered from public sources; this is not the official list."


def test_money_and_jobs_are_counted_and_never_summed(data):
    money = holding(data, "money", EN)
    known = data.projects["investment_mln_rub"].notna().sum()
    assert money.summary == f"Projects that state an investment: {known} of {len(data.projects)}"
    assert money.counts == ()
    assert holding(data, "workplaces", EN).counts == ()


def test_counts_of_the_small_dataset(small):
    held = by_label(holding(small, "projects", EN))
    assert held["Social"] == "3\u00a0projects"
    assert (held["Completed"], held["Running"]) == ("1", "2")
    assert holding(small, "projects", EN).note == "1 without a place on the map."
    assert by_label(holding(small, "participants", EN))["Universities"] == "1"
    assert by_label(holding(small, "goal", EN))["Projects"] == "2 of\u00a03 on\u00a0the\u00a0map"
