"""The page About the programme: ten statements, each beside what the dataset holds of it."""

from urllib.parse import urlencode

from markupsafe import Markup

from geo.dataset import Dataset, shared
from geo.domains import STATEMENTS
from layers.locale import Translator
from layers.programme import Count, Figure, Holding, figures, holding
from views import markup
from views.language import translator as current_translator
from views.tables import Column, table

_SHOWN = 3


def head(translator: Translator) -> Markup:
    """Return title and introduction."""
    t = translator.t
    return Markup(
        '<header><h1>{}</h1><p class="lead">{}</p><p class="aside">{}</p></header>'
    ).format(t("about.title"), t("about.lead"), t("about.unofficial"))


def statement(dataset: Dataset, name: str, number: int, translator: Translator) -> Markup:
    """Return the card of one statement."""
    t = translator.t
    first, *others = figures(dataset, name, translator)
    return Markup(
        '<article class="card statement" id="{}"><p class="number">{}</p><h2>{}</h2>'
        '<p class="lead">{}</p>'
        '<div class="said"><h3>{}</h3>{}{}</div><div class="held"><h3>{}</h3>{}</div></article>'
    ).format(
        name,
        number,
        t(f"statement.{name}"),
        t(f"statement.{name}.text"),
        t("about.source_says"),
        _figure(first, "figure first", translator),
        _others(others, translator),
        t("about.here"),
        _holding(holding(dataset, name, translator), translator),
    )


def context(dataset: Dataset, translator: Translator) -> Markup:
    """Return the table of the figures that belong to no statement."""
    t = translator.t
    rows = [
        (
            figure.label,
            figure.value,
            figure.as_of,
            markup.source_links(figure.urls, figure.label, translator),
        )
        for figure in figures(dataset, "context", translator)
    ]
    columns = [
        Column(t("about.column.figure"), "wide"),
        Column(t("about.column.value"), "number strong"),
        Column(t("about.column.as_of")),
        Column(t("about.column.source")),
    ]
    return markup.section(
        "context",
        t("about.context"),
        t("about.context.lead"),
        table(t("about.context"), columns, rows, css="stack"),
    )


def _figure(figure: Figure, css: str, translator: Translator) -> Markup:
    return Markup(
        '<div class="{}"><p class="value">{}</p><p class="label">{}</p>'
        '<p class="origin">{}&nbsp;· {}</p></div>'
    ).format(
        css,
        figure.value,
        figure.label,
        figure.as_of,
        markup.source_links(figure.urls, figure.label, translator),
    )


def _others(others: list[Figure], translator: Translator) -> Markup:
    """Return the figures after the first one; those beyond a few are folded away."""
    shown, folded = others[:_SHOWN], others[_SHOWN:]
    rows = _rows(shown, translator)
    if not folded:
        return rows
    return Markup(
        '{}<details><summary>{} <span class="count">{}</span></summary>{}</details>'
    ).format(
        rows,
        translator.t("about.more"),
        translator.number(len(folded)),
        _rows(folded, translator),
    )


def _rows(others: list[Figure], translator: Translator) -> Markup:
    return Markup("").join(_figure(figure, "figure", translator) for figure in others)


def _holding(held: Holding, translator: Translator) -> Markup:
    summary = Markup('<p class="summary">{}</p>').format(held.summary) if held.summary else ""
    note = Markup('<p class="{}">{}</p>').format(
        "note" if held.counts or held.summary else "missing", held.note
    )
    counts = markup.each(
        '<li>{}<span class="name">{}</span><span class="n">{}</span></li>',
        (_count(count, translator) for count in held.counts),
    )
    return Markup("{}{}{}").format(
        summary,
        Markup('<ul class="counts">{}</ul>').format(counts) if counts else "",
        note if held.note else "",
    )


def _count(count: Count, translator: Translator) -> tuple[object, object, str]:
    sign = markup.disc(count.park, translator) if count.park else ""
    name = markup.to_map(count.link, count.label, translator) if count.link else count.label
    return sign, Markup("{}{}").format(name, _page_of(count, translator)), count.value


def _page_of(count: Count, translator: Translator) -> Markup:
    """Return a link to the page of the one cluster or direction that is counted, else nothing."""
    kind, _, own_id = count.link.partition("=")
    if kind not in ("cluster", "direction") or "&" in own_id:
        return Markup("")
    label = translator.t("about.object.label", name=count.label)
    address = f"./object?{urlencode({'id': own_id, 'type': kind, 'lang': translator.lang})}"
    return Markup(' <a class="quiet" href="{}" target="_self" aria-label="{}">{}</a>').format(
        address, label, translator.t("about.object")
    )


def draw(dataset: Dataset, translator: Translator) -> None:
    """Draw the page."""
    cards = Markup("").join(
        statement(dataset, name, number, translator)
        for number, name in enumerate(STATEMENTS, start=1)
    )
    translated = any(figure.translated for figure in figures(dataset, STATEMENTS[0], translator))
    markup.draw(
        head(translator),
        Markup('<div class="statements">{}</div>').format(cards),
        context(dataset, translator),
        Markup('<p class="aside">{}</p>').format(translator.t("about.translated"))
        if translated
        else Markup(""),
    )


draw(shared(), current_translator())
