import re

import pytest

from geo.dataset import shared
from geo.query import Query, apply
from layers.locale import LANGUAGES, Translator
from layers.map_picture import address, label, map_picture
from layers.subjects import subjects_shown

EN = Translator("en")


def view_of(link):
    query, notes = Query.from_params(link, shared())
    assert notes == ()
    return apply(query, shared())


def test_a_selected_object_stands_alone_on_its_picture():
    view = view_of("park=medical&sel=northern-medical-town")
    assert [one.id for one in subjects_shown(shared(), view)] == ["northern-medical-town"]
    svg = map_picture(shared(), view, EN)
    assert len(re.findall('class="halo"', svg)) == 1
    assert "Northern medical town" in label(shared(), view, EN)


@pytest.mark.parametrize("link", ["park=innovation&status=running", "park=research_education"])
def test_every_place_shown_is_marked_once(link):
    dataset, view = shared(), view_of(link)
    rows = dataset.rows.set_index("id").loc[list(view.ids)]
    borrowed = rows["geometry_method"] == "position_of_site"
    placed = rows.geometry.notna() & ~borrowed
    expected = {*rows.index[placed], *rows.loc[borrowed, "site_id"]}
    found = [one.id for one in subjects_shown(dataset, view)]
    assert borrowed.any()
    assert sorted(found) == sorted(expected)
    assert len(re.findall('class="halo"', map_picture(dataset, view, EN))) == len(expected)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_label_says_how_much_is_shown(lang):
    view = view_of("park=sport")
    said = label(shared(), view, Translator(lang))
    assert str(view.totals.sites) in said
    assert str(view.totals.projects) in said


def test_nothing_shown_makes_no_picture():
    assert map_picture(shared(), view_of("q=nothing+of+the+kind"), EN) is None


def test_the_address_is_that_of_the_link():
    assert address("park=sport&sel=akademgorodok", EN, "r1") == (
        "/map/picture?park=sport&sel=akademgorodok&lang=en&v=r1"
    )
