"""`indicator`: SDG indicators from open data, each with its components and bounds."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from geo import snapshot as snapshots
from geo.commands.options import AsJson, SnapshotFolder
from geo.commands.say import say
from geo.errors import IndicatorError
from geo.export import Content, write
from geo.indicators import (
    NOTICE,
    READINGS,
    Estimate,
    Interval,
    assess,
    centres_of,
    lcrpgr,
)
from geo.indicators.content import (
    content_of,
    content_of_centres,
    content_of_estimate,
    content_of_rates,
)
from geo.indicators.estimate import decimals_of
from geo.indicators.grid import people_grid
from geo.indicators.raster import people_of
from geo.indicators.single import people_counted, space_of, transport_of
from geo.provenance import SUFFIX
from geo.snapshot import Snapshot

indicator = typer.Typer(
    no_args_is_help=True,
    help="SDG 11 indicators: estimates from open data, not official statistics.",
    rich_markup_mode=None,
)

Border = Annotated[str, typer.Option(help="urban_centre, administrative_city or agglomeration.")]
Raster = Annotated[
    Path | None,
    typer.Option("--population", help="GHS-POP or WorldPop GeoTIFF instead of the snapshot's."),
]
Out = Annotated[
    Path | None,
    typer.Option(help="File for the numbers (.csv, .xlsx, .json); its provenance stands beside."),
]


@indicator.command("lcrpgr")
def land_consumption(
    *,
    built: Annotated[tuple[float, float], typer.Option(help="Built-up area at both dates, m2.")],
    population: Annotated[tuple[float, float], typer.Option(help="People at both dates.")],
    years: Annotated[float, typer.Option(help="Between the dates.")],
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """11.3.1: land consumption rate against population growth rate, within one border."""
    found = lcrpgr(built, population, years)
    _write(content_of_rates(found), out)
    if as_json:
        _json({"indicator": "11.3.1", **asdict(found)})
        return
    ratio = f"{found.ratio:.4f}" if found.ratio is not None else (
        "not interpretable (population changes by less than 0.1 % a year)"
    )  # fmt: skip
    say(f"11.3.1 LCRPGR {ratio}")
    say(f"  LCR {found.lcr:.7f} a year, PGR {found.pgr:.7f} a year")
    before, after = found.built_per_person
    say(f"  built-up area a person {before:.6g} m2, then {after:.6g} m2")
    say(f"  total change {found.total_change:.2%}")
    say(f"  {READINGS[found.reading]}")
    say(found.notice)
    _wrote(out)


@indicator.command("transport")
def transport(
    *,
    border: Border = "administrative_city",
    group: Annotated[
        list[str] | None, typer.Option(help="Column of people to report apart; repeatable.")
    ] = None,
    population: Raster = None,
    snapshot: SnapshotFolder = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """11.2.1: share of people near a stop on the street network."""
    source = snapshots.shared(snapshot)
    people = people_counted(source, population)
    groups = tuple(group or ())
    found = transport_of(source, people, border=border, groups=groups, raster=population)
    content = content_of_estimate(found, source, raster=people.attrs, groups=groups)
    _tell(source, [found], content, out, as_json=as_json, raster=people.attrs)


@indicator.command("space")
def space(
    *,
    border: Border = "administrative_city",
    population: Raster = None,
    snapshot: SnapshotFolder = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """11.7.1: share of land that is public space, and of people near open public space."""
    source = snapshots.shared(snapshot)
    people = people_counted(source, population)
    found = space_of(source, people, border=border, raster=population)
    content = content_of_estimate(found, source, raster=people.attrs)
    _tell(source, [found], content, out, as_json=as_json, raster=people.attrs)


@indicator.command("all")
def everything(
    *,
    population: Raster = None,
    snapshot: SnapshotFolder = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """All indicators for all borders, with sensitivity, and what is not computed."""
    source = snapshots.shared(snapshot)
    found = assess(source, population=people_of(source, population), raster=population)
    if found is None:
        raise IndicatorError("the work was given up")
    extra = {
        "not_computed": [asdict(gap) for gap in found.gaps],
        "sensitivity": [
            {
                "border": border,
                "measure": measure,
                "choices": table.reset_index().to_dict("records"),
            }
            for (border, measure), table in found.sensitivities.items()
        ],
    }
    content = content_of(found)
    _tell(source, found.estimates, content, out, as_json=as_json, raster=found.raster, extra=extra)


@indicator.command("centre")
def centre(
    *,
    population: Raster = None,
    snapshot: SnapshotFolder = None,
    out: Out = None,
    as_json: AsJson = False,
) -> None:
    """Urban centres by the Degree of Urbanisation, which the official text takes for cities."""
    source = snapshots.shared(snapshot)
    people = people_counted(source, population)
    found = centres_of(people_grid(source, people, population))
    _write(content_of_centres(found, source, raster=people.attrs), out)
    if as_json:
        rows = [{"people": one.people, "km2": one.cells} for one in found]
        about = {"notice": NOTICE, "snapshot": _about(source)}
        _json({"urban_centres": rows, **about, **_of_raster(people.attrs)})
        return
    _say_raster(people.attrs)
    say(f"{len(found)} urban centre(s) by the Degree of Urbanisation")
    for one in found:
        say(f"  {one.people:,.0f} people on {one.cells:,} km2")
    _say_origin(source)
    _wrote(out)


def _tell(
    source: Snapshot,
    found: Sequence[Estimate],
    content: Content,
    out: Path | None,
    *,
    as_json: bool,
    raster: Mapping[str, Any],
    extra: Mapping[str, Any] | None = None,
) -> None:
    _write(content, out)
    if as_json:
        # One estimate is told as it is, several as a list.
        rows = [one.to_json() for one in found]
        answer = rows[0] if extra is None else {"estimates": rows, **extra}
        _json({**answer, "snapshot": _about(source), **_of_raster(raster)})
        return
    about = source.about
    _say_raster(raster)
    for one in found:
        say(f"{one.indicator} for {one.border}, snapshot {about.id} of {about.retrieved}")
        _describe(one)
    for gap in (extra or {}).get("not_computed", ()):
        where = " ".join(filter(None, (gap["indicator"], gap["border"])))
        say(f"not computed: {where} {gap['code']} {gap['what']}".replace("  ", " "))
    _say_origin(source)
    _wrote(out)


def _say_origin(source: Snapshot) -> None:
    about = source.about
    for line in filter(None, (about.notice_en, f"Every number: {NOTICE}.", about.attribution_en)):
        say(line)


def _of_raster(raster: Mapping[str, Any]) -> dict[str, Any]:
    return {"raster": dict(raster)} if raster else {}


def _say_raster(raster: Mapping[str, Any]) -> None:
    """Name the raster of people and its gaps, in which nobody is counted."""
    if raster:
        say(
            f"people of {raster['name']} ({raster['crs']}): {raster['no_data']:,} of "
            f"{raster['cells']:,} cells have no data and count nobody"
        )


def _describe(found: Estimate) -> None:
    for rows in (found.values, found.components):
        for name, value in rows.items():
            say(f"  {name}: {_shown(name, value)}")
    for name, chosen in found.assumptions.items():
        say(f"  assumed: {name} = {chosen}")
    for text in found.not_computed:
        say(f"  not computed: {text}")


def _shown(name: str, value: Interval | float | str) -> str:
    """Return a value rounded as the page has it; JSON and files have all digits."""
    if isinstance(value, str):
        return value
    ends = value if isinstance(value, Interval) else Interval(value, value)
    rounded, decimals = ends.rounded(decimals_of(name)), decimals_of(name)
    texts = (f"{end:,.{decimals}f}" for end in (rounded.low, rounded.high))
    return " to ".join(dict.fromkeys(texts))


def _about(source: Snapshot) -> dict[str, Any]:
    about = source.about
    return {
        "id": about.id,
        "example": about.is_example,
        "notice": about.notice_en,
        "retrieved": about.retrieved,
        "licence": about.licence,
        "attribution": about.attribution_en,
    }


def _json(answer: Mapping[str, Any]) -> None:
    typer.echo(json.dumps(answer, ensure_ascii=False, indent=1, allow_nan=False))


def _write(content: Content, out: Path | None) -> None:
    if out is not None:
        write(content, out)


def _wrote(out: Path | None) -> None:
    if out is not None:
        say(f"{out.name}, {out.name}{SUFFIX}: written")
