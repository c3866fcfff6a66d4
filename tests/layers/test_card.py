import json

import pytest

from geo import dataset as shipped
from geo import settings
from layers.card import card
from layers.locale import LANGUAGES, Translator
from layers.objects import UnknownObjectError
from tests.layers.conftest import HOSTILE

RU, EN = Translator("ru"), Translator("en")
NEXT = "\u00a0· "
PAST = f"выполняется (на\u00a02014\u00a0год){NEXT}2013–\u20602015"


def facts(shown):
    return {fact["key"]: fact for fact in shown["facts"]}


def lists(shown):
    return {one["key"]: one for one in shown["lists"]}


def test_site(small):
    shown = card(small, "north", RU)
    assert (shown["type"], shown["park"], shown["letter"]) == ("site", "industrial", "И")
    assert shown["kicker"] == "Индустриальный парк\u00a0· действует"
    assert shown["title"] == "Площадка north"
    assert shown["note"] == "Примечание."
    assert shown["place"]["text"] == "Улица Ленина, 1, Томск"
    assert shown["place"]["precision"] == "место указано примерно (±300\u00a0м)"
    assert shown["place"]["guess"]


def test_site_in_english(small):
    shown = card(small, "north", EN)
    assert shown["kicker"] == "Industrial park\u00a0· operating"
    assert shown["place"]["text"] == "1 Lenina street, Tomsk"
    assert facts(shown)["start"]["label"] == "Operating since"
    assert facts(shown)["access"]["detail"] == "Passes are checked."


def test_a_town_in_the_address_is_not_repeated(small):
    small.sites.loc["north", ["address_en", "municipality_en"]] = ["Tomsk, quay", "Tomsk"]
    assert card(small, "north", EN)["place"]["text"] == "Tomsk, quay"


def test_known_fact_has_sources_and_date(small):
    start = facts(card(small, "north", RU))["start"]
    assert (start["value"], start["missing"], start["refs"]) == ("2005", False, [1, 2])
    assert start["as_of"] == "на\u00a0март 2017"


def test_missing_fact_is_said_and_has_neither_source_nor_date(small):
    for key in ("area", "jobs", "residents", "investment"):
        fact = facts(card(small, "north", RU))[key]
        assert (fact["value"], fact["missing"]) == ("Нет данных", True)
        assert (fact["refs"], fact["as_of"]) == ([], "")


def test_undated_facts_say_so(small):
    assert facts(card(small, "done", RU))["end"]["as_of"] == "дата не указана"


def test_area_of_a_derived_outline_is_not_the_area_of_the_park(small):
    assert small.sites.geometry["outline"].area > 0
    shown = card(small, "outline", EN)
    assert facts(shown)["area"]["missing"]
    assert shown["place"]["guess"]


def test_clusters_of_a_site_are_inferred_from_its_projects(small):
    clusters = facts(card(small, "north", RU))["clusters"]
    assert (clusters["value"], clusters["inferred"]) == ("Атомы", True)
    assert clusters["detail"] == RU.t("card.from_projects")
    assert clusters["refs"] == []


def test_lists_of_a_site(small):
    found = lists(card(small, "north", RU))
    assert [item["id"] for item in found["projects"]["items"]] == ["pool", "done"]
    assert found["projects"]["summary"] == "1\u00a0выполняется, 1\u00a0реализован"
    assert found["projects"]["items"][0]["sub"] == PAST
    assert found["projects"]["items"][1]["sub"] == "реализован\u00a0· 2014"
    assert [item["id"] for item in found["organisations"]["items"]] == ["uni"]
    assert [item["id"] for item in found["sites_of_park"]["items"]] == ["outline", "clinic"]
    assert found["roadmap"]["note"] == RU.t("list.roadmap.note")


def test_projects_are_counted_for_a_site(small):
    counted = facts(card(small, "north", RU))["projects"]
    assert counted["value"] == "2:\u00a01\u00a0выполняется, 1\u00a0реализован"
    assert facts(card(small, "clinic", RU))["projects"]["value"] == RU.t("fact.projects.none")


def test_projects_of_one_status_are_not_counted_twice(small):
    small.projects.loc["pool", "status"] = "completed"
    assert facts(card(small, "north", RU))["projects"]["value"] == "2\u00a0реализовано"


def test_status_of_a_site_says_by_which_word_it_is_found_and_as_of_when(small):
    assert facts(card(small, "north", RU))["status"]["value"] == (
        "Действует (реализовано), на\u00a0март 2017"
    )
    assert facts(card(small, "outline", EN))["status"]["value"] == (
        "Operating (completed), date not stated"
    )


