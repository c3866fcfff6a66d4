"""The document itself: one JSON object, described by docs/provenance.schema.json."""

import json
import shlex
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from geo.dictionary import Column
from geo.provenance.origin import Notice, Origin
from geo.provenance.rights import citation, rights_of
from geo.provenance.versions import application, now, versions

SCHEMA_VERSION = 1
_LANGS = ("ru", "en")


@dataclass(frozen=True)
class Output:
    """The file that a document is about.

    Parameters
    ----------
    name
        Without folders.
    format, options
        Format id and what was chosen for it.
    sha256, size
        Of its bytes.
    rows
        In it.
    renamed
        Column of the table -> its name in the file, where they differ.
    """

    name: str
    format: str
    sha256: str
    size: int
    rows: int
    options: Mapping[str, Any] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)


def document(
    *,
    title_ru: str,
    title_en: str,
    origin: Origin,
    output: Output,
    columns: Sequence[Column] = (),
    warnings: Sequence[Notice] = (),
) -> dict[str, Any]:
    """Put a provenance document together.

    Parameters
    ----------
    title_ru, title_en
        Of the file.
    origin, output
        Where it comes from, what came out.
    columns
        Meaning of the columns of the file, in its order and under its names.
    warnings
        Of writing; those of the origin come first.
    """
    rights = rights_of(origin.inputs)
    return {
        "schema_version": SCHEMA_VERSION,
        "title": {"ru": title_ru, "en": title_en},
        "created": now(),
        "application": dict(application()),
        "versions": dict(versions()),
        "release": origin.release,
        "inputs": [_input(asdict(one)) for one in origin.inputs],
        "operation": json.loads(json.dumps(origin.operation, allow_nan=False)),
        "counts": dict(origin.counts),
        "sums": [asdict(one) for one in origin.sums],
        "warnings": [asdict(one) for one in (*origin.warnings, *warnings)],
        "columns": [_column(asdict(one)) for one in columns],
        "output": {
            "name": output.name,
            "format": output.format,
            "options": dict(output.options),
            "sha256": output.sha256,
            "bytes": output.size,
            "rows": output.rows,
            "renamed_columns": dict(output.renamed),
        },
        "licence": {
            "id": rights.licence,
            "reason": {"ru": rights.reason_ru, "en": rights.reason_en},
            "attribution": {"ru": list(rights.attribution_ru), "en": list(rights.attribution_en)},
        },
        "citation": citation(origin, rights),
        "replay": shlex.join(["python", "-m", "geo", "replay", f"{output.name}.provenance.json"]),
    }


def to_bytes(found: Mapping[str, Any]) -> bytes:
    """Write a document as JSON, UTF-8."""
    return (json.dumps(found, ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()


def _input(raw: dict[str, Any]) -> dict[str, Any]:
    title = {lang: raw.pop(f"title_{lang}") for lang in _LANGS}
    credits = {lang: list(raw.pop(f"attribution_{lang}")) for lang in _LANGS}
    return {**raw, "options": dict(raw["options"]), "title": title, "attribution": credits}


def _column(raw: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": raw["name"],
        "type": raw["kind"],
        "unit": {"ru": raw["unit_ru"], "en": raw["unit_en"]},
        "description": {"ru": raw["description_ru"], "en": raw["description_en"]},
        "source": raw["source"],
        "row_types": list(raw["row_types"]),
    }
