"""Other ways to write the same word: another ending, the other alphabet, the wrong layout."""

import functools
import re

# Both alphabets are led to one rough Latin spelling. Capital letters stand for what takes several
# letters (S: sh, shch; C: ch; J: zh), so that they cannot be made of neighbours by chance.
# Covered: GOST 7.79 and ISO 9 (also with their accented letters), BGN, passports, and free typing.
_LATIN = (
    ("shch|shh|sch|sh|š|ŝ", "S"),
    ("tch|ch|č", "C"),
    ("zh|ž", "J"),
    ("kh", "h"),
    ("ts|tz", "c"),
    ("ph", "f"),
    ("x", "ks"),
    ("ck|q", "k"),
    ("w", "v"),
    ("è|ë", "e"),
    ("(?<=[aeiou])[yj]o", "io"),
    ("[yj][eo]", "e"),
    ("[yj]a|â", "ia"),
    ("[yj]u|û", "iu"),
    ("[yj]", "i"),
)
_PATTERN = re.compile("|".join(f"({pattern})" for pattern, _ in (*_LATIN, ("c", "k"))))
_REPLACEMENTS = (*(text for _, text in _LATIN), "k")
_CYRILLIC = str.maketrans(
    {
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "J", "з": "z", "и": "i",
        "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
        "т": "t", "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "C", "ш": "S", "щ": "S", "ъ": "",
        "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
    }
)  # fmt: skip
_REPEATED = re.compile(r"(\D)\1+")
# What stands for the soft and the hard sign in a transliteration.
_SIGNS = re.compile("(?<=[a-z])[\"'`ʹʺ\u2019]+(?=[a-z ]|$)", re.IGNORECASE)

_LEAST_STEM = 3
_ENDINGS = (
    "ыми|ими|ого|его|ому|ему|ами|ями"
    "|ый|ий|ой|ая|яя|ое|ее|ые|ие|ых|их|ым|им|ом|ем|ую|юю|ах|ях|ам|ям|ов|ев|ей|ью|ия|ии|ию"
    "|а|я|о|е|и|ы|у|ю|ь|й|es|s"
)
_ENDING = re.compile(rf"(?<=\w{{{_LEAST_STEM}}})(?:{_ENDINGS})$")

_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`"
_LETTERS = "йцукенгшщзхъфывапролджэячсмитьбюё"
_SHIFTED = ('QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>~', _LETTERS.upper())
_TO_CYRILLIC = str.maketrans(_KEYS + _SHIFTED[0], _LETTERS + _SHIFTED[1])
_TO_LATIN = str.maketrans(_LETTERS + _SHIFTED[1], _KEYS + _SHIFTED[0])
_HAS_LATIN = re.compile("[a-z]", re.IGNORECASE)


@functools.lru_cache(maxsize=50_000)
def sounding(word: str) -> str:
    """Return one rough spelling for all transliterations of a normalised word.

    Examples
    --------
    >>> sounding("лагерный") == sounding("lagernyj") == sounding("lagerny") == "lagerni"
    True
    """
    latin = _PATTERN.sub(lambda found: _REPLACEMENTS[(found.lastindex or 1) - 1], word)
    return _REPEATED.sub(r"\1", latin.translate(_CYRILLIC)).replace("ts", "c")


@functools.lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Return a normalised word without the ending of a Russian case or an English plural.

    Examples
    --------
    >>> stem("лагерного") == stem("лагерный") == "лагерн"
    True
    """
    return _ENDING.sub("", word)


def switched(text: str) -> str:
    """Return what the same keys write in the other of the two layouts, Russian and US.

    Examples
    --------
    >>> switched("ghbdtn"), switched("ЕЫГ")
    ('привет', 'TSU')
    """
    return text.translate(_TO_CYRILLIC if _HAS_LATIN.search(text) else _TO_LATIN)


def without_signs(text: str) -> str:
    """Drop the apostrophes that stand for ь and ъ, which would split their word."""
    return _SIGNS.sub("", text)
