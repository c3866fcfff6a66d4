"""Report and numbers of the page of indicators to take away, made when they are asked for."""

from functools import partial
from typing import Any

import streamlit as st
from markupsafe import Markup

from geo.dataset import Dataset
from geo.export import FORMATS, bundle, to_bytes
from geo.indicators import Assessment
from geo.indicators.content import content_of
from layers.indicator_files import FORMATS as REPORTS
from layers.indicator_files import make_report
from layers.locale import Translator
from views import markup

_NUMBERS = ("csv", "csv-excel", "xlsx", "geojson", "parquet")
"""Formats that a table without places has a use for."""


def draw_files(
    assessment: Assessment, border: str, dataset: Dataset, translator: Translator
) -> None:
    """Draw the buttons."""
    t = translator.t
    markup.add(
        Markup('<section id="files"><h2>{}</h2><p class="lead">{}</p></section>').format(
            t("indicator.files"), t("indicator.files.text")
        )
    )
    stem = f"indicators-{translator.lang}"
    with st.container(horizontal=True, vertical_alignment="bottom", key="indicator-files"):
        for kind in ("pdf", "html"):
            st.download_button(
                t(f"indicator.files.{kind}"),
                partial(_report, assessment, border, dataset, translator, f"{stem}.{kind}"),
                file_name=f"{stem}.{kind}",
                mime=REPORTS[kind],
                key=f"indicator-{kind}",
                icon=":material/description:",
                on_click="ignore",
            )
        chosen = st.selectbox(
            t("indicator.files.format"),
            _NUMBERS,
            format_func=lambda one: t(f"ui.export.{one}"),
            key="indicator-format",
            placeholder=t("access.choose"),
        )
        name = f"indicators.{FORMATS[chosen].extension}"

        def made() -> Any:
            return to_bytes(content_of(assessment), chosen, name=name)

        st.download_button(
            t("indicator.files.numbers"),
            lambda: made().content,
            file_name=name,
            mime=FORMATS[chosen].media_type,
            key="indicator-numbers",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            t("indicator.files.bundle"),
            lambda: bundle(made()),
            file_name=f"{name}.zip",
            mime="application/zip",
            key="indicator-bundle",
            icon=":material/folder_zip:",
            on_click="ignore",
        )


def _report(
    assessment: Assessment, border: str, dataset: Dataset, translator: Translator, name: str
) -> bytes:
    return make_report(assessment, border, dataset, translator, name=name).content
