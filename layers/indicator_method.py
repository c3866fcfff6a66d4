"""What the numbers of an assessment rest on: gaps, parks, sources, files, how to repeat them."""

from collections.abc import Mapping

from geo.dataset import Dataset
from geo.domains import PARK_TYPES
from geo.indicators import Assessment, openness
from geo.indicators.content import content_of, snapshot_sha256
from geo.indicators.public_space import NEVER, REPAIRED
from geo.provenance.rights import citation, rights_of
from layers.indicator_document import Head, Points, Section, Table, Text
from layers.indicator_words import gap_text, interval_text, title_of
from layers.locale import Translator

OFFICIAL = "https://unstats.un.org/sdgs/metadata/"
_STATES = ("open", "closed", "unknown")
_NEVER = ("11.4.1", "11.6.2", "11.a.1")
_ALWAYS: Mapping[str, tuple[str, ...]] = {
    "11.2.1": ("frequency", "affordability", "disability"),
    "11.3.1": ("one_date",),
}
"""What the official texts ask for and no snapshot can give."""


def missing(assessment: Assessment, translator: Translator) -> Section:
    """Return what is not computed and why, of this snapshot and always."""
    t = translator.t
    said = [gap_text(gap, translator) for gap in assessment.gaps]
    raster = assessment.raster
    if raster.get("no_data"):
        gaps = {"missing": raster["no_data"], "cells": raster["cells"]}
        shown = {name: translator.number(float(value)) for name, value in gaps.items()}
        said.append(t("indicator.gap.raster", name=raster.get("name", ""), **shown))
    said += _repaired(assessment, translator)
    said += [t(f"indicator.gap.{code}") for codes in _ALWAYS.values() for code in codes]
    groups = assessment.variants.groups
    person = "by_person.known" if groups else "by_person"
    said.append(t(f"indicator.gap.{person}", groups=", ".join(groups)))
    if assessment.counted == "people":
        said.append(t("indicator.gap.one_product"))
    return Section(
        "missing",
        t("indicator.missing"),
        (Text(t("indicator.missing.text"), "lead"), Points(tuple(said))),
    )


def _repaired(assessment: Assessment, translator: Translator) -> list[str]:
    """Return what was done to outlines that cross themselves; the same for every border."""
    for estimate in assessment.of("11.7.1")[:1]:
        assumed = estimate.assumptions
        if REPAIRED in assumed:
            before, after = (
                interval_text(name, assumed[name], translator)
                for name in ("outlines_before_m2", "outlines_after_m2")
            )
            n = translator.number(float(assumed[REPAIRED]))
            return [translator.t("indicator.gap.repaired", n=n, before=before, after=after)]
    return []


def never(translator: Translator) -> Section:
    """Return the indicators of goal 11 that geometry cannot give."""
    t = translator.t
    return Section(
        "never",
        t("indicator.never"),
        (
            Text(t("indicator.never.text"), "lead"),
            Points(tuple(t(f"indicator.never.{one}") for one in _NEVER)),
        ),
    )


def parks(dataset: Dataset, translator: Translator) -> Section:
    """Return how the six kinds of park count in 11.7.1, and the Atlas's own sites by it."""
    t, sites = translator.t, dataset.sites
    state = openness(sites["public_access"], sites["public_access_evidence_ru"], sites["park_type"])
    rows = []
    for park in PARK_TYPES:
        of_park = state[sites["park_type"] == park]
        counts = [int((of_park == name).sum()) for name in _STATES]
        rows.append(
            (
                t(f"park.{park}"),
                t("indicator.parks.never" if park in NEVER else "indicator.parks.depends"),
                t(f"indicator.parks.why.{park}"),
                *(translator.number(count) for count in counts),
            )
        )
    heads = (
        Head(t("indicator.parks.kind"), "wide"),
        Head(t("indicator.parks.default"), "brief"),
        Head(t("indicator.parks.reason"), "wide"),
        *(Head(t(f"indicator.parks.{name}"), "number") for name in _STATES),
    )
    table = Table(t("indicator.parks"), heads, tuple(rows))
    text = Text(t("indicator.parks.text"), "lead")
    return Section("parks", t("indicator.parks"), (text, table))


def method(assessment: Assessment, translator: Translator) -> Section:
    """Return sources, licence, citation, files with their hashes, and how to repeat it all."""
    t, number, about = translator.t, translator.number, assessment.snapshot.about
    ru = translator.lang == "ru"
    origin = content_of(assessment).origin
    cited = citation(origin, rights_of(origin.inputs))[translator.lang]
    said = [
        t(
            "indicator.method.snapshot",
            title=title_of(assessment.snapshot, translator),
            date=translator.date(about.retrieved),
            attribution=about.attribution_ru if ru else about.attribution_en,
            licence=about.licence,
        ),
        *_counted(assessment, translator),
        t("indicator.method.network"),
        t("indicator.method.unknown_stops"),
        t("indicator.method.streets"),
        t("indicator.method.official", url=OFFICIAL),
        t("indicator.method.cite", citation=cited),
        t("indicator.method.repeat", command=repeat_command(assessment)),
    ]
    entries = assessment.snapshot.entries.values()
    files = [("snapshot.toml", "", snapshot_sha256(assessment.snapshot))]
    files += [(entry.path, number(entry.rows), entry.sha256) for entry in entries]
    heads = (
        Head(t("indicator.column.file")),
        Head(t("indicator.column.rows"), "number"),
        Head(t("indicator.column.sha256"), "hash"),
    )
    table = Table(t("indicator.method.files"), heads, tuple(files))
    return Section("sources", t("indicator.method"), (Points(tuple(said)), table))


def repeat_command(assessment: Assessment) -> str:
    """Return the command that computes the same numbers; the folder is the reader's to name."""
    folder = "" if assessment.snapshot.about.is_example else " --snapshot …"
    raster = f" --population {assessment.raster['name']}" if "name" in assessment.raster else ""
    return f"python -m geo indicator all{folder}{raster} --out indicators.xlsx"


def _counted(assessment: Assessment, translator: Translator) -> list[str]:
    t, snapshot = translator.t, assessment.snapshot
    if assessment.counted == "buildings":
        n = translator.number(snapshot.entries["buildings"].rows)
        return [t("indicator.method.houses", n=n)]
    if assessment.raster:
        names = {name: str(assessment.raster.get(name, "")) for name in ("name", "crs")}
        return [t("indicator.method.raster", **names)]
    if assessment.counted == "people":
        n = translator.number(snapshot.entries["population"].rows)
        return [t("indicator.method.people", n=n)]
    return []
