"""What a provenance document may hold, strictly; docs/provenance.schema.json is made from it."""

import json
import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, JsonValue, ValidationError

from geo.errors import ProvenanceError

MOST_BYTES = 32_000_000
"""Of a document; a table of 10,000 columns takes about 3 MB."""

_SHOWN = 5
_SHA256 = r"^[0-9a-f]{64}$"
LONGEST_NAME = 255
_PLAIN = re.compile(rf"[^/\\\x00-\x1f:]{{1,{LONGEST_NAME}}}")


def plain_name(name: str) -> str:
    """Return a name of a file if it is one and nothing more: no folder, no drive, no address."""
    if not _PLAIN.fullmatch(name) or name in (".", ".."):
        raise ValueError("must be the name of a file without folders")
    name.encode()  # UnicodeEncodeError is a ValueError: half a character is no name
    return name


Name = Annotated[str, AfterValidator(plain_name), Field(max_length=LONGEST_NAME)]
Line = Annotated[str, Field(max_length=2_000)]
Text = Annotated[str, Field(max_length=100_000)]
Sha256 = Annotated[str, Field(pattern=_SHA256)]
Count = Annotated[int, Field(ge=0)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Both(_Part):
    """A text in both languages."""

    ru: Text
    en: Text


class Lists(_Part):
    """Texts in both languages."""

    ru: list[Text]
    en: list[Text]


class Application(_Part):
    """The program; `commit` is null where it is not known."""

    name: Line
    version: Line
    commit: Line | None


class InputPart(_Part):
    """A file that the result was made from, see `geo.provenance.origin.Input`."""

    name: Name
    kind: Literal["layer", "file", "snapshot"]
    sha256: Sha256
    rows: Count | None
    crs: Line
    licence: Line
    date: Line
    options: dict[str, JsonValue]
    role: Literal["content", "lookup"]
    title: Both
    attribution: Lists


class SumPart(_Part):
    """A sum before and after."""

    column: Text
    before: float | int
    after: float | int
    residual: float | int | None


class WarningPart(_Part):
    """What a reader must know."""

    code: Line
    reason: Text
    column: Text | None
    count: Count | None


class ColumnPart(_Part):
    """A column of the file."""

    name: Text
    type: Literal["text", "integer", "number", "boolean", "date", "datetime", "list"] | None
    unit: Both
    description: Both
    source: Line
    row_types: list[Line]


class OutputPart(_Part):
    """The file that the document is about."""

    name: Name
    format: Line
    options: dict[str, JsonValue]
    sha256: Sha256
    bytes: Count
    rows: Count
    renamed_columns: dict[str, str]


class Licence(_Part):
    """Under which licence the result may be passed on, and why."""

    id: Line
    reason: Both
    attribution: Lists


class Document(_Part):
    """Where a file of the Tomsk Agglomeration Atlas comes from.

    It stands beside the file, at its full name followed by .provenance.json.
    """

    schema_version: Literal[1]
    title: Both
    created: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")]
    application: Application
    versions: dict[str, Line]
    release: Line
    inputs: Annotated[list[InputPart], Field(max_length=100)]
    operation: dict[str, JsonValue]
    counts: dict[str, Count]
    sums: list[SumPart]
    warnings: list[WarningPart]
    columns: list[ColumnPart]
    output: OutputPart
    licence: Licence
    citation: Both
    replay: Line


def read_document(path: Path) -> Document:
    """Read a provenance document, which may be anybody's.

    Raises
    ------
    ProvenanceError
        If it is not one; names the fields at fault.
    """
    try:
        if not path.is_file():
            raise ProvenanceError(f"{path.name}: there is no such file")
        if path.stat().st_size > MOST_BYTES:
            raise ProvenanceError(f"{path.name}: larger than {MOST_BYTES} bytes")
        raw = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        if isinstance(error, ProvenanceError):
            raise
        raise ProvenanceError(f"{path.name}: not readable as JSON") from error
    return parse(raw, path.name)


def parse(raw: Any, name: str) -> Document:
    """Check what JSON has given; see `read_document`."""
    try:
        return Document.model_validate(raw)
    except ValidationError as error:
        faults = [
            f"{'.'.join(map(str, fault['loc'])) or 'the whole'}: {fault['msg']}"
            for fault in error.errors(include_input=False, include_url=False)
        ]
        more = len(faults) - _SHOWN
        shown = "; ".join(faults[:_SHOWN]) + (f"; and {more} more" if more > 0 else "")
        raise ProvenanceError(f"{name}: not a provenance document: {shown}") from error


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of the document."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **Document.model_json_schema(),
    }
