import pytest

from geo.access.refusals import REFUSALS, refusal_code
from geo.errors import GeoError
from geo.indicators.estimate import Interval
from geo.snapshot import EXAMPLE, open_snapshot
from layers.access_words import (
    OUTSIDE,
    count_text,
    doubt_texts,
    ground_text,
    kind_name,
    kind_order,
    lost_positions,
    minutes_text,
    nearest_name,
    refusal_text,
    stops_text,
    turned_inside,
    ways_texts,
)
from layers.locale import LANGUAGES, Translator

EN = Translator("en")


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [(1200, 1200, "1,200"), (1199.6, 1200.4, "1,200"), (10.7, 12.1, "10–13"), (0, 3, "0–3")],
)
def test_an_interval_is_never_made_narrower(low: float, high: float, text: str) -> None:
    assert count_text(low, high, EN) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (3.04, 3.01 + 0.04, "3"),
        (3.0, 4.55, "3–4.6"),
        (7.09, 13.71, "7–13.8"),  # a lower bound down, an upper one up
        (7.09, float("inf"), "from 7; no way from some of the possible positions"),
        (float("inf"), float("inf"), "no way"),
        (3.0, float("inf"), "from 3; no way from some of the possible positions"),
    ],
)
def test_minutes_say_what_is_not_known(low: float, high: float, text: str) -> None:
    assert minutes_text(Interval(min(low, high), max(low, high)), EN) == text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("error", REFUSALS)
def test_every_refusal_has_words_without_the_message_of_the_program(
    error: type[GeoError], lang: str
) -> None:
    text = refusal_text(refusal_code(error("/srv/secret/file")), Translator(lang))
    assert "secret" not in text
    assert "{" not in text
    assert refusal_text(OUTSIDE, Translator(lang)) != text


def test_the_ground_is_said_in_degrees() -> None:
    assert "86.953 to 87.047" in ground_text(open_snapshot(EXAMPLE), EN)


def test_a_way_back_is_said_where_it_is_another() -> None:
    one, other = Interval(3, 3), Interval(4, 5.5)
    assert ways_texts(one, Interval(3.01, 3.04), EN) == ["3"]
    assert ways_texts(one, other, EN) == ["there 3", "back 4–5.5"]


def test_a_nearest_may_have_no_name_or_be_another() -> None:
    assert nearest_name({"name_en": "Alpha"}, True, EN) == "Alpha"
    assert nearest_name({"name_en": ""}, True, EN) == EN.missing
    assert nearest_name({"name_en": "Alpha"}, False, EN).startswith("Alpha, or another")


def test_kinds_without_words_come_last_as_they_are_written() -> None:
    kinds = ["zoo_garden", "stop", "clinic"]
    assert sorted(kinds, key=kind_order) == ["clinic", "stop", "zoo_garden"]
    assert kind_name("zoo_garden", EN) == "zoo garden"


def test_positions_with_latitude_first_are_recognised() -> None:
    town = open_snapshot(EXAMPLE)
    assert turned_inside("60.0,87.0", town) == "87.0,60.0"
    assert turned_inside("10.0,20.0", town) is None
    assert turned_inside("120.0,87.0", town) is None


@pytest.mark.parametrize("lang", LANGUAGES)
def test_positions_without_a_street_are_counted(lang: str) -> None:
    assert lost_positions(19, 19, Translator(lang)) == ()
    (said,) = lost_positions(19, 6, Translator(lang))
    assert "19" in said
    assert "13" in said


def test_doubts_are_said_in_words() -> None:
    said = doubt_texts(("far_from_street", "across_water"), {"people": 0.25, "buildings": 0.0}, EN)
    assert [text.split(":")[0] for text in said] == [
        "The nearest street is more than 100\N{NO-BREAK SPACE}m from the place",
        "The straight way from the place to its nearest street crosses water",
        "25% of the people counted are more than 200\N{NO-BREAK SPACE}m from any street",
    ]
    assert doubt_texts((), {"people": 0.0}, EN) == ()


def test_stops_are_told_with_their_platforms() -> None:
    said = stops_text(Interval(2, 3), Interval(4, 6), EN)
    assert said == "Stops within 500\N{NO-BREAK SPACE}m along streets: 2–3 (platforms: 4–6)."
