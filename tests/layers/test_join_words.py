import string
from dataclasses import fields

import pytest

from geo.join import JoinSpec, Warn, refusals, vocabulary
from geo.join.codes import CODES
from geo.join.refusals import refuse
from layers.join_words import change_text, error_text, value_text, warn_text
from layers.locale import LANGUAGES, Translator, messages

ONLY_ON_THE_COMMAND_LINE = {
    *("engine_cannot", "right_too_large", "not_geoparquet", "engine_needs_files", "no_scheduler"),
    *("no_workers", "worker_differs", "worker_failed", "not_trusted"),
}


def values_of(template: str) -> dict[str, str | int | float]:
    coded = {"rule": "id", "finding": "self_intersection"}
    return {
        name: coded.get(name, 3 if spec == "g" else "x")
        for _, name, spec, _ in string.Formatter().parse(template)
        if name
    }


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_every_warning_has_words(code: str, lang: str) -> None:
    values = values_of(CODES[code]) | {"left": "x", "right": "y"}
    text = warn_text(Warn(code, values), {}, Translator(lang))
    assert text
    assert "{" not in text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", sorted(set(refusals.CODES) - ONLY_ON_THE_COMMAND_LINE))
def test_every_refusal_of_the_page_has_words(code: str, lang: str) -> None:
    values = values_of("".join(refusals.CODES[code]))
    text = error_text(refuse(code, **values), {}, Translator(lang))
    assert text
    assert "{" not in text


def test_layers_are_called_what_people_call_them() -> None:
    warn = Warn("empty_layer", {"layer": "projects"})
    assert warn_text(warn, {"projects": "Проекты"}, Translator("ru")).count("«Проекты»") == 1
    assert "“other”" in warn_text(Warn("empty_layer", {"layer": "other"}), {}, Translator("en"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_option_and_every_word_has_a_name(lang: str) -> None:
    speaker = Translator(lang)
    for field in fields(JoinSpec):
        assert f"joins.option.{field.name}" in messages(lang)
    words = {
        "predicate": vocabulary.PREDICATES, "how": vocabulary.SIDES,
        "multiplicity": vocabulary.MULTIPLICITIES, "tie_rule": vocabulary.TIE_RULES,
        "repair": vocabulary.REPAIRS, "geometry": vocabulary.GEOMETRIES,
        "distance": vocabulary.DISTANCES,
    }  # fmt: skip
    for option, known in words.items():
        assert len({value_text(option, word, speaker) for word in known}) == len(known)


def test_a_change_is_told_option_by_option() -> None:
    before, after = JoinSpec(), JoinSpec("dwithin", distance_m=1_500.0, left_swap=True)
    assert change_text(before, after, Translator("en")) == (
        "predicate: lie within a distance; distance: 1.5\xa0km; "
        "exchange latitude and longitude, left: yes"
    )
    assert change_text(after, after, Translator("en")) == ""
