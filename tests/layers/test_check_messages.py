import string

import pytest

from geo.read import CODES
from layers.locale import messages


@pytest.mark.parametrize("lang", ["ru", "en"])
@pytest.mark.parametrize("code", sorted(CODES))
def test_every_finding_has_words_that_its_values_fill_in(lang, code):
    text = messages(lang)[f"check.{code}"]
    used = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    assert used <= CODES[code].values
    assert text.count(". ") + text.endswith(".") >= 2  # what was found, and what to do
