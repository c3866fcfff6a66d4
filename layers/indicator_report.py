"""The whole of an assessment as a document: what the page shows below, and what a report holds."""

from geo.dataset import Dataset
from geo.indicators import Assessment, LandConsumption, lcrpgr
from layers.indicator_document import Document, Head, Section, Table, Text
from layers.indicator_method import method, missing, never, parks
from layers.indicator_results import INDICATORS, of_indicator, side_by_side
from layers.indicator_words import figure_text, title_of
from layers.locale import Translator

WORKED = ((100.0, 110.0), (500_000.0, 510_000.0), 5.0)
"""Built-up area, people and years of the specification's worked example."""


def document(
    assessment: Assessment, border: str, dataset: Dataset, translator: Translator
) -> Document:
    """Return the report of an assessment.

    Parameters
    ----------
    assessment
        What was computed.
    border
        For which border maps and sensitivity are shown; one of `assessment.borders`, or empty.
    dataset
        Whose sites show how parks count.
    translator
        Says everything in one language.
    """
    t, about = translator.t, assessment.snapshot.about
    notice = about.notice_ru if translator.lang == "ru" else about.notice_en
    sections = [side_by_side(assessment, translator)]
    for indicator in INDICATORS:
        sections += of_indicator(assessment, indicator, border, translator)
        if indicator == "11.3.1":
            sections.append(worked(translator))
    sections += [
        parks(dataset, translator),
        missing(assessment, translator),
        never(translator),
        method(assessment, translator),
    ]
    return Document(
        lang=translator.lang,
        title=t("indicator.title"),
        subtitle=t(
            "indicator.report.subtitle",
            title=title_of(assessment.snapshot, translator),
            date=translator.date(about.retrieved),
        ),
        warnings=tuple(filter(None, (notice, t("indicator.estimate"), t("indicator.derived")))),
        sections=tuple(sections),
        date=about.retrieved,
        author=t("shell.name"),
    )


def worked(translator: Translator) -> Section:
    """Return the worked example of 11.3.1, by which anybody can check the formula."""
    t, number = translator.t, translator.number
    built, people, years = WORKED
    given = (
        *((t(f"indicator.calc.built{n}"), number(value)) for n, value in enumerate(built, 1)),
        *((t(f"indicator.calc.people{n}"), number(value)) for n, value in enumerate(people, 1)),
        (t("indicator.calc.years"), number(years)),
    )
    found = rates_table(lcrpgr(built, people, years), translator)
    heads = (
        Head(t("indicator.column.measure"), "wide"),
        Head(t("indicator.calc.example"), "number"),
    )
    return Section(
        "worked",
        t("indicator.calc.example"),
        (
            Table(t("indicator.calc.example"), heads, (*given, *found)),
            Text(t("indicator.calc.rule"), "note"),
        ),
        level=3,
    )


def rates_table(found: LandConsumption, translator: Translator) -> tuple[tuple[str, str], ...]:
    """Return what 11.3.1 is made of, as rows of a table; the ratio in words where it must be."""
    t = translator.t

    def said(value: float, decimals: int) -> str:
        return figure_text(value, decimals, translator)

    ratio = t("indicator.calc.not_interpretable") if found.ratio is None else said(found.ratio, 4)
    before, after = (said(value, 6) for value in found.built_per_person)
    return (
        (t("indicator.calc.lcr"), said(found.lcr, 7)),
        (t("indicator.calc.pgr"), said(found.pgr, 7)),
        (t("indicator.calc.ratio"), ratio),
        (t("indicator.calc.per_person"), f"{before} → {after}"),
        (t("indicator.calc.total"), t("indicator.pct", n=said(100 * found.total_change, 2))),
    )
