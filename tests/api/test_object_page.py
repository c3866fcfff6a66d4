"""Every page of every object in both languages: well made, whole, and linked."""

import re
from collections import Counter
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest
import segno
from markupsafe import escape

from api.object_page import object_page
from geo.references import REFERENCES
from layers import objects
from layers.locale import LANGUAGES, Translator
from layers.sheet import sheet
from tests.layers.conftest import small, write_data

__all__ = ["small", "write_data"]  # fixtures

ORIGIN = "https://atlas.example"
VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """Reads a page and holds it to what every page must be."""

    def __init__(self, text):
        super().__init__()
        self.open, self.ids, self.links, self.metas = [], Counter(), [], {}
        self.heads, self.headings, self.text = [], [], text
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        assert len(given) == len(attrs), f"an attribute stands twice in {tag}"
        assert "style" not in given, "the policy forbids it"
        assert not any(name.startswith("on") for name in given)
        if tag not in VOID:
            self.open.append(tag)
        if "id" in given:
            self.ids[given["id"]] += 1
        if tag == "a":
            self.links.append(given["href"])
        if tag == "meta":
            self.metas[given.get("name") or given.get("property")] = given.get("content")
        if tag == "link":
            self.heads.append((given["rel"], given.get("hreflang"), given["href"]))
        if tag in ("h1", "h2", "h3"):
            self.headings.append([tag, ""])

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] in ("h1", "h2", "h3"):
            self.headings[-1][1] += data


def refs_of(links, dataset):
    for link in links:
        parts = urlsplit(link)
        if parts.path == "/object" and "format" not in link and not parts.netloc:
            query = parse_qs(parts.query)
            yield objects.find(dataset, query["id"][0], query.get("type", [""])[0])


@pytest.fixture(scope="module")
def pages(dataset):
    """All pages of one language, and every fifth of the other, read."""
    found = {}
    for number, ref in enumerate(objects.everything(dataset)):
        for lang in LANGUAGES:
            if lang == "en" or number % 5 == 0:
                text = object_page(dataset, ref, Translator(lang), ORIGIN, ("/", "/about"))
                found[ref, lang] = Page(text.decode())
    return found


def name_of(dataset, ref, lang):
    return objects.table(dataset, ref.kind).loc[ref.id, f"name_{lang}"]


def test_every_page_is_headed_by_the_name_of_its_object(pages, dataset):
    for (ref, lang), page in pages.items():
        assert page.headings[0] == ["h1", name_of(dataset, ref, lang)], ref
        assert [tag for tag, _ in page.headings].count("h1") == 1
        assert f'<html lang="{lang}">' in page.text


def test_ids_stand_once_and_every_anchor_leads_to_one(pages):
    for page in pages.values():
        assert all(count == 1 for count in page.ids.values())
        anchors = {link[1:] for link in page.links if link.startswith("#")}
        assert anchors <= set(page.ids)


def test_every_link_to_an_object_leads_to_one_in_the_language_of_the_page(pages, dataset):
    for (ref, lang), page in pages.items():
        own = [link for link in page.links if link.startswith("/object?")]
        assert list(refs_of(own, dataset))
        foreign = [link for link in own if f"lang={lang}" not in link]
        assert len(foreign) == 1, ref  # the switch of the language


def test_whoever_shares_a_link_shows_name_text_and_picture(pages, dataset):
    for (ref, lang), page in pages.items():
        assert page.metas["og:title"] == name_of(dataset, ref, lang)
        assert page.metas["og:description"] == page.metas["description"]
        assert len(page.metas["description"]) > 5
        assert page.metas["og:image"].startswith(f"{ORIGIN}/object/picture?id={ref.id}&")
        own = f"{ORIGIN}{objects.address(dataset, ref, lang)}"
        assert page.metas["og:url"] == own
        assert ("canonical", None, own) in page.heads
        alternates = {language for rel, language, _ in page.heads if rel == "alternate"}
        assert {"ru", "en", "x-default"} <= alternates


def test_what_refers_to_each_other_is_two_clicks_apart_at_most(pages, dataset):
    """Each reference of the dataset is a link on the page it stands on, and back."""
    linked = {
        ref: set(refs_of(page.links, dataset))
        for (ref, lang), page in pages.items()
        if lang == "en"
    }
    kinds = {layer: kind for kind, layer in objects.TABLES.items()}
    far = []
    for source, column, target in REFERENCES:
        if source not in kinds or target not in kinds:
            continue
        table = getattr(dataset, source)
        if column not in table:
            continue
        for own_id, value in table[column].items():
            for other_id in value if isinstance(value, tuple) else (value,):
                if not isinstance(other_id, str):
                    continue
                one = objects.find(dataset, str(own_id), kinds[source])
                other = objects.find(dataset, other_id, kinds[target])
                near = one == other or (other in linked[one] and one in linked[other])
                if not near:
                    far.append((one, other))
    assert far == []


