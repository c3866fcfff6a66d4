"""Proposed outlines beside those of today, as one HTML page that asks nobody for anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from geo.dataset import SHIPPED, Dataset
from geo.tracing import (
    FOLDER,
    Match,
    Proposal,
    Proposals,
    Selector,
    is_outline_of,
    next_steps,
    remeasured,
)
from layers.facts import capitalised
from layers.file_page import file_page
from layers.locale import Translator
from layers.objects import Record
from layers.shapes_svg import before_and_after


@dataclass(frozen=True)
class Places:
    """Folders of the proposals and of the data, for the commands on the page."""

    proposals: Path = FOLDER
    data: Path = SHIPPED


def outline_page(
    proposals: Proposals,
    dataset: Dataset,
    selectors: Mapping[str, Selector],
    translator: Translator,
    *,
    places: Places | None = None,
) -> str:
    """Return the page: for each site both outlines, what speaks for each, and how to decide.

    Every proposal is measured against the dataset as it is now; of one that is decided on, or
    does not fit any more, the page says so and gives no command. Sites that the dataset does not
    have are left out; sites with proposals come first.

    Parameters
    ----------
    proposals, dataset, selectors, translator
        What is shown, against what, and in which language.
    places
        Folders that the commands name; None for the usual ones.
    """
    t = translator.t
    matches = [
        match for match in proposals.matches.values() if match.site_id in dataset.sites.index
    ]
    matches.sort(key=lambda match: not match.proposals)
    body = Markup("").join(
        _site(
            match,
            dataset.sites.loc[match.site_id].to_dict(),
            selectors.get(match.site_id),
            translator,
            places or Places(),
        )
        for match in matches
    )
    leads = ("outlines.lead", "outlines.score", "outlines.attribution")
    said = Markup("").join(Markup('<p class="soft">{}</p>').format(t(lead)) for lead in leads)
    return file_page(t("outlines.title"), said + body, translator, style="outline_page.css")


def _site(
    match: Match,
    site: Record,
    selector: Selector | None,
    translator: Translator,
    places: Places,
) -> Markup:
    t = translator.t
    name = translator.pick(site, "name")
    lines = [t("outlines.today", method=t(f"method.{site['geometry_method']}.explain"))]
    note = str(match.values.get(f"note_{translator.lang}", ""))
    if match.state:
        lines.append(t("outlines.state", date=translator.date(match.state)))
    if match.stale:
        lines.append(t("outlines.stale"))
    if match.reason:
        lines += [t("outlines.none"), t(f"outlines.reason.{match.reason}", note=note)]
    elif note:
        lines.append(f"{capitalised(note)}.")
    if match.left_out:
        reasons = translator.join(
            t(f"outlines.left.{code}", n=translator.number(count))
            for code, count in match.left_out.items()
        )
        lines.append(t("outlines.left_out", reasons=reasons))
    return Markup(
        '<section><h2>{} <span class="soft"><code>{}</code></span></h2>{}{}</section>'
    ).format(
        name,
        match.site_id,
        Markup("").join(Markup('<p class="soft">{}</p>').format(line) for line in lines),
        Markup("").join(
            _proposal(one, site, selector, translator, places) for one in match.proposals
        ),
    )


def _proposal(
    one: Proposal,
    site: Record,
    selector: Selector | None,
    translator: Translator,
    places: Places,
) -> Markup:
    t = translator.t
    today, fault = remeasured(one, site, selector)
    if is_outline_of(one, site):
        foot = Markup("<p>{}</p>").format(t("outlines.taken"))
    elif fault:
        said = "outlines.refused" if fault == "refused" else "outlines.unfit"
        foot = Markup("<p>{}</p>").format(t(said))
    else:
        foot = _commands(one, translator, places)
    name = one.name or t("outlines.nameless")
    picture = before_and_after(
        site["geometry"], one.geometry, label=t("outlines.picture", name=name),
        length=translator.length,
    )  # fmt: skip
    facts = [_object(one, translator), *([] if today is None else _facts(today, translator))]
    rows = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(label, value) for label, value in facts
    )
    return Markup(
        "<article><h3><bdi>{}</bdi></h3>{}<dl>{}</dl><footer>{}</footer></article>"
    ).format(name, picture, rows, foot)


def _commands(one: Proposal, translator: Translator, places: Places) -> Markup:
    line = Markup("<p>{}: <code>{}</code></p>")
    return Markup("").join(
        line.format(
            translator.t(f"outlines.{word}"),
            next_steps.decide(
                f"--{word}",
                next_steps.choice(one),
                proposals=places.proposals,
                folder=places.data,
            ),
        )
        for word in ("accept", "refuse")
    )


def _object(one: Proposal, translator: Translator) -> tuple[str, str]:
    link = Markup('<a href="{}">{}</a>').format(one.url, one.object)
    return translator.t("outlines.object"), link


def _facts(one: Proposal, translator: Translator) -> list[tuple[str, str]]:
    t = translator.t

    def known(value: float | None, field: str, text: str) -> tuple[str, str]:
        said = t(f"outlines.unknown.{field}") if value is None else text
        return t(f"outlines.field.{field}"), said

    repaired = () if one.repaired_ha is None else (_repaired(one.repaired_ha, translator),)
    return [
        *repaired,
        (t("outlines.field.score"), translator.number(one.score, 2)),
        known(one.name_likeness, "name", translator.percent(one.name_likeness)),
        known(one.overlap, "overlap", translator.percent(one.overlap)),
        (t("outlines.field.distance"), translator.length(one.distance_m)),
        (t("outlines.field.area"), translator.area(one.area_ha)),
        known(one.area_ratio, "ratio", f"× {translator.number(one.area_ratio, 2)}"),
    ]


def _repaired(change_ha: float, translator: Translator) -> tuple[str, str]:
    sign = "−" if change_ha < 0 else "+"
    return translator.t("outlines.field.repaired"), f"{sign}{translator.area(abs(change_ha))}"
