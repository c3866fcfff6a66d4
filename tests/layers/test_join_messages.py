"""What a join may say or refuse has words in both languages, with the values it is filled with."""

import json
import string
from pathlib import Path

import pytest

import layers
from geo.join.codes import CODES as WARNINGS
from geo.join.refusals import CODES as REFUSALS

LOCALES = Path(layers.__file__).parent / "locales"


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", ["ru", "en"])
def test_every_code_has_words_that_need_no_other_values(language: str) -> None:
    words = json.loads((LOCALES / f"{language}.json").read_text(encoding="utf-8"))
    for code, sentence in WARNINGS.items():
        given = placeholders(sentence) | {"left", "right"}
        assert placeholders(words[f"join.warn.{code}"]) <= given, code
    for code, (reason, action) in REFUSALS.items():
        given = placeholders(reason) | placeholders(action)
        assert placeholders(words[f"join.error.{code}"]) <= given, code
    known = {f"join.warn.{code}" for code in WARNINGS} | {f"join.error.{c}" for c in REFUSALS}
    assert {name for name in words if name.startswith(("join.warn.", "join.error."))} == known
