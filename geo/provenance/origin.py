"""What a result was made from and how: everything its provenance says before a file is written."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from geo.catalog import Entry

_BLOCK = 1 << 20


@dataclass(frozen=True)
class Input:
    """One file that a result was made from.

    Parameters
    ----------
    name
        Id of the layer in the catalogue, or name of the file without folders.
    kind
        A layer of the dataset, a file of the viewer's own, or a file of the snapshot that the
        operation names.
    sha256
        Of the bytes of the file.
    rows
        In the file, whatever became of them; None where they were not counted.
    crs
        Of the file, such as EPSG:4326; empty where it states none.
    licence
        SPDX identifier; empty where it is not known.
    attribution_ru, attribution_en
        Credits that the licence asks for.
    title_ru, title_en
        Of the layer; empty for a file.
    date
        When it was retrieved or made, ISO 8601; empty where that is not known.
    options
        How the file was read (crs, encoding, layer, swap), so that it can be read the same again.
    role
        `content` where values of the file stand in the result; `lookup` where it only had a say in
        which rows do, such as the names that a search looked through: its licence asks nothing.
    """

    name: str
    kind: Literal["layer", "file", "snapshot"]
    sha256: str
    rows: int | None = None
    crs: str = ""
    licence: str = ""
    attribution_ru: tuple[str, ...] = ()
    attribution_en: tuple[str, ...] = ()
    title_ru: str = ""
    title_en: str = ""
    date: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)
    role: Literal["content", "lookup"] = "content"


@dataclass(frozen=True)
class Notice:
    """A warning: what a reader of the file must know that the file itself does not show.

    Parameters
    ----------
    code
        For programs, such as list_as_text.
    reason
        English.
    column
        Where it is about one.
    count
        Number of values or rows it is about.
    """

    code: str
    reason: str
    column: str | None = None
    count: int | None = None


@dataclass(frozen=True)
class Sum:
    """The sum of a column of numbers before and after an operation, and what was not passed on."""

    column: str
    before: float
    after: float
    residual: float | None = None


@dataclass(frozen=True)
class Origin:
    """How a result came about.

    Parameters
    ----------
    operation
        JSON values that say all that is needed to do it again; `kind` names the operation
        (`geo.replay` knows which exist).
    inputs
        Every file that had a say in it.
    release
        Of the dataset; empty where no layer of it was used.
    counts
        Rows in and out, matched, unmatched, and so on.
    sums
        Of columns of numbers.
    warnings
        Of the operation; the writer adds those of the format.
    """

    operation: Mapping[str, Any]
    inputs: tuple[Input, ...]
    release: str = ""
    counts: Mapping[str, int] = field(default_factory=dict)
    sums: tuple[Sum, ...] = ()
    warnings: tuple[Notice, ...] = ()

    @property
    def date(self) -> str:
        """The date of the youngest input, ISO 8601; what a file is dated that must not change."""
        return max((one.date[:10] for one in self.inputs if one.date), default="1980-01-01")


def layer_input(entry: Entry, *, role: Literal["content", "lookup"] = "content") -> Input:
    """Describe a layer of the catalogue."""
    return Input(
        name=entry.id,
        kind="layer",
        sha256=entry.sha256,
        rows=entry.rows,
        crs=entry.crs,
        licence=entry.licence,
        attribution_ru=tuple(filter(None, entry.attribution_ru.split("; "))),
        attribution_en=tuple(filter(None, entry.attribution_en.split("; "))),
        title_ru=entry.title_ru,
        title_en=entry.title_en,
        date=entry.retrieved,
        role=role,
    )


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file in hex, read in blocks."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
