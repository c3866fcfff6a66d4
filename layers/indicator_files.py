"""The report of indicators as a file, HTML or PDF, with the document of its provenance."""

import hashlib
import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.dataset import Dataset
from geo.errors import NotWritableError
from geo.indicators import Assessment
from geo.indicators.content import content_of
from geo.provenance import Output
from geo.provenance import document as provenance_of
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
        origin=numbers.origin,
        output=Output(
            name=name,
            format=kind,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            rows=len(numbers.table),
            options={"lang": translator.lang, "border": border},
        ),
    )
    command = ["python", "-m", "layers", "report", name, "--lang", translator.lang]
    return Report(content, {**found, "replay": shlex.join(command)})
