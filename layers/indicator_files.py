"""The report of indicators as a file, HTML or PDF, with the document of its provenance."""

import hashlib
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from geo.dataset import SHIPPED, Dataset
from geo.domains import PARK_TYPES
from geo.errors import NotWritableError
from geo.indicators import Assessment
from geo.indicators.content import content_of
from geo.provenance import Origin, Output, layer_input
from geo.provenance import document as provenance_of
from geo.snapshot import EXAMPLE
from layers.indicator_html import report_html
from layers.indicator_pdf import report_pdf
from layers.indicator_report import document
from layers.locale import Translator

FORMATS: Mapping[str, str] = {"html": "text/html; charset=utf-8", "pdf": "application/pdf"}
"""Format id and ending -> media type."""

_WRITERS = {"html": report_html, "pdf": report_pdf}


@dataclass(frozen=True)
class Report:
    """A report and the document of its provenance."""

    content: bytes
    provenance: Mapping[str, Any]


def report_format(name: str) -> str:
    """Return the format that the ending of a name asks for.

    Raises
    ------
    NotWritableError
        If it is neither .html nor .pdf.
    """
    ending = Path(name).suffix[1:].lower()
    if ending not in FORMATS:
        allowed = ", ".join(f".{one}" for one in FORMATS)
        raise NotWritableError(f"`{name}`: a report ends in {allowed}")
    return ending


def make_report(
    assessment: Assessment, border: str, dataset: Dataset, translator: Translator, *, name: str
) -> Report:
    """Make a report in one language; equal assessments give equal bytes.

    Parameters
    ----------
    assessment, border, dataset, translator
        As `layers.indicator_report.document` takes them.
    name
        What the file will be called; its ending tells the format.

    Raises
    ------
    NotWritableError
        If the ending is neither .html nor .pdf.
    """
    kind = report_format(name)
    content = _WRITERS[kind](document(assessment, border, dataset, translator), translator)
    numbers = content_of(assessment)
    found = provenance_of(
        title_ru=numbers.title_ru,
        title_en=numbers.title_en,
        origin=_with_sites(numbers.origin, dataset),
        output=Output(
            name=name,
            format=kind,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            rows=len(numbers.table),
            options={"lang": translator.lang, "border": border},
        ),
    )
    command = repeat_command(assessment, border, name=name, lang=translator.lang)
    return Report(content, {**found, "replay": command})


def repeat_command(assessment: Assessment, border: str, *, name: str, lang: str) -> str:
    """Return the command that makes the same report again.

    Snapshot and raster are told by their names alone, as they are elsewhere for the next reader;
    the example town by where every copy of the Atlas has it.
    """
    folder = assessment.snapshot.folder.resolve()
    is_ours = folder == EXAMPLE.resolve()
    snapshot = EXAMPLE.relative_to(SHIPPED.parent).as_posix() if is_ours else folder.name
    options = {
        "--lang": lang,
        "--border": border,
        "--snapshot": snapshot,
        "--population": str(assessment.raster.get("name", "")),
    }
    words = [word for option, value in options.items() if value for word in (option, value)]
    return shlex.join(["python", "-m", "layers", "report", name, *words])


def _with_sites(origin: Origin, dataset: Dataset) -> Origin:
    """Add the layers of sites, whose parks a report counts by their access."""
    layers = (layer_input(dataset.catalog[park]) for park in PARK_TYPES)
    return replace(origin, release=dataset.release, inputs=(*origin.inputs, *layers))
