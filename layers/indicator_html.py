"""The report of indicators as one HTML file that asks nobody for anything and prints on A4."""

import re
from pathlib import Path

from markupsafe import Markup

from layers.indicator_document import (
    Bar,
    Block,
    Cell,
    Document,
    Head,
    Picture,
    Points,
    Section,
    Table,
    Text,
)
from layers.indicator_map import bar_svg, image, swatch_svg
from layers.locale import Translator
from layers.typeface import inlined_style

_STYLE = Path(__file__).with_name("indicator_report.css")
_MARKED = re.compile(r"(https://\S*[^\s.,;:)]|python -m [ -~…]+)")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:; img-src data:"


def report_html(document: Document, translator: Translator) -> bytes:
    """Return the report; equal documents give equal bytes.

    It has a policy of its own that forbids every request and every script.
    """
    t = translator.t
    contents = Markup("").join(
        Markup('<li><a href="#{}">{}</a></li>').format(section.id, section.title)
        for section in document.sections
        if section.level == 2
    )
    return (
        Markup(
            '<!doctype html>\n<html lang="{}"><head><meta charset="utf-8">'
            '<meta http-equiv="Content-Security-Policy" content="{}">'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            '<meta name="author" content="{}"><title>{}: {}</title>'
            "<style>{}\n{}</style></head>"
            '<body><main><header><p class="author">{}</p><h1>{}</h1><p class="subtitle">{}</p>'
            '<div class="warnings">{}</div></header>'
            '<nav aria-label="{}"><ul>{}</ul></nav>{}</main></body></html>\n'
        )
        .format(
            document.lang,
            _POLICY,
            document.author,
            document.title,
            document.subtitle,
            Markup(inlined_style()),  # noqa: S704 - our own files
            Markup(_STYLE.read_text(encoding="utf-8")),  # noqa: S704 - our own file
            document.author,
            document.title,
            document.subtitle,
            Markup("").join(Markup("<p>{}</p>").format(one) for one in document.warnings),
            t("indicator.report.contents"),
            contents,
            Markup("").join(section_html(section) for section in document.sections),
        )
        .encode()
    )


def section_html(section: Section) -> Markup:
    """Return a section; a part of the section before has a smaller heading."""
    body = Markup("").join(block_html(block) for block in section.blocks)
    if section.level > 2:
        return Markup('<section id="{}" class="part"><h3>{}</h3>{}</section>').format(
            section.id, section.title, body
        )
    return Markup(
        '<section id="{}" aria-labelledby="{}-title"><h2 id="{}-title">{}</h2>{}</section>'
    ).format(section.id, section.id, section.id, section.title, body)


def block_html(block: Block) -> Markup:
    """Return one block; classes are those of the text pages, so that their style fits too."""
    if isinstance(block, Text):
        return Markup('<p class="{}">{}</p>').format(_PARAGRAPHS[block.kind], block.text)
    if isinstance(block, Points):
        items = Markup("").join(
            Markup("<li><bdi>{}</bdi></li>").format(_linked(one)) for one in block.items
        )
        return Markup('<ul class="points">{}</ul>').format(items)
    if isinstance(block, Table):
        return _table(block)
    return _picture(block)


def _linked(text: str) -> Markup:
    """Return a sentence with its addresses as links and its commands as code."""
    pieces = []
    for place, piece in enumerate(_MARKED.split(text)):
        if place % 2 == 0:
            pieces.append(Markup("{}").format(piece))
        elif piece.startswith("https://"):
            pieces.append(Markup('<a href="{0}">{0}</a>').format(piece))
        else:
            pieces.append(Markup("<code>{}</code>").format(piece))
    return Markup("").join(pieces)


_PARAGRAPHS = {
    "text": "said",
    "lead": "lead",
    "note": "aside",
    "warning": "missing",
    "formula": "formula",
}


def _table(table: Table) -> Markup:
    head = Markup("").join(
        Markup('<th scope="col" class="{}">{}</th>').format(one.css, one.title)
        for one in table.heads
    )
    body = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(
                _cell(cell, one, first=place == 0)
                for place, (cell, one) in enumerate(zip(row, table.heads, strict=True))
            )
        )
        for row in table.rows
    )
    return Markup(
        '<div class="table-frame stack" role="group" aria-label="{}" tabindex="0">'
        '<table><caption class="heard">{}</caption>'
        "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
    ).format(table.caption, table.caption, head, body)


def _cell(cell: Cell, head: Head, *, first: bool) -> Markup:
    if isinstance(cell, Bar):
        shown = image(bar_svg(cell.low, cell.high, cell.base), cell.label, "range-bar")
    else:
        shown = Markup("<bdi>{}</bdi>").format(cell)
    if first:
        return Markup('<th scope="row" class="{}">{}</th>').format(head.css, shown)
    return Markup('<td class="{}" data-title="{}">{}</td>').format(head.css, head.title, shown)


def _picture(picture: Picture) -> Markup:
    key = Markup("").join(
        Markup("<li>{}<span>{}</span></li>").format(
            image(swatch_svg(one.style), "", "swatch"), one.text
        )
        for one in picture.key
    )
    notes = Markup("").join(Markup('<p class="aside">{}</p>').format(one) for one in picture.notes)
    return Markup(
        '<figure class="indicator-map">{}<figcaption><ul class="map-key">{}</ul>{}</figcaption>'
        "</figure>"
    ).format(image(picture.svg, picture.alt, "map"), key, notes)
