"""What the page Help says, and the glossary, which the map page quotes too. The text: help.toml."""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from layers.locale import LANGUAGES

_FILE = Path(__file__).with_name("help.toml")


@dataclass(frozen=True)
class Point:
    """One statement of a section.

    Parameters
    ----------
    text
        What is said.
    sign
        Name of the sign that it explains (see `views.help`), or empty.
    page
        Id of the page that it is about, or empty.
    """

    text: str
    sign: str
    page: str


@dataclass(frozen=True)
class Key:
    """Keys, where they work, and what they do."""

    where: str
    keys: str
    does: str


@dataclass(frozen=True)
class Section:
    """A section of the page in one language; `id` is its anchor."""

    id: str
    title: str
    points: tuple[Point, ...]
    keys: tuple[Key, ...]


@dataclass(frozen=True)
class Term:
    """An entry of the glossary in one language; its anchor is `term-` and the id."""

    id: str
    name: str
    text: str


def sections(lang: str) -> tuple[Section, ...]:
    """Return the sections of the page in one language."""
    return tuple(
        Section(
            id=entry["id"],
            title=entry[f"title_{lang}"],
            points=tuple(
                Point(point[f"text_{lang}"], point.get("sign", ""), point.get("to", ""))
                for point in entry["point"]
            ),
            keys=tuple(
                Key(key[f"where_{lang}"], key[f"keys_{lang}"], key[f"does_{lang}"])
                for key in entry.get("key", ())
            ),
        )
        for entry in _written()["section"]
    )


def glossary(lang: str) -> tuple[Term, ...]:
    """Return the glossary in one language, in the order of its names."""
    terms = (
        Term(entry["id"], entry[f"name_{lang}"], entry[f"text_{lang}"])
        for entry in _written()["term"]
    )
    return tuple(sorted(terms, key=lambda term: term.name.casefold()))


def explained() -> dict[str, dict[str, Any]]:
    """Return the terms that the map page explains in place, by their places there.

    A place is `filter.` and the key of a filter, `fact.` and the key of a fact of the card, or
    another name that the script knows. A term has its id and [name, text] in each language.
    """
    return {
        place: {
            "id": entry["id"],
            **{lang: [entry[f"name_{lang}"], entry[f"text_{lang}"]] for lang in LANGUAGES},
        }
        for entry in _written()["term"]
        for place in entry.get("places", ())
    }


@functools.cache
def _written() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
