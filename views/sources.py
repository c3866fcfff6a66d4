"""The page Sources and data quality: where the facts come from and how far they can be trusted."""

import pandas as pd
import streamlit as st
from markupsafe import Markup

from geo import quality
from geo.catalog import Entry
from geo.dataset import Dataset, shared
from geo.domains import GEOMETRY_METHODS
from layers.locale import Translator
from layers.published import PUBLISHED, table_bytes
from views import markup
from views.language import translator as current_translator
from views.tables import Column, table

_LICENCE_TEXTS = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
_SECTIONS = ("catalogue", "licences", "completeness", "precision", "doubts", "origin")
_HOSTS_SHOWN = 12
_SHA256_SHOWN = 12
_DOUBTS = 5
_CORRECTIONS = 4
_GROUP_WORDS = {"sites": "park", "projects": "kind", "organisations": "organisations"}


def head(dataset: Dataset, translator: Translator) -> Markup:
    """Return title, introduction, a few counts, how to cite, and the contents of the page."""
    t, number = translator.t, translator.number
    figures = [
        (t("sources.release"), Markup("<code>{}</code>").format(dataset.release)),
        (t("sources.objects"), number(len(dataset.rows))),
        (t("sources.placed"), number(int(dataset.rows.geometry.notna().sum()))),
        (t("sources.hosts"), number(len(quality.sources(dataset)))),
    ]
    retrieved = max(entry.retrieved for entry in dataset.catalog)
    return Markup(
        '<header><h1>{}</h1><p class="lead">{}</p><dl class="figures">{}</dl>'
        '<p class="aside">{}</p><h3 class="cite-title">{}</h3><p class="cite">{}</p>'
        '<nav class="contents" aria-label="{}">{}</nav></header>'
    ).format(
        t("sources.title"),
        t("sources.lead"),
        markup.each("<div><dt>{}</dt><dd>{}</dd></div>", figures),
        t("sources.release.help"),
        t("sources.cite"),
        t("sources.cite.text", release=dataset.release, date=translator.date(retrieved)),
        t("sources.contents"),
        markup.each(
            '<a href="#{}" target="_self">{}</a>',
            ((name, t(f"sources.{name}")) for name in _SECTIONS),
        ),
    )


def catalogue(dataset: Dataset, translator: Translator) -> Markup:
    """Return the table of all files."""
    t = translator.t
    columns = [
        Column(t("sources.column.layer"), "wide"),
        Column(t("sources.column.rows"), "number"),
        Column(t("sources.column.licence"), "brief"),
        Column(t("sources.column.retrieved"), "brief"),
        Column(t("sources.column.made"), "wide"),
        Column(t("sources.column.sha256"), "brief quiet"),
    ]
    rows = [
        (
            _layer(entry, translator),
            translator.number(entry.rows),
            entry.licence,
            translator.date(entry.retrieved),
            _made(entry, translator),
            Markup('<code title="{}">{}…</code>').format(
                entry.sha256, entry.sha256[:_SHA256_SHOWN]
            ),
        )
        for entry in dataset.catalog
    ]
    return markup.section(
        "catalogue",
        t("sources.catalogue"),
        t("sources.catalogue.lead"),
        table(t("sources.catalogue"), columns, rows, css="stack"),
        Markup('<p class="aside">{}</p>').format(t("sources.sha256.help")),
    )


def licences(dataset: Dataset, translator: Translator) -> Markup:
    """Return a card for each licence: what it means and what it covers."""
    t = translator.t
    used = list(dict.fromkeys(entry.licence for entry in dataset.catalog))
    cards = [
        (
            t(f"licence.{licence}"),
            t(f"licence.{licence}.means"),
            t("sources.licences.layers"),
            translator.join(
                _title(entry, translator) for entry in dataset.catalog if entry.licence == licence
            ),
            t("sources.licences.attribution"),
            "; ".join(_attributions(dataset, licence, translator)),
            markup.outside(_LICENCE_TEXTS[licence], t("sources.licences.terms")),
        )
        for licence in used
    ]
    return markup.section(
        "licences",
        t("sources.licences"),
        t("sources.licences.lead"),
        Markup('<div class="cards">{}</div>').format(
            markup.each(
                '<article class="card"><h3>{}</h3><p>{}</p><p class="quiet">{}: {}</p>'
                '<p class="quiet">{}: {}</p><p>{}</p></article>',
                cards,
            )
        ),
    )