def test_status_that_the_filter_calls_alike_is_said_once(small):
    small.sites.loc["north", ["status", "status_source"]] = ["suspended", "suspended"]
    assert facts(card(small, "north", EN))["status"]["value"].startswith("Suspended, as")


def test_status_of_a_project_has_its_date(small):
    assert facts(card(small, "pool", RU))["status"]["value"] == "Выполняется, на\u00a02014"
    assert facts(card(small, "done", RU))["status"]["value"] == "Реализован, дата не указана"


def test_our_translation_is_marked(small):
    assert card(small, "north", RU)["translated"]
    assert not card(small, "north", EN)["translated"]


def test_project(small):
    shown = card(small, "pool", RU)
    assert shown["kicker"] == f"Социальный проект\u00a0· {PAST.split(NEXT)[0]}"
    assert (shown["park"], shown["letter"]) == ("industrial", None)
    found = facts(shown)
    assert found["investment"]["value"] == "не менее 1,2\u00a0млрд\u00a0₽"
    assert found["end"]["label"] == "Окончание (план)"
    assert found["organisation"]["value"] == "Университет и другие"
    assert found["directions"]["inferred"]
    assert [item["id"] for item in lists(shown)["site"]["items"]] == ["north"]
    assert shown["place"]["precision"] == "показано место площадки (±300\u00a0м)"


def test_place_unknown(small):
    place = card(small, "hostile", EN)["place"]
    assert (place["placed"], place["guess"]) == (False, False)
    assert place["precision"] == "place not known"


def test_organisation(small):
    shown = card(small, "uni", EN)
    assert (shown["type"], shown["kicker"], shown["park"]) == ("organisation", "University", None)
    found = lists(shown)["projects_of_organisation"]
    assert [item["id"] for item in found["items"]] == ["pool"]


def test_sources(small):
    assert card(small, "north", EN)["sources"] == [
        {
            "n": 1,
            "url": "https://www.a.org/2019/05/20/x",
            "label": "a.org (by its address: 20 May 2019)",
        },
        {"n": 2, "url": "https://b.org/", "label": "b.org"},
    ]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "https://", "ftp://a/"])
def test_only_web_addresses_are_linked(small, url):
    small.projects.at["done", "source_urls"] = (url, "https://b.org/")
    assert [source["url"] for source in card(small, "done", EN)["sources"]] == ["https://b.org/"]


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/news/2017-03-14", "a.org (by its address: 14 March 2017)"),
        ("/2017/03/14/x", "a.org (by its address: 14 March 2017)"),
        ("/20160802/izmeneniya", "a.org"),
        ("/2018/06/news", "a.org"),
        ("/news/2018/june2018/x", "a.org"),
        ("/2017-02-30", "a.org"),
        ("/2017-03/14", "a.org"),
        ("/2012-01-16-16-34-34/2407-2016-01-04-09-12-31.html", "a.org"),
    ],
)
def test_date_in_the_address_of_a_source(small, path, label):
    small.projects.at["done", "source_urls"] = (f"https://a.org{path}",)
    assert card(small, "done", EN)["sources"][0]["label"] == label


def test_links(small, monkeypatch):
    template = "https://bugs.example/new?title={title}&body={link}"
    monkeypatch.setattr(settings, "current", lambda: settings.Settings(report_url=template))
    links = card(small, "pool", EN, origin="https://atlas.example")["links"]
    assert links["object"] == "/object?id=pool&lang=en"
    assert links["json"] == "/object?id=pool&lang=en&format=json"
    assert links["report"].startswith("https://bugs.example/new?title=Mistake%20in")
    assert links["report"].endswith("body=https%3A%2F%2Fatlas.example%2Fobject%3Fid%3Dpool")


def test_hostile_text_stays_text(small):
    assert card(small, "hostile", EN)["title"] == HOSTILE


def test_unknown_object(small):
    with pytest.raises(UnknownObjectError, match="nobody"):
        card(small, "nobody", EN)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_shipped_object_has_a_card_without_a_hole(lang):
    data = shipped.shared()
    for own_id in [*data.sites.index, *data.projects.index, *data.organisations.index]:
        text = json.dumps(card(data, own_id, Translator(lang)), allow_nan=False)
        assert '"nan"' not in text
        assert '"None"' not in text
        assert '"value": ""' not in text
