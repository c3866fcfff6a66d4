"""Whatever a link says, the page has an answer in words: labels, notes, numbers and all."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.dataset import shared
from geo.query import Query, apply
from layers.locale import LANGUAGES, Translator
from views.answer import build_answer

HOSTILE = st.sampled_from(
    ["", "1e300", "-1", "nan", "inf", "1e-300", "0", "2012", "9999", "1e9", "84.95,56.48,1e40",
     "84.95,56.48,1", "180,90,2.1e7", "-180,-90,180,90", "medical", "sez-tomsk-south", "\0", "%00",
     "\u202e", "<img>", "{n}", "{0.__class__}", "a" * 500, "name", "near"]
)  # fmt: skip
KEYS = st.sampled_from(
    ["park", "direction", "cluster", "kind", "status", "years", "money", "q", "bbox", "near", "in",
     "sel", "sort", "lang", "{x}", ""]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(KEYS, st.lists(HOSTILE | st.text(max_size=20), max_size=3), max_size=4))
@pytest.mark.parametrize("lang", LANGUAGES)
def test_any_link_is_answered(lang: str, params: dict[str, list[str]]) -> None:
    query, notes = Query.from_params(params, shared())
    view = apply(query, shared(), lang=lang)
    answer = build_answer(shared(), view, notes, Translator(lang))
    assert json.loads(json.dumps(answer))["totals"]["shown"] == len(view.ids)
