"""The alphabetical order of names, as a reader of Russian or of English expects it."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from geo.text import normalise

LANGUAGES = ("ru", "en")

# A list in Russian begins with the Cyrillic names; Unicode has Latin letters first.
_LATIN_LAST = {letter: letter + 0xE000 for letter in range(ord("a"), ord("z") + 1)}


def ranks(names: Sequence[str], lang: str) -> npt.NDArray[np.float64]:
    """Return the place of each name in alphabetical order; equal names have equal places.

    Case, quotes and punctuation make no difference, ё stands with е, numbers come first, then the
    letters of the language, then others.

    Parameters
    ----------
    names
        Names in any order.
    lang
        ru or en.

    Examples
    --------
    >>> ranks(["Ярмарка", "«Ёлка»", "Ель", "Expo"], "ru").tolist()
    [2.0, 0.0, 1.0, 3.0]
    """
    keys = [normalise(name).replace("-", " ") for name in names]
    if lang == "ru":
        keys = [key.translate(_LATIN_LAST) for key in keys]
    place = {key: float(number) for number, key in enumerate(sorted(set(keys)))}
    return np.array([place[key] for key in keys], dtype=float)
