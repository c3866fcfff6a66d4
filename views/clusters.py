"""The page Clusters: a network to walk, one object in the middle, its ties around it."""

from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from geo.dataset import Dataset, shared
from geo.query import Query, apply
from layers import map_links, network, objects
from layers.locale import Translator
from layers.network import Neighbour, Network, Ring
from views import markup, switches
from views.language import translator as current_translator
from views.tables import Column, table

_WHOLE = 12
_SIGNS = {
    "cluster": "⬡", "direction": "➤", "park": "▣", "site": "●", "project": "○",
    "organisation": "◆", "action": "✓", "settlement": "⌂",
}  # fmt: skip


def head(translator: Translator) -> Markup:
    """Return title and introduction."""
    t = translator.t
    return Markup('<header><h1>{}</h1><p class="lead">{}</p></header>').format(
        t("clusters.title"), t("clusters.lead")
    )


def chooser(dataset: Dataset, chosen: objects.Ref | None, translator: Translator) -> Markup:
    """Return the clusters and directions as the places to begin a walk, with their rows."""

    def begin(kind: str, key: str, name: str) -> Markup:
        shown = len(apply(Query.from_params({kind: [key]}, dataset)[0], dataset).ids)
        return switches.switch(
            f"{name} · {translator.number(shown)}",
            address(dataset, kind, key, translator),
            key=f"{kind}-{key}",
            on=chosen == objects.Ref(kind, key),
        )

    return switches.lines(
        *(
            switches.line(
                translator.t(f"clusters.choose.{kind}"),
                *(
                    begin(kind, str(key), str(name))
                    for key, name in objects.table(dataset, kind)[
                        f"{field}_{translator.lang}"
                    ].items()
                ),
            )
            for kind, field in (("cluster", "short"), ("direction", "name"))
        )
    )


def address(dataset: Dataset, kind: str, key: str, translator: Translator) -> str:
    """Return the link of this page with an object in the middle."""
    params = network.link(dataset, kind, key) | {"lang": translator.lang}
    return f"./clusters?{urlencode(params)}"


def around(found: Network, dataset: Dataset, translator: Translator) -> Markup:
    """Return three columns: what the object belongs to, the object, what belongs to it."""
    t = translator.t
    return Markup(
        '<div class="network">'
        '<div class="network-column above"><h2>{}</h2>{}</div>'
        '<section class="network-centre" aria-labelledby="centre-title">'
        '<p class="aside">{} {}</p><h2 id="centre-title" tabindex="-1">{}</h2>{}</section>'
        '<div class="network-column below"><h2>{}</h2>{}</div></div>'
    ).format(
        t("clusters.above"),
        _rings(found.above, dataset, translator),
        Markup('<span aria-hidden="true">{}</span>').format(_SIGNS[found.ref.kind]),
        found.kicker,
        found.title,
        _ways(found, dataset, translator),
        t("clusters.below"),
        _rings(found.below, dataset, translator),
    )


def as_table(found: Network, dataset: Dataset, translator: Translator) -> Markup:
    """Return the same neighbours as a table, those that the columns fold away among them."""
    t = translator.t
    columns = [
        Column(t("clusters.column.name"), "wide"),
        Column(t("clusters.column.kind")),
        Column(t("clusters.column.tie")),
        Column(t("clusters.column.about"), "wide"),
    ]
    rows = [
        (
            Markup('<a href="{}" target="_self">{}</a>').format(
                address(dataset, one.kind, one.id, translator), one.title
            ),
            t(f"type.{one.kind}"),
            ring.title,
            one.sub or "—",
        )
        for ring in (*found.above, *found.below)
        for one in ring.neighbours
    ]
    title = t("clusters.table")
    return Markup("<details><summary>{}</summary>{}</details>").format(
        title, table(title, columns, rows, css="stack")
    )


def _ways(found: Network, dataset: Dataset, translator: Translator) -> Markup:
    """Return the way to the page of the object, to the map, and to the same rows as a table."""
    ways = [
        (objects.address(dataset, found.ref, translator.lang), translator.t("clusters.to_page")),
    ]
    on_map = map_links.map_link(dataset, found.ref, translator)
    if on_map:
        ways.append((f".{on_map}", translator.t("clusters.to_map")))
    if found.ref.kind in ("cluster", "direction"):
        params = urlencode({found.ref.kind: found.ref.id, "lang": translator.lang})
        ways.append((f"./projects?{params}", translator.t("clusters.to_projects")))
    return Markup('<ul class="ways">{}</ul>').format(
        markup.each('<li><a href="{}" target="_self">{}</a></li>', ways)
    )


def _rings(rings: tuple[Ring, ...], dataset: Dataset, translator: Translator) -> Markup:
    if not rings:
        return Markup('<p class="missing">{}</p>').format(translator.t("clusters.none"))
    return Markup("").join(_ring(ring, dataset, translator) for ring in rings)


def _ring(ring: Ring, dataset: Dataset, translator: Translator) -> Markup:
    """Return neighbours of one sort; those beyond the first dozen are folded away."""
    nodes = [_node(one, dataset, translator) for one in ring.neighbours]
    first, rest = nodes[:_WHOLE], nodes[_WHOLE:]
    folded = (
        Markup('<details><summary>{}</summary><ul class="nodes">{}</ul></details>').format(
            translator.t("clusters.rest", n=translator.number(len(rest))), Markup("").join(rest)
        )
        if rest
        else ""
    )
    return Markup(
        '<section class="ring"><h3>{} <span class="count">{}</span></h3>{}'
        '<ul class="nodes">{}</ul>{}</section>'
    ).format(
        ring.title,
        translator.number(len(nodes)),
        Markup('<p class="aside">{}</p>').format(ring.summary) if ring.summary else "",
        Markup("").join(first),
        folded,
    )


def _node(one: Neighbour, dataset: Dataset, translator: Translator) -> Markup:
    return Markup(
        '<li class="node {}"><a href="{}" target="_self" data-then="centre-title">'
        '<span aria-hidden="true">{}</span><span>{}</span></a>{}</li>'
    ).format(
        one.kind,
        address(dataset, one.kind, one.id, translator),
        _SIGNS[one.kind],
        one.title,
        Markup('<span class="sub">{}</span>').format(one.sub) if one.sub else "",
    )


def draw(translator: Translator) -> None:
    """Draw the page."""
    dataset = shared()
    asked = st.query_params.get("id", "")
    chosen = network.find(dataset, asked, st.query_params.get("type", "")) if asked else None
    pieces = [head(translator), chooser(dataset, chosen, translator)]
    if asked and chosen is None:
        pieces.append(
            Markup('<p class="missing" role="status">{}</p>').format(
                translator.t("clusters.unknown", id=asked[:80])
            )
        )
    elif chosen is None:
        pieces.append(Markup('<p class="own-empty">{}</p>').format(translator.t("clusters.begin")))
    else:
        found = network.network(dataset, chosen, translator)
        pieces += [around(found, dataset, translator), as_table(found, dataset, translator)]
    markup.draw(*pieces)


draw(current_translator())
