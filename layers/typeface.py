"""The typeface of the Atlas, Golos Text: its files and which characters each of them holds."""

import base64
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from layers import assets

_FACE = re.compile(r"src: url\(\./(?P<file>[^)]+)\).*?unicode-range: (?P<ranges>[^;]+);", re.DOTALL)
_FILE = re.compile(r"url\(\./(files/[\w-]+\.woff2)\)")


@dataclass(frozen=True)
class Face:
    """A file (WOFF 2, all weights in it) and the ranges of characters it is made for."""

    path: Path
    ranges: tuple[range, ...]

    def __contains__(self, character: str) -> bool:
        return any(ord(character) in one for one in self.ranges)


@functools.cache
def faces() -> tuple[Face, ...]:
    """Return the files in the order of the style sheet."""
    return tuple(
        Face(_folder() / found["file"], tuple(_ranges(found["ranges"])))
        for found in _FACE.finditer(assets.text(assets.FONT_STYLE))
    )


@functools.cache
def inlined_style() -> str:
    """Return the style sheet of the typeface with the files in it, for a page of one file."""

    def inlined(found: re.Match[str]) -> str:
        content = base64.b64encode((_folder() / found[1]).read_bytes()).decode()
        return f"url(data:font/woff2;base64,{content})"

    return _FILE.sub(inlined, assets.text(assets.FONT_STYLE))


def _folder() -> Path:
    return (assets.STATIC / assets.FONT_STYLE).parent


def _ranges(text: str) -> Iterator[range]:
    for part in text.split(","):
        first, _, last = part.strip().removeprefix("U+").partition("-")
        yield range(int(first, 16), int(last or first, 16) + 1)
