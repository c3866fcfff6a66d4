"""Small pieces of HTML that the text pages share. What goes in is escaped by `Markup.format`."""

from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from geo.quality import website
from layers.locale import Translator
from layers.style import BY_PARK

_STYLE = Path(__file__).parent / "pages.css"


def draw(*pieces: Markup) -> None:
    """Put pieces on the page, under the style sheet of the text pages."""
    st.html(_STYLE)
    add(*pieces)


def add(*pieces: Markup) -> None:
    """Put more pieces on a page that has its style sheet already."""
    st.html(Markup('<div class="atlas-page">{}</div>').format(Markup("").join(pieces)))


def each(template: str, items: Iterable[tuple[object, ...]]) -> Markup:
    """Fill a template of ours once for every tuple of values, and join the results."""
    return Markup("").join(Markup(template).format(*values) for values in items)  # noqa: S704 - escapes the values


def outside(url: str, text: object, *, label: str = "") -> Markup:
    """Return a link to another site; `label` is heard in place of a text that is too short."""
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer" {}>{}</a>').format(
        url, Markup('aria-label="{}"').format(label) if label else "", text
    )


def source_links(urls: Iterable[str], what: str, translator: Translator) -> Markup:
    """Return the sources of a figure as links named by their hosts."""
    return Markup(", ").join(
        outside(
            url, website(url),
            label=translator.t("about.source.label", host=website(url), figure=what),
        )
        for url in urls
    )  # fmt: skip


def to_map(params: str, text: object, translator: Translator) -> Markup:
    """Return a link to the map filtered by a query string, in the language of the page."""
    address = "./?" + "&".join(
        part for part in (params, urlencode({"lang": translator.lang})) if part
    )
    return Markup('<a href="{}" target="_self">{}</a>').format(address, text)


def disc(park_type: str, translator: Translator) -> Markup:
    """Return the sign of a kind of park: its colour and its letter."""
    style = BY_PARK[park_type]
    return Markup('<span class="disc" style="background:{}" aria-hidden="true">{}</span>').format(
        style.colour, style.letter(translator.lang)
    )


def bars(rows: Iterable[tuple[object, float, str]], *, css: str = "") -> Markup:
    """Return a list of bars: name, length (0 to 1) and what stands at its end."""
    items = each(
        '<li><span class="bar-name">{}</span><span class="bar-value">{}</span>'
        '<span class="bar" aria-hidden="true"><span style="width:{}%"></span></span></li>',
        ((name, value, round(100 * share, 1)) for name, share, value in rows),
    )
    return Markup('<ul class="bars {}">{}</ul>').format(css, items)


def section(anchor: str, title: str, lead: str, *content: Markup) -> Markup:
    """Return a section with a heading to which the contents of the page lead."""
    return Markup(
        '<section id="{}" aria-labelledby="{}-title"><h2 id="{}-title">{}</h2>'
        '<p class="lead">{}</p>{}</section>'
    ).format(anchor, anchor, anchor, title, lead, Markup("").join(content))
