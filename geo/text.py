"""What counts as the same word: normalisation of texts, of which search and sorting make use."""

import re
import unicodedata

MAX_LENGTH = 200
"""Longest question that is searched, in characters: longer than any name of the dataset."""

# U+2010, to which compatibility normalisation also takes the non-breaking hyphen.
_HYPHEN = "\u2010"
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


def clean(text: str) -> str:
    """Make one line of a text: single spaces, no control, invisible or broken characters."""
    kept = (
        " " if unicodedata.category(char) == "Cc" else char
        for char in text
        if unicodedata.category(char) not in ("Cf", "Cs")
    )
    return " ".join("".join(kept).split())


class _Letters(dict[int, int | None]):
    """For `str.translate`: marks and invisible characters go; a table made as letters are met."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.category(chr(code)) in ("Mn", "Cf") else code
        self[code] = kept
        return kept


_BARE = _Letters({ord("ё"): ord("е"), ord(_HYPHEN): ord("-")})


def normalise(text: str) -> str:
    """Reduce a text to its words, so that case, ё, accents and punctuation make no difference.

    Hyphens inside a word stay: the search reads such a word both ways.

    Examples
    --------
    >>> normalise("«ТОМСКИЙ» нефте-химический; самолёт")
    'томский нефте-химический самолет'
    """
    composed = unicodedata.normalize("NFKC", text).casefold()
    # Folding can leave marks apart from their letters, and a stress mark would split its word.
    bare = unicodedata.normalize("NFKC", composed).translate(_BARE)
    return " ".join(_WORD.findall(bare))


def words(text: str) -> tuple[str, ...]:
    """Return the distinct words of a text in order, normalised."""
    return tuple(dict.fromkeys(normalise(text).split()))
