import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo import quality
from geo.dataset import shared
from layers.locale import LANGUAGES, Translator
from layers.published import PUBLISHED

PAGE = str(Path(__file__).parents[2] / "views" / "sources.py")


def opened(lang):
    page = AppTest.from_file(PAGE, default_timeout=60)
    page.query_params["lang"] = lang
    page.run()
    assert not page.exception
    return page


@pytest.fixture(scope="module", params=LANGUAGES)
def spoken(request):
    """The page's HTML and the translator of its language."""
    page = opened(request.param)
    html = "".join(element.proto.body for element in page.get("html"))
    return html, Translator(request.param)


def text_of(html):
    return re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", html, flags=re.S))


def test_title_release_and_citation(spoken):
    html, translator = spoken
    assert f"<h1>{translator.t('sources.title')}</h1>" in html
    assert html.count(shared().release) >= 2


def test_catalogue_lists_every_file(spoken):
    html, translator = spoken
    for entry in shared().catalog:
        title = entry.title_ru if translator.lang == "ru" else entry.title_en
        assert title in html
        assert entry.sha256 in html
        assert translator.t(f"made.{entry.id}") in html
        link = f'href="./layers/{entry.id}.geojson"'
        assert (link in html) == (entry.id in PUBLISHED)


def test_every_licence_is_explained(spoken):
    html, translator = spoken
    for licence in {entry.licence for entry in shared().catalog}:
        assert translator.t(f"licence.{licence}.means") in html


def test_licences_are_written_for_people(spoken):
    html, _ = spoken
    words = text_of(html)
    assert "ODbL\u00a01.0" in words
    assert "ODbL-1.0" not in words
    assert "CC-BY" not in words


def test_a_fingerprint_says_whose_it_is_and_opens_to_its_whole(spoken):
    html, translator = spoken
    assert "data/" in translator.t("sources.column.sha256")
    assert translator.t("sources.column.sha256") in html
    for entry in shared().catalog:
        assert f'title="{entry.sha256}"' in html
        assert f">{entry.sha256}</code>" in html


def test_a_repository_is_named_and_not_its_host_alone(spoken):
    html, _ = spoken
    assert "github.com/openteam-ato/inotomsk" in text_of(html)


def test_completeness_of_each_field_and_kind(spoken):
    html, translator = spoken
    table = quality.completeness(shared())
    assert html.count('class="cell ') == len(table) + sum(
        len(fields) for fields in quality.MEASURED.values()
    )
    jobs = table[(table["layer"] == "projects") & (table["column"] == "jobs")]
    known, rows = jobs["known"].sum(), jobs["rows"].sum()
    shown = translator.t("sources.completeness.cell", known=known, rows=rows)
    assert f">{translator.percent(known / rows)}<small>{shown}</small>" in html


def test_nothing_at_all_is_marked(spoken):
    html, _ = spoken
    empty = (quality.completeness(shared())["known"] == 0).sum()
    assert html.count('class="cell none"') >= empty > 0


def test_precision_and_methods(spoken):
    html, translator = spoken
    table = quality.precision(shared())
    for method in set(table["geometry_method"]):
        assert translator.t(f"method.{method}.explain") in html
    for name in set(table["accuracy_class"]):
        assert translator.t(f"accuracy.{name}") in html


def test_doubts_lead_to_their_records(spoken):
    html, translator = spoken
    for check, own_id in quality.doubts(shared())[["check", "id"]].itertuples(index=False):
        assert translator.t(f"check.{check}") in html
        assert f'href="./?sel={own_id}&amp;lang={translator.lang}"' in html


def test_no_machine_words_reach_the_reader(spoken):
    html, _ = spoken
    words = text_of(html)
    assert not re.search(r"\b(nan|None|NaT|<NA>)\b", words)
    assert "{" not in words


def test_tables_can_be_taken_as_csv():
    page = opened("ru")
    tables = [entry for entry in shared().catalog if entry.id not in PUBLISHED]
    assert [button.proto.label for button in page.get("download_button")] == [
        entry.title_ru for entry in tables
    ]
