"""The section of the page of sources with what the checks of uploads find in our own files."""

from pathlib import Path

import streamlit as st
from markupsafe import Markup

from geo import settings
from geo.dataset import SHIPPED, Dataset
from geo.findings import tally
from geo.query import Query
from geo.read import Finding, Limits, Report
from geo.validation import validate_dataset
from layers.locale import Translator
from views import markup
from views.report_table import report_table
from views.tables import Column, table


@st.cache_resource(show_spinner=False)
def reports(release: str, folder: Path) -> tuple[Report, ...]:  # noqa: ARG001 - the key
    """Return the report of each file of a data folder; made once for a release."""
    return tuple(validate_dataset(folder, limits=Limits.of(settings.current())))


def draw_checks(dataset: Dataset, translator: Translator) -> None:
    """Draw the counts of every file, and the findings of the one that is chosen."""
    t = translator.t
    found = reports(dataset.release, settings.current().data_folder or SHIPPED)
    markup.add(
        markup.section(
            "checks", t("sources.checks"), t("sources.checks.lead"), _counts(found, translator)
        )
    )
    noted = {report.file: report for report in found if any(report)}
    if not noted:
        return
    chosen = st.pills(
        t("sources.checks.file"),
        list(noted),
        key="checks-file",
        default=next(iter(noted)),
        required=True,
        format_func=lambda file: f"{file}\u2002{translator.number(len(list(noted[file])))}",
    )
    report_table(
        noted[str(chosen)],
        translator,
        key=f"checks-{chosen}",
        link=lambda finding: _link(finding, dataset),
    )


def _counts(found: tuple[Report, ...], translator: Translator) -> Markup:
    names = ("rows_in", "kept", "repaired", "dropped", "warnings")
    columns = [
        Column(translator.t("sources.checks.file")),
        *(Column(translator.t(f"sources.checks.{name}"), "number") for name in names),
    ]
    counts = [(report.file, tally(report)) for report in found]
    rows = [
        (file, *(translator.number(getattr(count, name)) for name in names))
        for file, count in counts
    ]
    return table(translator.t("sources.checks"), columns, rows, css="stack")


def _link(finding: Finding, dataset: Dataset) -> str:
    """Return the part of a link that selects the object, if it is one of the list."""
    listed = finding.id in dataset.sites.index or finding.id in dataset.projects.index
    return Query(selected=finding.id).to_string() if finding.id and listed else ""
