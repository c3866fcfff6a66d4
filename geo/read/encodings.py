"""In which encoding the text of a file is: UTF-8, or the one that the viewer has named."""

import codecs
from pathlib import Path

from geo.read.ledger import shown
from geo.read.refusal import RefusedError

UTF_8 = "utf-8-sig"
"""UTF-8, with or without byte order mark."""

KNOWN = ("utf-8", "cp1251", "utf-16", "utf-16-le", "utf-16-be", "cp866", "koi8-r", "cp1252")
_SINGLE_BYTE = ("cp1251", "cp866", "koi8-r", "cp1252")
_FREQUENT = frozenset("оеаинтсрвлкмдпуя ")
"""Half of a Russian text is these; read in the wrong encoding, other letters take their place."""

_SAMPLE = 100_000
_MARKS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def named(encoding: str | None) -> str:
    """Return the codec for what the viewer has named; UTF-8 for None.

    Raises
    ------
    RefusedError
        If it is not one of KNOWN.
    """
    if encoding is None:
        return UTF_8
    try:
        codec = codecs.lookup(encoding).name
    except (LookupError, ValueError, UnicodeError):
        codec = ""
    codecs_known = {codecs.lookup(name).name: name for name in KNOWN}
    if codec in ("utf-8", "utf-8-sig"):
        return UTF_8
    if codec not in codecs_known:
        raise RefusedError("unknown_encoding", encoding=shown(encoding), known=", ".join(KNOWN))
    return codecs_known[codec]


def likely(sample: bytes) -> str:
    """Return the encoding that bytes which are not UTF-8 most likely have."""
    for mark, encoding in _MARKS:
        if sample.startswith(mark):
            return encoding
    zeros_odd, zeros_even = sample[1::2].count(0), sample[::2].count(0)
    if max(zeros_odd, zeros_even) > len(sample) // 8:
        return "utf-16-le" if zeros_odd > zeros_even else "utf-16-be"
    high = bytes(byte for byte in sample if byte >= 128)
    frequent = {
        encoding: sum(letter in _FREQUENT for letter in high.decode(encoding, "replace"))
        for encoding in _SINGLE_BYTE
    }
    return max(frequent, key=lambda encoding: frequent[encoding])


def misread(path: Path, encoding: str) -> RefusedError:
    """Return the refusal of a text that is not in its encoding; see `refusal`."""
    with path.open("rb") as file:
        return refusal(file.read(_SAMPLE), encoding)


def refusal(sample: bytes, encoding: str) -> RefusedError:
    """Return the refusal of a text that begins so and is not in its encoding; offers others."""
    if encoding == UTF_8:
        return RefusedError("not_utf8", offer=likely(sample))
    known = "utf-8" if _is_utf8(sample) else f"{likely(sample)}, utf-8"
    return RefusedError("unknown_encoding", encoding=encoding, known=known)


def _is_utf8(sample: bytes) -> bool:
    try:
        # The sample may end within a character.
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True
