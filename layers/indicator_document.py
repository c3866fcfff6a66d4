"""What a page or report of indicators says, as blocks that the page, HTML and PDF all draw."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Kind = Literal["text", "lead", "note", "warning", "formula"]


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Points:
    """A list of sentences."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Bar:
    """A plot of one row: from `low` to `high` with a line at `base`, on the scale of its table.

    All are shares (0 to 1) of that scale; `label` is heard in place of the plot.
    """

    low: float
    high: float
    base: float
    label: str


Cell: TypeAlias = str | Bar


@dataclass(frozen=True)
class Head:
    """The head of a column: `css` is number, wide, brief, plot, or empty."""

    title: str
    css: str = ""


@dataclass(frozen=True)
class Table:
    """A table whose first column names its rows."""

    caption: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Swatch:
    """A line of a picture's key: a style of the picture, and what is drawn so."""

    style: str
    text: str


@dataclass(frozen=True)
class Picture:
    """A drawing as SVG without any text in it, with what is heard and read beside it."""

    svg: str
    alt: str
    key: tuple[Swatch, ...]
    notes: tuple[str, ...] = ()


Block: TypeAlias = Text | Points | Table | Picture


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it; `level` 3 is a part of the section before."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    level: int = 2


@dataclass(frozen=True)
class Document:
    """A page or report as a whole.

    `warnings` stand above everything (an invented place, an estimate); `date` is the day of the
    data (ISO), which also dates the file.
    """

    lang: str
    title: str
    subtitle: str
    warnings: tuple[str, ...]
    sections: tuple[Section, ...]
    date: str
    author: str = field(default="")