def completeness(dataset: Dataset, translator: Translator) -> Markup:
    """Return for each layer a table of fields by kinds with the share that is filled in."""
    t = translator.t
    counts = quality.completeness(dataset)
    return markup.section(
        "completeness",
        t("sources.completeness"),
        t("sources.completeness.lead"),
        Markup('<p class="aside">{}</p>').format(t("sources.completeness.legend")),
        *(_heat(layer, counts[counts["layer"] == layer], translator) for layer in quality.MEASURED),
    )


def precision(dataset: Dataset, translator: Translator) -> Markup:
    """Return how far places may lie off, and by what means they were found."""
    t = translator.t
    counts = quality.precision(dataset)
    cards = Markup("").join(
        _precision_card(layer, counts[counts["layer"] == layer], translator)
        for layer in quality.MEASURED
    )
    return markup.section(
        "precision",
        t("sources.precision"),
        t("sources.precision.lead"),
        Markup('<div class="cards">{}</div>').format(cards),
        _methods(counts, translator),
    )


def doubts(dataset: Dataset, translator: Translator) -> Markup:
    """Return the checks with the records they found, the known doubts and the corrections."""
    t = translator.t
    found = quality.doubts(dataset)
    names = dataset.rows.set_index("id")[f"name_{translator.lang}"]
    checks = Markup("").join(
        _check(check, names.loc[found.loc[found["check"] == check, "id"]], translator)
        for check in quality.CHECKS
    )
    known = ((t(f"doubt.{n}.title"), t(f"doubt.{n}.text")) for n in range(1, _DOUBTS + 1))
    corrected = ((t(f"correction.{n}"),) for n in range(1, _CORRECTIONS + 1))
    return markup.section(
        "doubts",
        t("sources.doubts"),
        t("sources.doubts.lead"),
        Markup('<div class="cards four">{}</div>').format(checks),
        Markup('<div class="cards">{}</div>').format(
            markup.each(
                '<article class="card"><h3>{}</h3><ul class="points">{}</ul></article>',
                [
                    (
                        t("sources.known_doubts"),
                        markup.each("<li><strong>{}.</strong> {}</li>", known),
                    ),
                    (t("sources.corrections"), markup.each("<li>{}</li>", corrected)),
                ],
            )
        ),
    )


def origin(dataset: Dataset, translator: Translator) -> Markup:
    """Return the sites that most records cite."""
    counts = quality.sources(dataset)
    shown, rest = counts.head(_HOSTS_SHOWN), max(len(counts) - _HOSTS_SHOWN, 0)
    longest = max(counts["rows"], default=1)
    bars = markup.bars(
        (
            (host, rows / longest, translator.number(rows))
            for host, rows in shown.itertuples(index=False)
        ),
        css="wide",
    )
    more = Markup('<p class="aside">{}</p>').format(translator.plural("sources.origin.more", rest))
    return markup.section(
        "origin",
        translator.t("sources.origin"),
        translator.t("sources.origin.lead"),
        Markup('<div class="card">{}{}</div>').format(bars, more if rest else ""),
    )


def _title(entry: Entry, translator: Translator) -> str:
    return entry.title_ru if translator.lang == "ru" else entry.title_en


def _attributions(dataset: Dataset, licence: str, translator: Translator) -> list[str]:
    return list(
        dict.fromkeys(
            entry.attribution_ru if translator.lang == "ru" else entry.attribution_en
            for entry in dataset.catalog
            if entry.licence == licence
        )
    )


def _layer(entry: Entry, translator: Translator) -> Markup:
    title = _title(entry, translator)
    if entry.id not in PUBLISHED:
        return Markup("{}").format(title)
    label = translator.t("sources.download", title=title, format="GeoJSON")
    return Markup(
        '{}<span class="sub"><a href="./layers/{}.geojson" download aria-label="{}">GeoJSON</a>'
        "</span>"
    ).format(title, entry.id, label)


def _made(entry: Entry, translator: Translator) -> Markup:
    attribution = entry.attribution_ru if translator.lang == "ru" else entry.attribution_en
    return Markup('{}<span class="sub">{}</span>').format(
        translator.t(f"made.{entry.id}"), attribution
    )


