"""The page Help: what can be done and how, and the glossary to which the map page leads."""

from urllib.parse import quote, urlencode

from markupsafe import Markup

from layers.help import Point, Section, glossary, sections
from layers.locale import Translator
from layers.signs_svg import sign
from views import markup
from views.language import translator as current_translator
from views.pages import START
from views.tables import Column, table


def head(told: tuple[Section, ...], translator: Translator) -> Markup:
    """Return title, introduction, and the way to each section."""
    t = translator.t
    anchors = [*((section.id, section.title) for section in told), ("glossary", t("help.glossary"))]
    return Markup(
        '<header><h1>{}</h1><p class="lead">{}</p>'
        '<nav class="contents" aria-label="{}">{}</nav></header>'
    ).format(
        t("help.title"),
        t("help.lead"),
        t("help.contents"),
        markup.each('<a href="#{}" target="_self">{}</a>', anchors),
    )


def told_section(section: Section, translator: Translator) -> Markup:
    """Return one section: its points, and the keys if it has any."""
    points = Markup("").join(_point(point, translator) for point in section.points)
    css = "signs" if any(point.sign for point in section.points) else "points"
    return Markup(
        '<section id="{}" aria-labelledby="{}-title"><h2 id="{}-title">{}</h2>'
        '<ul class="{}">{}</ul>{}</section>'
    ).format(
        section.id, section.id, section.id, section.title, css, points, _keys(section, translator)
    )


def _point(point: Point, translator: Translator) -> Markup:
    picture = _picture(point.sign, translator) if point.sign else ""
    way = Markup(" {}").format(_to_page(point.page, translator)) if point.page else ""
    return Markup("<li>{}<span>{}{}</span></li>").format(picture, point.text, way)


def _picture(name: str, translator: Translator) -> Markup:
    # As an image: Streamlit takes SVG elements out of a page.
    return Markup('<img class="map-sign" alt="" src="data:image/svg+xml,{}">').format(
        quote(sign(name, translator.lang))
    )


def _to_page(page_id: str, translator: Translator) -> Markup:
    path = "" if page_id == START else page_id
    return Markup('<a href="./{}?{}" target="_self">{}</a>').format(
        path, urlencode({"lang": translator.lang}), translator.t(f"page.{page_id}")
    )


def _keys(section: Section, translator: Translator) -> Markup:
    if not section.keys:
        return Markup("")
    t = translator.t
    columns = [
        Column(t("help.keys"), "brief"),
        Column(t("help.where"), "brief"),
        Column(t("help.does")),
    ]
    rows = [(key.keys, key.where, key.does) for key in section.keys]
    return table(section.title, columns, rows, css="stack")


def terms(translator: Translator) -> Markup:
    """Return the glossary; every entry has its anchor."""
    entries = markup.each(
        '<div id="term-{}"><dt>{}</dt><dd>{}</dd></div>',
        ((term.id, term.name, term.text) for term in glossary(translator.lang)),
    )
    return markup.section(
        "glossary",
        translator.t("help.glossary"),
        translator.t("help.glossary.lead"),
        Markup('<dl class="glossary">{}</dl>').format(entries),
    )


def draw(translator: Translator) -> None:
    """Draw the page."""
    told = sections(translator.lang)
    markup.draw(
        head(told, translator),
        *(told_section(section, translator) for section in told),
        terms(translator),
    )


draw(current_translator())
