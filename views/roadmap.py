"""The page Road map: the actions that are known, on a time axis and as a table."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from geo import roadmap
from geo.dataset import Dataset, shared
from geo.link import FIELDS
from geo.query import Query
from layers import labels, timeline
from layers.facts import capitalised
from layers.locale import Translator
from layers.timeline import GROUPS
from views import markup, switches
from views.language import translator as current_translator
from views.roadmap_chart import as_table, chart

# Keys of this page alone: how rows are grouped, and the action that somebody comes for.
_GROUP, _ACTION = "group", "action"
_LONGEST = 80


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

    def options(key: str) -> Markup:
        field, facet = FIELDS[key], found.facets[key]
        chosen = getattr(query, field)
        return switches.line(
            capitalised(translator.t(f"query.key.{key}")),
            *(
                switches.switch(
                    f"{_option(key, option, dataset, translator)} · {translator.number(n)}",
                    address(_with(query, field, _toggled(chosen, option)), group, translator),
                    key=f"{key}-{option}",
                    on=option in chosen,
                    possible=n > 0 or option in chosen,
                )
                for option, n in zip(facet.options, facet.counts, strict=True)
            ),
        )

    by = (
        switches.switch(
            capitalised(translator.t(f"query.key.{one}")),
            address(query, one, translator),
            key=f"group-{one}",
            on=one == group,
        )
        for one in GROUPS
    )
    return switches.lines(
        *(options(key) for key in found.facets), switches.line(translator.t("roadmap.group"), *by)
    )


def _option(key: str, option: str, dataset: Dataset, translator: Translator) -> str:
    match key:
        case "status":
            return capitalised(translator.t(f"status.action.{option}"))
        case "direction":
            return str(dataset.directions.loc[option, f"name_{translator.lang}"])
        case _:
            return str(dataset.clusters.loc[option, f"short_{translator.lang}"])


def _with(query: Query, field: str, value: tuple[str, ...]) -> Query:
    changed: dict[str, Any] = {field: value}
    return replace(query, **changed)


def _toggled(chosen: tuple[str, ...], option: str) -> tuple[str, ...]:
    return tuple(o for o in chosen if o != option) if option in chosen else (*chosen, option)


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


def _unknown_group(asked: str, translator: Translator) -> str:
    """Say that rows cannot be grouped as the link asks, and how they can."""
    options = translator.join([translator.t(f"query.key.{one}") for one in GROUPS])
    return translator.t("roadmap.unknown_group", group=asked[:_LONGEST], options=options)


def draw(translator: Translator) -> None:
    """Draw the page."""
    dataset = shared()
    link = {key: st.query_params.get_all(key) for key in st.query_params}
    asked = next(iter(link.pop(_GROUP, [])), "")
    group = asked if asked in GROUPS else GROUPS[0]
    action = next(iter(link.pop(_ACTION, [])), "")
    query, unusable = Query.from_params(link, dataset)
    found = roadmap.choose(query, dataset)
    rows = timeline.rows(dataset, found.ids, translator)
    notices = [*labels.notes(unusable, translator)]
    if asked and asked != group:
        notices.append(_unknown_group(asked, translator))
    if action and action not in dataset.roadmap.index:
        notices.append(translator.t("roadmap.unknown_action", id=action[:_LONGEST]))
    said = markup.each('<p class="missing">{}</p>', ((text,) for text in notices))
    markup.draw(
        head(dataset, translator),
        said,
        filters(query, found, group, dataset, translator),
        notes(query, found, dataset, translator),
        chart(rows, group, dataset, translator, chosen=action)
        if rows
        else Markup('<p class="own-empty">{}</p>').format(translator.t("roadmap.none")),
        as_table(rows, dataset, translator),
    )


draw(current_translator())