def test_every_page_is_reached_from_any(pages, dataset):
    linked = {
        ref: set(refs_of(page.links, dataset))
        for (ref, lang), page in pages.items()
        if lang == "en"
    }
    reached, waiting = set(), [objects.Ref("site", "lagerny-sad")]
    while waiting:
        ref = waiting.pop()
        if ref not in reached:
            reached.add(ref)
            waiting += linked[ref]
    # Federal bodies and the like: no project, cluster or place leads to one, the search does.
    named = {key for ids in dataset.projects["organisation_ids"] for key in ids}
    for ref in set(linked) - reached:
        assert ref.kind == "organisation"
        record = objects.record_of(dataset, ref)
        assert ref.id not in named
        assert record["geometry"] is None
        assert not isinstance(record["cluster_id"], str)


def test_missing_facts_are_shown_as_missing(pages, dataset):
    site = dataset.sites.index[dataset.sites["jobs"].isna()][0]
    page = pages[objects.Ref("site", str(site)), "en"]
    jobs = page.text.partition("fact-jobs")[2].partition("</div>")[0]
    assert '<span class="value warn">No data</span>' in jobs


def test_a_park_of_two_sites_adds_nothing_up(pages, dataset):
    sites = dataset.sites[dataset.sites["park_id"] == "tomsk-industrial-park"]
    area = pages[objects.Ref("park", "tomsk-industrial-park"), "en"].text
    area = area.partition("fact-area")[2].partition("</div>")[0]
    for value in sites["area_ha"]:
        assert f"{value:g}\xa0ha" in area
    assert f"{sites['area_ha'].sum():g}" not in area


def test_a_park_that_is_its_only_site_has_one_page_that_says_so(pages, dataset):
    ref = objects.find(dataset, "lagerny-sad", "park")
    assert ref == objects.Ref("site", "lagerny-sad")
    assert Translator("en").t("object.one_with_park") in pages[ref, "en"].text


def test_without_a_place_there_is_no_map_and_the_page_says_so(pages, dataset):
    project = dataset.projects.index[dataset.projects.geometry.isna()][0]
    text = pages[objects.Ref("project", str(project)), "en"].text
    assert 'class="locator"' not in text
    assert Translator("en").t("object.no_place") in text


def test_doubts_of_the_sources_stand_apart_from_the_note(pages):
    text = pages[objects.Ref("site", "sez-tomsk-south"), "en"].text
    assert "[Check" not in text
    assert "Whether the 16.5 ha are part of the 192.4 ha is not known." in text


def test_markup_in_the_data_is_shown_as_text(small):
    page = object_page(small, objects.Ref("project", "hostile"), Translator("en"), ORIGIN, ("/",))
    text = page.decode()
    Page(text)
    assert "<img" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;" in text
    block = text.partition("application/ld+json")[2].partition("</script>")[0]
    assert "<" not in block.partition(">")[2]


def test_what_is_said_of_the_place_is_said_with_how_well_it_is_known(pages, dataset):
    for (ref, lang), page in list(pages.items())[::10]:
        shown = sheet(dataset, ref, Translator(lang))
        where = page.text.partition('<p class="where">')[2].partition("</p>")[0]
        assert str(escape(shown["place"]["precision"])) in where, ref


def test_what_no_source_states_is_said_to_be_inferred(pages, dataset):
    page = pages[objects.Ref("site", "sez-tomsk-south"), "en"]
    facts = sheet(dataset, objects.Ref("site", "sez-tomsk-south"), Translator("en"))["facts"]
    assert {fact["key"] for fact in facts if fact["inferred"]} >= {"directions"}
    for fact in facts:
        shown = page.text.partition(f'<div class="fact fact-{fact["key"]}')[2]
        assert (">inferred" in shown.partition("</div>")[0]) == fact["inferred"], fact["key"]


def test_the_picture_of_a_shared_link_has_words_and_the_sheet_on_paper_a_code(pages, dataset):
    for (ref, lang), page in list(pages.items())[::10]:
        title = name_of(dataset, ref, lang)
        assert title in page.metas["og:image:alt"]
        code = page.text.partition('<div class="qr">')[2].partition("</div>")[0]
        address = f"{ORIGIN}{objects.address(dataset, ref, lang)}"
        drawn = segno.make(address, micro=False, error="m", mask=2)
        assert drawn.svg_inline(scale=2, border=2, dark="#000", light="#fff", omitsize=True) == code
        assert len(re.findall("[hv]", code)) > 100
