import re

import pytest

from geo.crs import to_metres
from geo.dataset import shared
from geo.domains import PARK_TYPES
from geo.query import Query, apply
from layers.locale import LANGUAGES, Translator
from layers.stories import _written, stories

FACT = re.compile(r"\{[^{}]*\}")
TEXTS = [
    (part, entry[part])
    for story in _written()
    for entry in (story, *story["step"])
    for part in entry
    if part.endswith(("_ru", "_en"))
]


def test_one_story_for_each_kind_of_park_in_the_order_of_all_lists() -> None:
    told = stories(shared(), Translator("en"))
    assert tuple(story.park for story in told) == PARK_TYPES
    assert all(len(story.steps) >= 3 for story in told)


@pytest.mark.parametrize(("part", "text"), TEXTS)
def test_no_figure_stands_in_the_text_itself(part: str, text: str) -> None:
    assert not re.search(r"\d", FACT.sub("", text))


def test_both_languages_tell_the_same_facts() -> None:
    for story in _written():
        for entry in (story, *story["step"]):
            for part in ("title", "lead", "text"):
                facts = [FACT.findall(entry.get(f"{part}_{lang}", "")) for lang in LANGUAGES]
                assert sorted(facts[0]) == sorted(facts[1])
                assert (f"{part}_ru" in entry) == (f"{part}_en" in entry)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_fact_is_known(lang: str) -> None:
    speaker = Translator(lang)
    unknown = {speaker.missing, speaker.t("value.undated")}
    for story in stories(shared(), speaker):
        for step in story.steps:
            assert "{" not in step.text
            assert not any(word in step.text for word in unknown), step.title


def test_every_step_is_a_link_of_its_park_that_shows_something() -> None:
    dataset = shared()
    for story in stories(dataset, Translator("en")):
        for step in story.steps:
            query, notes = Query.from_params(step.link, dataset)
            view = apply(query, dataset)
            assert notes == ()
            assert query.parks == (story.park,)
            assert view.ids
            assert query.selected in ("", *view.ids)


def test_a_step_leads_to_what_its_text_tells_of() -> None:
    """The selected object, or a project of it, is the first of which the text states a fact."""
    dataset = shared()
    for story in _written():
        for step in story["step"]:
            chosen = Query.from_params(step["link"], dataset)[0].selected
            told = re.findall(r"\{([^{}:]+):", step["text_ru"])
            subjects = [one for one in told if one != "rows"]
            if not (chosen and subjects):
                continue
            project = subjects[0] in dataset.projects.index
            home = dataset.projects.loc[subjects[0], "site_id"] if project else subjects[0]
            around = f"in={chosen}" in step["text_ru"]
            assert around or chosen in (home, subjects[0]), step["title_en"]


def test_a_step_is_named_after_what_it_leads_to() -> None:
    """Told apart from its neighbours: the name most like the title is that of the object."""
    dataset = shared()
    steps = {
        "The southern site": "sez-tomsk-south",
        "The northern site": "sez-tomsk-north",
        "The TSU campus": "tsu-campus",
        "Lagerny Sad": "lagerny-sad",
        "Akadempark": "akadempark",
        "Institutes under one name": "tnimc-sites",
        "The place that was given up": "left-bank-campus-site",
    }
    found = {
        step.title: Query.from_params(step.link, dataset)[0].selected
        for story in stories(dataset, Translator("en"))
        for step in story.steps
    }
    assert {title: found[title] for title in steps} == steps


def test_what_the_text_says_beside_its_figures() -> None:
    dataset = shared()
    sites = dataset.sites
    tsu = to_metres(sites.geometry).loc["tsu-campus"]
    placed = to_metres(sites.geometry[sites.geometry.notna()])
    assert placed.distance(tsu).idxmax() == "asino-timber-park"
    assert list(sites.index[sites["public_access"] == "free"]) == ["ushaika-embankment"]
    medical = sites.index[sites["park_type"] == "medical"]
    members = dataset.projects["site_id"].value_counts().reindex(medical)
    assert members.idxmax() == "northern-medical-town"
    assert sites.loc["left-bank-campus-site", "status"] == "suspended"
    assert dataset.projects.loc["akadempark-jumps", "status"] == "planned"
