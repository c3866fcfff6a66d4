"""Proposed outlines beside those of today, as one HTML page that asks nobody for anything."""

from markupsafe import Markup

from geo.dataset import Dataset
from geo.tracing import Match, Proposal, Proposals
from layers.facts import capitalised
from layers.file_page import file_page
from layers.locale import Translator
from layers.objects import Record
from layers.shapes_svg import before_and_after


def outline_page(proposals: Proposals, dataset: Dataset, translator: Translator) -> str:
    """Return the page: for each site both outlines, what speaks for each, and how to decide.

    Sites that the dataset does not have are left out; sites with proposals come first.
    """
    t = translator.t
    matches = [
        match for match in proposals.matches.values() if match.site_id in dataset.sites.index
    ]
    matches.sort(key=lambda match: not match.proposals)
    body = Markup("").join(
        _site(match, dataset.sites.loc[match.site_id].to_dict(), translator) for match in matches
    )
    leads = ("outlines.lead", "outlines.score", "outlines.attribution")
    said = Markup("").join(Markup('<p class="soft">{}</p>').format(t(lead)) for lead in leads)
    return file_page(t("outlines.title"), said + body, translator, style="outline_page.css")


def _site(match: Match, site: Record, translator: Translator) -> Markup:
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
        Markup("").join(_proposal(one, site, translator) for one in match.proposals),
    )


def _proposal(one: Proposal, site: Record, translator: Translator) -> Markup:
    t = translator.t
    name = one.name or t("outlines.nameless")
    picture = before_and_after(
        site["geometry"], one.geometry, label=t("outlines.picture", name=name),
        length=translator.length,
    )  # fmt: skip
    rows = Markup("").join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(label, value)
        for label, value in _facts(one, translator)
    )
    return Markup(
        "<article><h3><bdi>{}</bdi></h3>{}<dl>{}</dl><footer>{}</footer></article>"
    ).format(name, picture, rows, _commands(one, translator))


def _commands(one: Proposal, translator: Translator) -> Markup:
    line = Markup("<p>{}: <code>python -m geo fetch outlines --{} {}={}</code></p>")
    return Markup("").join(
        line.format(translator.t(f"outlines.{word}"), word, one.site_id, one.object)
        for word in ("accept", "refuse")
    )


def _facts(one: Proposal, translator: Translator) -> list[tuple[str, str | Markup]]:
    t = translator.t

    def known(value: float | None, field: str, text: str) -> tuple[str, str]:
        said = t(f"outlines.unknown.{field}") if value is None else text
        return t(f"outlines.field.{field}"), said

    return [
        (t("outlines.object"), Markup('<a href="{}">{}</a>').format(one.url, one.object)),
        (t("outlines.field.score"), translator.number(one.score, 2)),
        known(one.name_likeness, "name", translator.percent(one.name_likeness)),
        known(one.overlap, "overlap", translator.percent(one.overlap)),
        (t("outlines.field.distance"), translator.length(one.distance_m)),
        (t("outlines.field.area"), translator.area(one.area_ha)),
        known(one.area_ratio, "ratio", f"× {translator.number(one.area_ratio, 2)}"),
    ]
