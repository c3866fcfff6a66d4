import re

import pytest

from geo.dataset import shared
from layers.facts import of_project, of_site
from layers.help import _written, explained, glossary, sections
from layers.locale import LANGUAGES, Translator
from layers.signs_svg import sign
from views.pages import PAGES

CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
WANTED = {
    "park", "site", "project", "cluster", "direction", "resident", "sez", "tor", "roadmap",
    "precision", "guess", "membership", "no-data", "spatial-join", "predicate", "provenance",
    "geojson", "geopackage",
}  # fmt: skip


def test_both_languages_say_the_same_things() -> None:
    for entry in (*_written()["term"], *_written()["section"]):
        for one in (entry, *entry.get("point", ()), *entry.get("key", ())):
            stems = {field.removesuffix("_ru") for field in one if field.endswith("_ru")}
            assert stems == {field.removesuffix("_en") for field in one if field.endswith("_en")}
            for stem in stems:
                assert not CYRILLIC.search(one[f"{stem}_en"])
                assert one[f"{stem}_ru"].strip() == one[f"{stem}_ru"] != ""


def test_anchors_are_unique_and_the_glossary_is_whole() -> None:
    anchors = [section.id for section in sections("en")]
    anchors += [f"term-{term.id}" for term in glossary("en")]
    assert len(set(anchors)) == len(anchors)
    assert {term.id for term in glossary("ru")} >= WANTED


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_glossary_is_in_the_order_of_its_language(lang: str) -> None:
    names = [term.name.casefold() for term in glossary(lang)]
    assert names == sorted(names)


def test_every_page_and_sign_that_is_named_is_there() -> None:
    points = [point for section in sections("ru") for point in section.points]
    assert {point.page for point in points if point.page} <= set(PAGES)
    for lang in LANGUAGES:
        for point in points:
            if point.sign:
                assert sign(point.sign, lang).startswith("<svg")


def test_every_place_of_a_term_is_one_of_the_map_page() -> None:
    dataset, speaker = shared(), Translator("en")
    site = dataset.sites.reset_index().iloc[0].to_dict()
    project = dataset.projects.reset_index().iloc[0].to_dict()
    facts = (*of_site(dataset, site, speaker), *of_project(dataset, project, speaker))
    known = {f"fact.{fact.key}" for fact in facts} | {"place"}
    filters = ("park", "direction", "cluster", "kind", "status", "years", "money")
    known |= {f"filter.{key}" for key in filters}
    assert set(explained()) <= known
    assert {f"filter.{key}" for key in filters} <= set(explained())


def test_a_term_stands_in_one_place_only_once() -> None:
    places = [place for entry in _written()["term"] for place in entry.get("places", ())]
    assert len(set(places)) == len(places)
