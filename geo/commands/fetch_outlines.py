"""`fetch outlines`: true outlines of the sites from OpenStreetMap, proposed and then decided on."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from geo import settings
from geo.commands.fetch_progress import Shown
from geo.commands.options import AsJson, Folder
from geo.dataset import SHIPPED, load
from geo.errors import TracingError
from geo.fetch import Answer, Overpass
from geo.text import clean
from geo.tracing import (
    ACCURACY_M,
    FOLDER,
    Match,
    Proposal,
    Proposals,
    accept,
    chosen,
    is_written,
    next_steps,
    prepare,
    propose,
    read_proposals,
    read_selectors,
    refuse,
    write_proposals,
)
from geo.tracing.proposal_file import FILE

DEADLINE_S = 1_800.0


def outlines(
    sites: Annotated[
        list[str] | None,
        typer.Argument(
            help="Ids of sites; none: every one without a true outline.", metavar="[SITE]..."
        ),
    ] = None,
    *,
    accepted: Annotated[
        list[str] | None,
        typer.Option(
            "--accept",
            metavar="[SITE=]way/N",
            help="Take an outline over; repeat it, several of one site are joined.",
        ),
    ] = None,
    refused: Annotated[
        list[str] | None,
        typer.Option("--refuse", metavar="[SITE=]way/N", help="Never propose it again; repeat it."),
    ] = None,
    accuracy_m: Annotated[
        float, typer.Option(min=0, help="Error of the accepted outlines in metres.")
    ] = ACCURACY_M,
    out: Annotated[Path, typer.Option(help="Folder of the proposals.")] = FOLDER,
    endpoint: Annotated[
        str | None, typer.Option(help="Overpass API; else ATLAS_OVERPASS_URL.", show_default=False)
    ] = None,
    deadline: Annotated[
        float, typer.Option(min=1, help="Seconds for everything together.")
    ] = DEADLINE_S,
    as_json: AsJson = False,
    folder: Folder = SHIPPED,
) -> None:
    """Propose outlines of the sites from OpenStreetMap; --accept and --refuse decide on them.

    Without --accept and --refuse the source is asked and proposals.geojson is written; of sites
    that are not named here it keeps what it had. With them nobody is asked: what a person has
    looked at is what is taken over.
    """  # fmt: skip
    if accepted or refused:
        if sites:
            raise TracingError("--accept and --refuse name their sites themselves: SITE=way/N")
        _decide(folder, out, accepted or [], refused or [], accuracy_m)
        return
    prepare(out)
    kept = read_proposals(out).matches if sites and is_written(out) else {}
    dataset = load(folder)
    selectors, matches = read_selectors(folder), dict[str, Match]()
    with Shown() as shown:
        source = Overpass(
            endpoint or settings.current().overpass_url,
            cache=out / "answers",
            deadline=deadline,
            on_progress=shown.step,
        )

        def ask(site_id: str, query: str) -> Answer:
            shown.group(site_id)
            return source.elements(query)

        for match in propose(dataset.sites, selectors, ask, only=sites or ()):
            matches[match.site_id] = match
    write_proposals(Proposals({**kept, **matches}), out)
    if as_json:
        # Not Russian letters as they are: a name may hold what steers a terminal.
        typer.echo(json.dumps([_as_json(one) for one in matches.values()], indent=1))
    else:
        _describe(list(matches.values()), others=len(kept.keys() - matches), out=out, folder=folder)
    failed = any(match.reason == "not_asked" for match in matches.values())
    raise typer.Exit(1 if failed else 0)


def _decide(
    folder: Path, out: Path, accepted: list[str], refused: list[str], accuracy_m: float
) -> None:
    proposals = read_proposals(out)
    taken, left = ({*_pairs(proposals, choices)} for choices in (accepted, refused))
    if both := taken & left:
        raise TracingError(f"{', '.join(sorted(both))}: both accepted and refused")
    if accepted:
        written = accept(folder, proposals, accepted, accuracy_m=accuracy_m)
        typer.echo(f"accepted; written: {', '.join(written) or 'nothing'}")
        typer.echo("look: python -m geo diff HEAD; then mend by hand what README.md says of places")
    if refused:
        written = refuse(folder, proposals, refused)
        typer.echo(f"refused; written: {', '.join(written) or 'nothing'}")


def _pairs(proposals: Proposals, choices: list[str]) -> list[str]:
    found = chosen(proposals, choices)
    return [f"{site_id}={one.object}" for site_id, ones in found.items() for one in ones]


def _as_json(match: Match) -> dict[str, Any]:
    listed = [
        {name: value for name, value in vars(one).items() if name != "geometry"} | {"url": one.url}
        for one in match.proposals
    ]
    return asdict(match) | {"proposals": listed, "why": match.why}


def _describe(matches: list[Match], *, others: int, out: Path, folder: Path) -> None:
    console = Console(markup=False, highlight=False, emoji=False)
    for match in matches:
        if not match.proposals:
            # The reason may quote notes of a data folder that is somebody else's.
            console.print(f"{match.site_id}: {clean(match.why)}", soft_wrap=True)
            continue
        note = " (a kept answer: the source failed)" if match.stale else ""
        table = Table(title=f"{match.site_id}, data of {match.state}{note}", title_justify="left")
        for name in ("object", "name", "score", "overlap", "away, m", "area, ha", "of stated"):
            table.add_column(name, overflow="fold")
        for one in match.proposals:
            table.add_row(*_cells(one))
        console.print(table)
    found = sum(1 for match in matches if match.proposals)
    kept = f"; what was there of {others} other site(s) is kept" if others else ""
    words = ("--accept", "SITE=way/N", "--refuse", "SITE=way/N")
    console.print(
        f"{found} of {len(matches)} site(s) have proposals: {out / FILE}{kept}\n"
        f"look at them:  {next_steps.look(proposals=out, folder=folder)}\n"
        f"then decide:   {next_steps.decide(*words, proposals=out, folder=folder)}\n"
        "© OpenStreetMap contributors, ODbL 1.0",
        soft_wrap=True,
    )


def _cells(one: Proposal) -> tuple[str, ...]:
    return (
        one.object + ("" if one.repaired_ha is None else f" repaired: {one.repaired_ha:+.2f} ha"),
        one.name or "no name",
        f"{one.score:.2f}",
        "no outline today" if one.overlap is None else f"{one.overlap:.0%}",
        f"{one.distance_m:.0f}",
        f"{one.area_ha:.2f}",
        "not stated" if one.area_ratio is None else f"{one.area_ratio:.2f}",
    )
