"""The page Road map: the actions that are known, on a time axis and as a table."""

from dataclasses import replace
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from geo import roadmap
from geo.dataset import Dataset, shared
from geo.link import FIELDS
from geo.query import Query
from layers import labels, timeline, timeline_bars
from layers.facts import capitalised
from layers.locale import Translator
from layers.timeline import GROUPS, Row
from views import markup
from views.language import translator as current_translator
from views.tables import Column, table

# Key by which this page alone remembers how rows are grouped.
_GROUP = "group"


def head(dataset: Dataset, translator: Translator) -> Markup:
    """Return title, introduction, and how much of the road map is known."""
    t = translator.t
    official = float(str(dataset.programme.loc["roadmap-actions-2015", "value"]))
    return Markup(
        '<header><h1>{}</h1><p class="lead">{}</p><p class="aside">{}</p></header>'
    ).format(
        t("roadmap.title"),
        t(
            "roadmap.lead",
            found=translator.number(len(dataset.roadmap)),
            official=translator.number(official),
        ),
        t("roadmap.unofficial"),
    )


def address(query: Query, group: str, translator: Translator) -> str:
    """Return the link of this page with another query or grouping."""
    rest = {_GROUP: group} if group != GROUPS[0] else {}
    parts = [query.to_string(), urlencode(rest | {"lang": translator.lang})]
    return "./roadmap?" + "&".join(part for part in parts if part)


def filters(
    query: Query, found: roadmap.Actions, group: str, dataset: Dataset, translator: Translator
) -> Markup:
    """Return the switches of status, direction and cluster, and those of the grouping."""
    names = {
        "status": lambda key: capitalised(translator.t(f"status.action.{key}")),
        "direction": lambda key: str(dataset.directions.loc[key, f"name_{translator.lang}"]),
        "cluster": lambda key: str(dataset.clusters.loc[key, f"short_{translator.lang}"]),
    }
    lines = []
    for key, facet in found.facets.items():
        field = FIELDS[key]
        chosen = getattr(query, field)
        options = Markup("").join(
            _switch(
                f"{names[key](option)} · {translator.number(n)}",
                address(replace(query, **{field: _toggled(chosen, option)}), group, translator),
                on=option in chosen,
                possible=n > 0 or option in chosen,
            )
            for option, n in zip(facet.options, facet.counts, strict=True)
        )
        lines.append(_line(capitalised(translator.t(f"query.key.{key}")), options))
    by = Markup("").join(
        _switch(
            capitalised(translator.t(f"query.key.{one}")),
            address(query, one, translator),
            on=one == group,
            possible=True,
        )
        for one in GROUPS
    )
    lines.append(_line(translator.t("roadmap.group"), by))
    return Markup('<div class="switches">{}</div>').format(Markup("").join(lines))


def _toggled(chosen: tuple[str, ...], option: str) -> tuple[str, ...]:
    return tuple(o for o in chosen if o != option) if option in chosen else (*chosen, option)


def _switch(text: str, href: str, *, on: bool, possible: bool) -> Markup:
    if not possible:
        return Markup('<li><span class="switch none">{}</span></li>').format(text)
    return Markup('<li><a class="switch" href="{}" target="_self"{}>{}</a></li>').format(
        href, Markup(' aria-current="true"') if on else "", text
    )


def _line(title: str, options: Markup) -> Markup:
    return Markup(
        '<div class="switch-line"><h2 class="switch-title">{0}</h2>'
        '<ul aria-label="{0}">{1}</ul></div>'
    ).format(title, options)


def notes(query: Query, found: roadmap.Actions, dataset: Dataset, translator: Translator) -> Markup:
    """Return how many actions are shown, and which conditions of the link do not filter them."""
    shown = translator.t(
        "roadmap.shown",
        n=translator.number(len(found.ids)),
        all=translator.number(len(dataset.roadmap)),
    )
    lines = [Markup('<p class="shown" role="status">{}</p>').format(shown)]
    if found.unused:
        kept = {key for key, _ in found.unused}
        named = [
            tag.text
            for (key, _), tag in zip(
                query.conditions(), labels.tags(query, dataset, translator), strict=True
            )
            if key in kept
        ]
        text = translator.t("roadmap.unused", conditions=translator.join(named))
        lines.append(Markup('<p class="missing">{}</p>').format(text))
    return Markup("").join(lines)


def chart(rows: tuple[Row, ...], group: str, dataset: Dataset, translator: Translator) -> Markup:
    """Return the bars by group, the key of the signs, and the actions without a date apart."""
    known = tuple(row for row in rows if row.span)
    unknown = [row for row in rows if not row.span]
    first, last = timeline.axis(known)
    groups = Markup("").join(
        Markup(
            '<section class="timeline-group"><h2>{}</h2>{}<ol class="timeline">{}</ol></section>'
        ).format(
            _group_title(dataset, group, key, title, translator),
            timeline_bars.scale(first, last),
            Markup("").join(_bar_row(row, first, last, dataset, translator) for row in members),
        )
        for key, title, members in timeline.grouped(known, group, dataset, translator)
    )
    parts = [_key(translator), groups]
    if unknown:
        items = Markup("").join(_undated(row, dataset, translator) for row in unknown)
        parts.append(
            Markup(
                '<section class="timeline-group"><h2>{}</h2><p class="aside">{}</p>'
                '<ol class="timeline">{}</ol></section>'
            ).format(
                translator.t("roadmap.undated"), translator.t("roadmap.undated.text"), items
            )
        )  # fmt: skip
    return Markup('<div class="roadmap">{}</div>').format(Markup("").join(parts))


