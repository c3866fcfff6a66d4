"""Writes a content: fitted to the format, read back, and moved into place with its provenance."""

import sqlite3
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyogrio.errors import DataLayerError, DataSourceError
from xlsxwriter.exceptions import FileCreateError

from geo.errors import WritingError
from geo.export.content import Content
from geo.export.fitting import Fitted, fit
from geo.export.formats import Format, format_of
from geo.export.options import Options
from geo.export.readback import verify
from geo.export.staging import Staging, ask_system, told
from geo.provenance import Notice, Output, document
from geo.provenance import to_bytes as sidecar_bytes
from geo.provenance.origin import sha256_of


@dataclass(frozen=True)
class Written:
    """A file and what there is to say of it.

    Parameters
    ----------
    name, content
        Its name, and its bytes where it was made in memory.
    provenance
        The document that belongs to it.
    """

    name: str
    provenance: Mapping[str, Any]
    content: bytes = b""

    @property
    def warnings(self) -> list[Mapping[str, Any]]:
        """What a reader of the file must know."""
        return list(self.provenance["warnings"])


def write(
    content: Content, path: Path, *, format_id: str | None = None, options: Options | None = None
) -> Written:
    """Write a file and, beside it, its provenance; both appear whole or not at all.

    Parameters
    ----------
    content, path
        What, where to. A file of that name is replaced.
    format_id
        One of `geo.export.FORMATS`; without it the ending of the name decides.
    options
        Choices within the format.

    Raises
    ------
    NotWritableError
        If the content does not fit the format; names the column and the reason.
    WritingError
        If the disk does not take it; what was there before is untouched.
    """
    chosen, options = format_of(path, format_id), options or Options()
    fitted = fit(content, chosen.rules, format_id=chosen.id)
    with Staging(path) as staging:
        notices = _make(fitted, chosen, staging.file, options)
        provenance = _document(fitted, chosen, staging.file, options, notices)
        staging.commit(sidecar_bytes(provenance))
    return Written(path.name, provenance)


def to_bytes(
    content: Content, format_id: str, *, name: str, options: Options | None = None
) -> Written:
    """Make the same file in memory; see `write`. `name` is what it will be called."""
    path = Path(name)
    chosen, options = format_of(path, format_id), options or Options()
    fitted = fit(content, chosen.rules, format_id=chosen.id)
    with told(path), tempfile.TemporaryDirectory(prefix="atlas-export-") as folder:
        file = Path(folder) / path.name
        notices = _make(fitted, chosen, file, options)
        provenance = _document(fitted, chosen, file, options, notices)
        return Written(path.name, provenance, file.read_bytes())


def _make(fitted: Fitted, chosen: Format, file: Path, options: Options) -> tuple[Notice, ...]:
    try:
        notices = chosen.write(fitted, file, options)
        verify(fitted, chosen.read(fitted, file), file.name)
    except (DataSourceError, DataLayerError, FileCreateError, sqlite3.Error) as error:
        # These do not say what stood in their way.
        ask_system(file)
        raise WritingError(
            f"{file.name}: could not be written in full; what was there before is untouched"
        ) from error
    return notices


def _document(
    fitted: Fitted, chosen: Format, file: Path, options: Options, notices: tuple[Notice, ...]
) -> dict[str, Any]:
    return document(
        title_ru=fitted.content.title_ru,
        title_en=fitted.content.title_en,
        origin=fitted.content.origin,
        output=Output(
            name=file.name,
            format=chosen.id,
            sha256=sha256_of(file),
            size=file.stat().st_size,
            rows=fitted.rows,
            options={"places": options.places},
            renamed=fitted.renamed,
        ),
        columns=fitted.columns,
        warnings=(*fitted.notices, *notices),
    )
