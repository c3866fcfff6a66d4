"""`access`: travel times, reach and isochrones of a site or a position."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from geo import snapshot as snapshots
from geo.access import LEG_M, Access, Doubt, content_of, find_place
from geo.access import access as compute
from geo.commands.options import AsJson, SnapshotFolder
from geo.commands.say import say
from geo.export import write
from geo.indicators.estimate import Interval, rounded_down
from geo.network import FAR_M, WALK_M_S, Mode, Speeds
from geo.provenance import SUFFIX


def access(
    place: Annotated[str, typer.Argument(help="Id of a site, or lon,lat in degrees.")],
    *,
    mode: Annotated[Mode, typer.Option(help="On foot or by car, free flow.")] = "walk",
    minutes: Annotated[
        list[int] | None, typer.Option(help="From 1 to 60; repeat for several.", show_default=False)
    ] = None,
    walk_kmh: Annotated[float, typer.Option(help="Speed on foot.")] = WALK_M_S * 3.6,
    snapshot: SnapshotFolder = None,
    out: Annotated[
        Path | None, typer.Option(help="File for the isochrones; its ending tells the format.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say who comes to a place within minutes: an estimate from open data, with bounds."""
    source = snapshots.shared(snapshot)
    answer = compute(
        source,
        find_place(source, place),
        mode=mode,
        minutes=tuple(minutes or (5, 10, 15, 30)),
        speeds=Speeds(walk_m_s=walk_kmh / 3.6),
    )
    written = write(content_of(answer), out) if out is not None else None
    if as_json:
        found = answer.to_json()
        if written is not None:
            found["provenance"] = written.provenance
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1, allow_nan=False))
        return
    _describe(answer)
    if written is not None:
        say(f"{written.name}, {written.name}{SUFFIX}: written")


_DOUBTS: Mapping[Doubt, str] = {
    "far_from_street": f"the nearest street is over {LEG_M:g} m away and may not be the right one",
    "across_water": "the straight way to the nearest street crosses water: perhaps the wrong bank",
}


def _describe(answer: Access) -> None:
    found = answer.to_json()
    about = answer.snapshot.about
    say(f"{answer.place.name_en}: {found['mode']}, snapshot {about.id} of {about.retrieved}")
    for line in filter(None, (about.notice_en, f"Every number: {found['notice']}.")):
        say(line)
    position = found["position"]
    say(
        f"position by {position['basis']}: {position['candidates']} candidate(s), "
        f"{position['candidates_near_a_street']} near a street"
    )
    for name, rows in found["reach"].items():
        for row in rows:
            say(f"  {row['minutes']:>3} min: {_ends(row, 0)} {name}")
    for kind, row in found["nearest"].items():
        there, back = (_ends(row[way], 1) for way in ("minutes", "minutes_back"))
        both = there if there == back else f"{there} there, {back} back"
        said = f"{both} min" if row["minutes"]["low"] is not None else "none reached"
        say(f"  nearest {kind}: {said}")
    if found["stops_within_500_m"] is not None:
        stops, points = (
            _ends(found[f"{name}_within_500_m"], 0) for name in ("stops", "stop_points")
        )
        say(f"  stops within 500 m: {stops} ({points} platforms)")
    for code in answer.doubts:
        say(f"  doubtful: {_DOUBTS[code]}")
    for name, share in answer.far.items():
        if share:
            say(f"  {share:.1%} of {name} are over {FAR_M:g} m from any street")
    for text in found["not_computed"]:
        say(f"  not computed: {text}")
    say(about.attribution_en)


def _ends(row: dict[str, float | None], decimals: int) -> str:
    low, high = row["low"], row["high"]
    if low is None:
        return "not reached"
    if high is None:
        return f"{rounded_down(low, decimals):,.{decimals}f} to not reached"
    shown = Interval(low, high).rounded(decimals)
    first, last = (f"{end:,.{decimals}f}" for end in (shown.low, shown.high))
    return first if first == last else f"{first} to {last}"
