"""The report of indicators as PDF: tagged, selectable, in the typeface of the Atlas.

Typeset in this process by Typst (a wheel, no other program), which writes PDF/UA-1: title, language
and structure for who listens to it. Words reach it as data, never as markup, and its template
names no package, so that nothing is asked of the network.
"""

import functools
import json
import re
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import typst
from fontTools.ttLib import TTFont

from layers.indicator_document import Bar, Block, Cell, Document, Points, Section, Table, Text
from layers.indicator_map import bar_svg, swatch_svg
from layers.locale import Translator
from layers.typeface import Face, faces

STANDARD: Final = "ua-1"
NOT_SHOWN = "□"
"""Stands where a character is in no typeface of the report."""

_BOX = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_WIDEST = 176 / 92
"""Width of the text over the most height of a picture, in millimetres, as the template has them."""

_TEMPLATE = Path(__file__).with_name("indicator_report.typ")
_ALSO = frozenset("□₀₁₂₃₄₅₆₇₈₉∪∩≤≥≈→−×·√∆Δ∑\n")
"""Characters that the Atlas's typeface lacks and another of the report has."""


def report_pdf(document: Document, translator: Translator) -> bytes:
    """Return the report; equal documents give equal bytes.

    Characters that none of its typefaces has become `NOT_SHOWN`, and how many is told.
    """
    written = {
        "lang": document.lang,
        "title": document.title,
        "subtitle": document.subtitle,
        "author": document.author,
        "date": document.date,
        "page": translator.t("indicator.report.page"),
        "warnings": list(document.warnings),
        "sections": [_section(section) for section in document.sections],
    }
    shown, lost = _displayable(written)
    if lost:
        shown["warnings"].append(
            translator.t("indicator.report.replaced", n=translator.number(lost))
        )
    year, month, day = (int(part) for part in document.date.split("-"))
    return bytes(
        typst.compile(
            _TEMPLATE.read_bytes(),
            format="pdf",
            font_paths=_fonts(),
            sys_inputs={"document": json.dumps(shown, ensure_ascii=False)},
            pdf_standards=[STANDARD],
            timestamp=datetime(year, month, day, tzinfo=UTC),
        )
    )


@functools.cache
def _fonts() -> typst.Fonts:
    """Return the typefaces of the report, none of them from the system.

    Golos Text is unpacked, with a family for each file: the files are parts of one family for
    browsers, which choose by character, while Typst chooses by family. It reads files alone, and
    when they are first used: so each is used once while its folder is there.
    """
    with tempfile.TemporaryDirectory(prefix="atlas-fonts-") as folder:
        families = [_unpack(face, Path(folder)) for face in faces()]
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[folder])
        sample = "".join(
            f'#text(font: "{family}", fallback: false, "{chr(character)}")'
            for family, character in families
        )
        typst.compile(sample.encode(), format="pdf", font_paths=fonts)
        return fonts


def _unpack(face: Face, folder: Path) -> tuple[str, int]:
    """Write a file of the typeface as Typst reads it; return its family and a character of it."""
    # The time of unpacking would be in the file, and make each process write another report.
    font = TTFont(face.path, recalcTimestamp=False)
    font.flavor = None
    part = face.path.name.removeprefix("golos-text-").partition("-wght")[0]
    for name in font["name"].names:
        if name.nameID in (1, 16):  # family, typographic family
            name.string = f"Atlas {part}"
    font.save(folder / f"{part}.ttf")
    return f"Atlas {part}", max(font.getBestCmap())


def _section(section: Section) -> dict[str, Any]:
    return {
        "title": section.title,
        "level": section.level,
        "blocks": [_block(block) for block in section.blocks],
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Text):
        return {"kind": "text", "text": block.text, "style": block.kind}
    if isinstance(block, Points):
        return {"kind": "points", "items": list(block.items)}
    if isinstance(block, Table):
        return {
            "kind": "table",
            "heads": [{"title": head.title, "css": head.css} for head in block.heads],
            "rows": [[_cell(cell) for cell in row] for row in block.rows],
        }
    return {
        "kind": "picture",
        "svg": block.svg,
        "alt": block.alt,
        "wide": _is_wide(block.svg),
        "key": [{"svg": swatch_svg(one.style), "text": one.text} for one in block.key],
        "notes": list(block.notes),
    }


def _is_wide(svg: str) -> bool:
    """Tell whether a picture meets the sides of a page before it is as high as it may be."""
    found = _BOX.search(svg)
    return found is not None and float(found[1]) / float(found[2]) > _WIDEST


def _cell(cell: Cell) -> str | dict[str, str]:
    if isinstance(cell, Bar):
        return {"svg": bar_svg(cell.low, cell.high, cell.base), "alt": cell.label}
    return cell


def _displayable(value: Any) -> tuple[Any, int]:
    """Return a value of JSON with what cannot be shown replaced, and how many characters."""
    if isinstance(value, str):
        text = "".join(one if _is_shown(one) else NOT_SHOWN for one in value)
        return text, sum(one != other for one, other in zip(text, value, strict=True))
    if isinstance(value, dict):
        parts = {name: _displayable(one) for name, one in value.items()}
        return {name: one for name, (one, _) in parts.items()}, sum(n for _, n in parts.values())
    if isinstance(value, list):
        found = [_displayable(one) for one in value]
        return [one for one, _ in found], sum(n for _, n in found)
    return value, 0


@functools.cache
def _shown() -> frozenset[int]:
    """Return the characters that the files of the typeface have."""
    return frozenset().union(*(TTFont(face.path).getBestCmap() for face in faces()))


def _is_shown(character: str) -> bool:
    return ord(character) in _shown() or character in _ALSO
