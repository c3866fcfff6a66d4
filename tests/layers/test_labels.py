import pytest

from geo.dataset import shared
from geo.link import Note
from geo.own.conditions import Between
from geo.query import Query, apply
from layers.labels import notes, suggestion, tags
from layers.locale import LANGUAGES, Translator
from tests.geo.own import made

RU, EN = Translator("ru"), Translator("en")


@pytest.mark.parametrize(
    ("link", "ru", "en"),
    [
        ("park=medical", "Медицинский парк", "Medical park"),
        ("kind=social", "Социальный проект", "Social project"),
        ("direction=smart", "Умный", "Smart"),
        ("cluster=atoms", "Кластер: Атомы", "Cluster: Atoms"),
        ("status=running", "Выполняется", "Running"),
        ("years=2012&years=2026", "2012–\u20602026", "2012–\u20602026"),
        ("years=2012", "с\u00a02012", "since\u00a02012"),
        ("money=100&money=1000", "100\u00a0млн\u00a0₽\u00a0— 1\u00a0млрд\u00a0₽", None),
        (
            "money=0&money=500",
            "до\u00a0500\u00a0млн\u00a0₽",
            "up\u00a0to\u00a0RUB\u00a0500\u00a0mln",
        ),
        ("money=500", "от\u00a0500\u00a0млн\u00a0₽", "from\u00a0RUB\u00a0500\u00a0mln"),
        ("q=завод", "«завод»", "“завод”"),
        ("bbox=84,56,86,57", "Область на карте", "Area on the map"),
        (
            "near=85,56.5,2000",
            "Не дальше 2\u00a0км от точки",
            "Within 2\u00a0km of a point",
        ),
        ("in=north", "Площадка: Площадка north", "Site: Site north"),
    ],
)
def test_tag(small, link, ru, en):
    query, _ = Query.from_params(link, small)
    (tag,) = tags(query, small, RU)
    assert tag.text == ru
    assert tag.query == Query()
    if en:
        assert tags(query, small, EN)[0].text == en


def test_a_tag_takes_away_its_own_condition_only(small):
    query, _ = Query.from_params("park=industrial&park=medical&status=running&sel=north", small)
    texts = {tag.text: tag.query.to_string() for tag in tags(query, small, EN)}
    assert texts == {
        "Industrial park": "park=medical&status=running&sel=north",
        "Medical park": "park=industrial&status=running&sel=north",
        "Running": "park=industrial&park=medical&sel=north",
    }


def test_selection_and_order_are_no_conditions(small):
    query, _ = Query.from_params("sel=north&sort=name", small)
    assert tags(query, small, EN) == ()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "code",
    [
        "unknown_key", "unknown_value", "malformed", "reversed", "repeated", "conflict",
        "shortened", "no_words", "needs_point", "more_notes",
    ],
)  # fmt: skip
def test_every_note_is_a_sentence(lang, code):
    (sentence,) = notes([Note(code, "years", "<b>x</b>")], Translator(lang))
    assert sentence.endswith(".")
    assert "{" not in sentence


def test_notes_of_a_link(small):
    _, found = Query.from_params("parks=x&status=gone&years=2020&years=2010", small)
    assert set(notes(found, EN)) == {
        "The parameter “parks” is not known and was skipped.",
        "Status: there is no “gone” in this dataset; skipped.",
        "Years: the ends stood the wrong way round and were swapped.",
    }


def test_notes_name_the_field_and_blame_no_link(small):
    _, found = Query.from_params("cluster=nuclear&money=10&money=5&near=x", small)
    assert set(notes(found, RU)) == {
        "Кластер: значения «nuclear» в наборе нет — пропущено.",
        "Инвестиции: границы стояли наоборот, переставлены.",
        "Место: «x» не удалось прочесть — пропущено.",
    }


def test_too_long_is_the_field_or_the_whole_link():
    field, whole = notes([Note("shortened", "q", "x"), Note("shortened", "", "x")], EN)
    assert field == "Search: too long; only the beginning was used."
    assert whole == "The link is too long; only its beginning was used."


def test_suggestion(small):
    query, _ = Query.from_params("status=planned", small)
    found = apply(query, small).suggestion
    assert suggestion(found, small, RU) == "Без условия «статус: Запланировано» — 6."
    assert suggestion(found, small, EN) == "Without “status: Planned” there are 6."


def test_suggestion_of_several_conditions(small):
    query, _ = Query.from_params("status=planned&kind=industrial", small)
    found = apply(query, small).suggestion
    assert suggestion(found, small, RU).startswith("Без условий «вид проекта: Промышленный» и «")


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        ("ru", ["kind: <b>", "open: да", "n: 1–\u20602", "n: от 1", "n: до 2"]),
        ("en", ["kind: <b>", "open: yes", "n: 1–\u20602", "n: from 1", "n: to 2"]),
    ],
)
def test_conditions_on_columns_of_a_viewers_layer(lang, texts):
    columns = {"kind": ["<b>", "<b>", "x"], "open": [True, False, True], "n": [1, 2, 3]}
    dataset = shared().with_layer(made.layer(columns))
    chosen = [
        ("kind", ("<b>",)),
        ("open", ("true",)),
        *(("n", Between(*ends)) for ends in (("1", "2"), ("1", ""), ("", "2"))),
    ]
    found = [
        tag.text
        for condition in chosen
        for tag in tags(Query(own=(condition,), layer="key"), dataset, Translator(lang))
    ]
    assert found == texts


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_a_missing_layer_is_asked_for(lang):
    (named,) = notes([Note("needs_layer", "own", "0123456789abcdef")], Translator(lang))
    assert "0123456789abcdef" in named
    (unnamed,) = notes([Note("needs_layer", "own", "")], Translator(lang))
    assert "sha256" not in unnamed
    (wrong,) = notes([Note("unknown_value", "own.<b>", "x")], Translator(lang))
    assert "«<b>»" in wrong
