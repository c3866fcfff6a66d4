"""The catalogue on the page of sources: files, licences, tables to take away."""

import streamlit as st
from markupsafe import Markup

from geo.catalog import Entry
from geo.dataset import Dataset
from layers.locale import Translator
from layers.published import PUBLISHED, table_bytes
from views import markup
from views.tables import Column, table

_LICENCE_TEXTS = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "ODbL-1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
_SHA256_SHOWN = 12


def files(dataset: Dataset, translator: Translator) -> Markup:
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
            t(f"licence.{entry.licence}.short"),
            translator.date(entry.retrieved),
            _made(entry, translator),
            _fingerprint(entry),
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


def _title(entry: Entry, translator: Translator) -> str:
    return entry.title_ru if translator.lang == "ru" else entry.title_en


def _attributions(dataset: Dataset, licence: str, translator: Translator) -> list[str]:
    credits = (
        entry.attribution_ru if translator.lang == "ru" else entry.attribution_en
        for entry in dataset.catalog
        if entry.licence == licence
    )
    return list(dict.fromkeys(one for credit in credits for one in credit.split("; ")))


def _layer(entry: Entry, translator: Translator) -> Markup:
    title = _title(entry, translator)
    if entry.id not in PUBLISHED:
        return Markup("{}").format(title)
    label = translator.t("sources.download", title=title, format="GeoJSON")
    return Markup(
        '{}<span class="sub"><a href="./layers/{}.geojson" download aria-label="{}">GeoJSON</a>'
        "</span>"
    ).format(title, entry.id, label)


def _fingerprint(entry: Entry) -> Markup:
    """Return the beginning of the file's hash, which opens to all of it."""
    return Markup(
        '<details class="hash"><summary title="{}"><code>{}…</code></summary>'
        '<code class="whole">{}</code></details>'
    ).format(entry.sha256, entry.sha256[:_SHA256_SHOWN], entry.sha256)


def _made(entry: Entry, translator: Translator) -> Markup:
    attribution = entry.attribution_ru if translator.lang == "ru" else entry.attribution_en
    return Markup('{}<span class="sub">{}</span>').format(
        translator.t(f"made.{entry.id}"), attribution
    )
