"""The quality of the data on the page of sources: completeness, precision, doubts, origin."""

import pandas as pd
from markupsafe import Markup

from geo import quality
from geo.dataset import Dataset
from geo.domains import GEOMETRY_METHODS
from layers.locale import Translator
from views import markup
from views.tables import Column, table

_WEBSITES_SHOWN = 12
_DOUBTS = 5
_CORRECTIONS = 4
_GROUP_WORDS = {"sites": "park", "projects": "kind", "organisations": "organisations"}


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
        _sites_without(dataset, translator),
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
    shown, rest = counts.head(_WEBSITES_SHOWN), max(len(counts) - _WEBSITES_SHOWN, 0)
    longest = max(counts["rows"], default=1)
    bars = markup.bars(
        (
            (website, rows / longest, translator.number(rows))
            for website, rows in shown.itertuples(index=False)
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


def _sites_without(dataset: Dataset, translator: Translator) -> Markup:
    """Return for each field the sites whose sources do not tell it, each a link to the map."""
    t, sites = translator.t, dataset.sites
    lists = []
    for field in quality.MEASURED["sites"]:
        names = sites.loc[~quality.known(sites, field), f"name_{translator.lang}"]
        if len(names):
            summary = t("sources.without", field=t(f"field.{field}"))
            lists.append((summary, translator.number(len(names)), _linked(names, translator)))
    return Markup('<h3 class="heat-title">{}</h3>{}').format(
        t("sources.without.title"),
        markup.each(
            '<details class="without"><summary>{} <span class="count">{}</span></summary>'
            "{}</details>",
            lists,
        ),
    )


def _linked(names: "pd.Series[str]", translator: Translator) -> Markup:
    """Return names by id as a list of links to the map."""
    return Markup('<ul class="found">{}</ul>').format(
        markup.each(
            "<li>{}</li>",
            ((markup.to_map(f"sel={own_id}", name, translator),) for own_id, name in names.items()),
        )
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
    records = (
        Markup("<details><summary>{}</summary>{}</details>").format(
            t("sources.doubts.list"), _linked(names, translator)
        )
        if len(names)
        else Markup('<p class="quiet">{}</p>').format(t("sources.doubts.none"))
    )
    return Markup(
        '<article class="card"><p class="badge">{}</p><h3>{}</h3><p>{}</p>{}</article>'
    ).format(translator.number(len(names)), t(f"check.{check}"), t(f"check.{check}.means"), records)