def _heat(layer: str, counts: pd.DataFrame, translator: Translator) -> Markup:
    t = translator.t
    groups = list(dict.fromkeys(counts["group"]))
    columns = [
        Column(t("sources.column.field")),
        *(
            Column(
                t(f"{_GROUP_WORDS[layer]}.{group}"),
                sign=markup.disc(group, translator) if layer == "sites" else None,
            )
            for group in groups
        ),
        Column(t("sources.column.all"), "strong"),
    ]
    cells = counts.set_index(["column", "group"])[["known", "rows"]]
    rows = []
    for field in quality.MEASURED[layer]:
        pairs = [tuple(cells.loc[(field, group)]) for group in groups]
        pairs.append((sum(known for known, _ in pairs), sum(rows for _, rows in pairs)))
        shares = [_share(int(known), int(all_rows), translator) for known, all_rows in pairs]
        rows.append([t(f"field.{field}"), *shares])
    caption = t("sources.completeness.caption", layer=t(f"layer.{layer}"))
    return Markup('<h3 class="heat-title">{}</h3>{}').format(
        t(f"layer.{layer}"), table(caption, columns, rows, css="heat")
    )


def _share(known: int, rows: int, translator: Translator) -> Markup:
    share = known / rows if rows else 0.0
    return Markup('<span class="cell {}" style="--share:{}">{}<small>{}</small></span>').format(
        "none" if known == 0 else "",
        round(100 * share),
        translator.percent(share),
        translator.t(
            "sources.completeness.cell",
            known=translator.number(known),
            rows=translator.number(rows),
        ),
    )


def _precision_card(layer: str, counts: pd.DataFrame, translator: Translator) -> Markup:
    by_class = counts.groupby("accuracy_class")["rows"].sum()
    total = int(by_class.sum())
    shown = [name for name in quality.ACCURACY_CLASSES if name in by_class]
    bars = markup.bars(
        (
            Markup('<span class="{}">{}</span>').format(
                "missing" if name == "not_placed" else "", translator.t(f"accuracy.{name}")
            ),
            by_class[name] / total,
            translator.number(int(by_class[name])),
        )
        for name in shown
    )
    title = translator.t(
        "sources.precision.of", layer=translator.t(f"layer.{layer}"), n=translator.number(total)
    )
    return Markup('<article class="card"><h3>{}</h3>{}</article>').format(title, bars)


def _methods(counts: pd.DataFrame, translator: Translator) -> Markup:
    t = translator.t
    by_method = counts.groupby(["geometry_method", "layer"])["rows"].sum().to_dict()
    used = set(counts["geometry_method"])
    columns = [
        Column(t("sources.column.method")),
        Column(t("sources.column.means"), "wide"),
        *(Column(t(f"layer.{layer}"), "number") for layer in quality.MEASURED),
    ]
    rows = [
        (
            t(f"method.{method}"),
            t(f"method.{method}.explain"),
            *(translator.number(by_method.get((method, layer), 0)) for layer in quality.MEASURED),
        )
        for method in GEOMETRY_METHODS
        if method in used
    ]
    return table(t("sources.methods"), columns, rows, css="stack")


def _check(check: str, names: "pd.Series[str]", translator: Translator) -> Markup:
    t = translator.t
    links = markup.each(
        "<li>{}</li>",
        ((markup.to_map(f"sel={own_id}", name, translator),) for own_id, name in names.items()),
    )
    records = (
        Markup('<details><summary>{}</summary><ul class="found">{}</ul></details>').format(
            t("sources.doubts.list"), links
        )
        if len(names)
        else Markup('<p class="quiet">{}</p>').format(t("sources.doubts.none"))
    )
    return Markup(
        '<article class="card"><p class="badge">{}</p><h3>{}</h3><p>{}</p>{}</article>'
    ).format(translator.number(len(names)), t(f"check.{check}"), t(f"check.{check}.means"), records)


def draw_tables(dataset: Dataset, translator: Translator) -> None:
    """Draw a button for each table that can be taken as CSV."""
    markup.draw(Markup("<h3>{}</h3>").format(translator.t("sources.tables")))
    with st.container(horizontal=True, key="tables"):
        for entry in dataset.catalog.of_kind("table"):
            st.download_button(
                _title(entry, translator),
                table_bytes(dataset, entry.id),
                file_name=f"{entry.id}.csv",
                mime="text/csv",
                key=f"table-{entry.id}",
                icon=":material/download:",
                help=translator.t(
                    "sources.download", title=_title(entry, translator), format="CSV"
                ),
                on_click="ignore",
            )


def draw(dataset: Dataset, translator: Translator) -> None:
    """Draw the page."""
    markup.draw(head(dataset, translator), catalogue(dataset, translator))
    draw_tables(dataset, translator)
    markup.draw(
        licences(dataset, translator),
        completeness(dataset, translator),
        precision(dataset, translator),
        doubts(dataset, translator),
        origin(dataset, translator),
    )


draw(shared(), current_translator())