def _group_title(
    dataset: Dataset, group: str, key: str, title: str, translator: Translator
) -> Markup:
    if not key:
        return Markup("<span>{}</span>").format(title)
    href = timeline.page_of(dataset, group, key, translator)
    return Markup('<a href="{}" target="_self">{}</a>').format(href, title)


def _key(translator: Translator) -> Markup:
    words = {
        state: capitalised(translator.t(f"status.action.{state}"))
        for state in ("completed", "running", "suspended")
    } | {"open": translator.t("roadmap.open_end")}
    items = markup.each(
        "<li>{}{}</li>", ((timeline_bars.sample(state), word) for state, word in words.items())
    )
    return Markup('<ul class="timeline-key">{}</ul>').format(items)


def _bar_row(
    row: Row, first: int, last: int, dataset: Dataset, translator: Translator
) -> Markup:
    label = f"{row.term}; {row.state_dated}"
    return Markup('<li class="timeline-row"><div>{}</div><div class="timeline-cell">{}</div></li>').format(
        _about(row, dataset, translator), timeline_bars.bar(row, first, last, label=label)
    )  # fmt: skip


def _undated(row: Row, dataset: Dataset, translator: Translator) -> Markup:
    return Markup('<li class="timeline-row"><div>{}</div></li>').format(
        _about(row, dataset, translator)
    )


def _about(row: Row, dataset: Dataset, translator: Translator) -> Markup:
    """Return the title of an action, its state and term, and the way to its place."""
    href = timeline.page_of(dataset, "action", row.id, translator)
    words = " · ".join(part for part in (capitalised(row.state_dated), row.term) if part)
    place = ""
    if row.site:
        label = translator.t("roadmap.on_map.of", name=row.title)
        place = Markup(' <a class="place" href="./?{}" target="_self" aria-label="{}">{}</a>').format(
            timeline.place_address(row, translator), label, translator.t("roadmap.on_map")
        )  # fmt: skip
    return Markup(
        '<a class="action" href="{}" target="_self">{}</a><span class="sub">{}{}</span>'
    ).format(href, row.title, words, place)


def as_table(rows: tuple[Row, ...], dataset: Dataset, translator: Translator) -> Markup:
    """Return the same actions as a table."""
    t = translator.t
    columns = [
        Column(t("roadmap.column.action"), "wide"),
        Column(t("fact.status")),
        Column(t("fact.term"), "brief"),
        Column(capitalised(t("query.key.direction"))),
        Column(capitalised(t("query.key.cluster"))),
        Column(t("list.site")),
        Column(t("fact.performer"), "wide"),
    ]
    body = [
        (
            _named("action", row.id, row.title, dataset, translator),
            capitalised(row.state_dated),
            row.term or _missing(translator),
            _member(dataset, "direction", row.direction, translator),
            _member(dataset, "cluster", row.cluster, translator),
            _member(dataset, "site", row.site, translator),
            row.performer or _missing(translator),
        )
        for row in rows
    ]
    return Markup('<details class="roadmap-table"><summary>{}</summary>{}</details>').format(
        t("roadmap.table"), table(t("roadmap.title"), columns, body, css="stack")
    )


def _missing(translator: Translator) -> Markup:
    return Markup('<span class="missing">{}</span>').format(translator.missing)


def _named(
    kind: str, key: str, text: object, dataset: Dataset, translator: Translator
) -> Markup:
    return Markup('<a href="{}" target="_self">{}</a>').format(
        timeline.page_of(dataset, kind, key, translator), text
    )


def _member(dataset: Dataset, kind: str, key: str | None, translator: Translator) -> Markup:
    if key is None:
        return _missing(translator)
    frame = {
        "direction": dataset.directions, "cluster": dataset.clusters, "site": dataset.sites,
    }[kind]  # fmt: skip
    return _named(kind, key, frame.loc[key, f"name_{translator.lang}"], dataset, translator)


def draw(translator: Translator) -> None:
    """Draw the page."""
    dataset = shared()
    link = {key: st.query_params.get_all(key) for key in st.query_params}
    group = next(iter(link.pop(_GROUP, [])), GROUPS[0])
    group = group if group in GROUPS else GROUPS[0]
    query, unusable = Query.from_params(link, dataset)
    found = roadmap.choose(query, dataset)
    rows = timeline.rows(dataset, found.ids, translator)
    said = markup.each(
        '<p class="missing">{}</p>', ((text,) for text in labels.notes(unusable, translator))
    )
    markup.draw(
        head(dataset, translator),
        said,
        filters(query, found, group, dataset, translator),
        notes(query, found, dataset, translator),
        chart(rows, group, dataset, translator)
        if rows
        else Markup('<p class="own-empty">{}</p>').format(translator.t("roadmap.none")),
        as_table(rows, dataset, translator),
    )


draw(current_translator())
