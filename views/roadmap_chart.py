"""The actions of the road map drawn: bars by group, those without a date apart, and a table."""

from markupsafe import Markup

from geo.dataset import Dataset
from layers import timeline, timeline_bars
from layers.facts import capitalised
from layers.locale import Translator
from layers.timeline import Row
from views import markup
from views.tables import Column, table


def chart(
    rows: tuple[Row, ...], group: str, dataset: Dataset, translator: Translator, *, chosen: str = ""
) -> Markup:
    """Return the bars by group, the key of the signs, and the actions without a date apart.

    The row of the action `chosen` (an id, empty for none) is marked as the place to arrive at.
    """
    known = tuple(row for row in rows if row.span)
    unknown = [row for row in rows if not row.span]
    first, last = timeline.axis(known)
    groups = Markup("").join(
        Markup(
            '<section class="timeline-group"><h2>{}</h2>{}<ol class="timeline">{}</ol></section>'
        ).format(
            _group_title(dataset, group, key, title, translator),
            timeline_bars.scale(first, last),
            Markup("").join(
                _row(
                    row,
                    _about(row, dataset, translator),
                    Markup('<div class="timeline-cell">{}</div>').format(
                        timeline_bars.bar(row, first, last, label=f"{row.term}; {row.state_dated}")
                    ),
                    chosen=row.id == chosen,
                )
                for row in members
            ),
        )
        for key, title, members in timeline.grouped(known, group, dataset, translator)
    )
    parts = [_key(translator), groups]
    if unknown:
        items = Markup("").join(
            _row(row, _about(row, dataset, translator), Markup(""), chosen=row.id == chosen)
            for row in unknown
        )
        parts.append(
            Markup(
                '<section class="timeline-group"><h2>{}</h2><p class="aside">{}</p>'
                '<ol class="timeline">{}</ol></section>'
            ).format(translator.t("roadmap.undated"), translator.t("roadmap.undated.text"), items)
        )
    return Markup('<div class="roadmap">{}</div>').format(Markup("").join(parts))


def _group_title(
    dataset: Dataset, group: str, key: str, title: str, translator: Translator
) -> Markup:
    if not key or group == "status":
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


def _row(row: Row, about: Markup, bar: Markup, *, chosen: bool) -> Markup:
    return Markup('<li id="{}" class="timeline-row{}"{}><div>{}</div>{}</li>').format(
        row.id,
        " arrival" if chosen else "",
        Markup(' aria-current="true"') if chosen else "",
        about,
        bar,
    )


def _about(row: Row, dataset: Dataset, translator: Translator) -> Markup:
    """Return the title of an action, its state and term, and the way to its place."""
    href = timeline.page_of(dataset, "action", row.id, translator)
    words = " · ".join(part for part in (capitalised(row.state_dated), row.term) if part)
    place = ""
    if row.site:
        label = translator.t("roadmap.on_map.of", name=row.title)
        place = Markup(
            ' <a class="place" href="./?{}" target="_self" aria-label="{}">{}</a>'
        ).format(timeline.place_address(row, translator), label, translator.t("roadmap.on_map"))
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


def _named(kind: str, key: str, text: object, dataset: Dataset, translator: Translator) -> Markup:
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
