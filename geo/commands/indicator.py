"""`indicator`: SDG indicators from open data, each with its components and bounds."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import geopandas as gpd
import shapely
import typer
from shapely.geometry.base import BaseGeometry

from geo import snapshot as snapshots
from geo.commands.options import AsJson, SnapshotFolder
from geo.crs import to_metres
from geo.errors import IndicatorError
from geo.indicators import (
    READINGS,
    Estimate,
    lcrpgr,
    population_from_raster,
    public_space,
    public_transport,
    require_border,
)
from geo.network import network_from_snapshot
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


@indicator.command("lcrpgr")
def land_consumption(
    *,
    built: Annotated[tuple[float, float], typer.Option(help="Built-up area at both dates, m2.")],
    population: Annotated[tuple[float, float], typer.Option(help="People at both dates.")],
    years: Annotated[float, typer.Option(help="Between the dates.")],
    as_json: AsJson = False,
) -> None:
    """11.3.1: land consumption rate against population growth rate, within one border."""
    found = lcrpgr(built, population, years)
    if as_json:
        answer = {"indicator": "11.3.1", **asdict(found)}
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=1, allow_nan=False))
        return
    ratio = f"{found.ratio:.4f}" if found.interpretable and found.ratio is not None else (
        "not interpretable (population changes by less than 0.1 % a year)"
    )  # fmt: skip
    typer.echo(f"11.3.1 LCRPGR {ratio}")
    typer.echo(f"  LCR {found.lcr:.7f} a year, PGR {found.pgr:.7f} a year")
    before, after = found.built_per_person
    typer.echo(f"  built-up area a person {before:.6g}, then {after:.6g}")
    typer.echo(f"  total change {found.total_change:.2%}")
    typer.echo(f"  {READINGS[found.reading]}")
    typer.echo(found.notice)


@indicator.command("transport")
def transport(
    *,
    border: Border = "administrative_city",
    group: Annotated[
        list[str] | None, typer.Option(help="Column of people to report apart; repeatable.")
    ] = None,
    population: Raster = None,
    snapshot: SnapshotFolder = None,
    as_json: AsJson = False,
) -> None:
    """11.2.1: share of people near a stop on the street network."""
    source = snapshots.shared(snapshot)
    city = _city(source, border)
    found = public_transport(
        network_from_snapshot(source, "walk"),
        source.layer("stops"),
        _people(source, population, city),
        city,
        border=border,
        groups=tuple(group or ()),
    )
    _tell(source, found, as_json=as_json)


@indicator.command("space")
def space(
    *,
    border: Border = "administrative_city",
    population: Raster = None,
    snapshot: SnapshotFolder = None,
    as_json: AsJson = False,
) -> None:
    """11.7.1: share of land that is public space, and of people near open public space."""
    source = snapshots.shared(snapshot)
    city = _city(source, border)
    found = public_space(
        network_from_snapshot(source, "walk"),
        source.layer("open_space"),
        _people(source, population, city),
        city,
        border=border,
    )
    _tell(source, found, as_json=as_json)


def _city(source: Snapshot, border: str) -> BaseGeometry:
    require_border(border)
    borders = source.layer("boundaries")
    shapes = to_metres(borders.geometry)[borders["border"] == border]
    if len(shapes) == 0:
        raise IndicatorError(f"snapshot `{source.about.id}` has no border `{border}`")
    return shapely.union_all(shapes.to_numpy())


def _people(source: Snapshot, raster: Path | None, city: BaseGeometry) -> gpd.GeoDataFrame:
    return source.layer("population") if raster is None else population_from_raster(raster, city)


def _tell(source: Snapshot, found: Estimate, *, as_json: bool) -> None:
    about = source.about
    if as_json:
        answer: dict[str, Any] = found.to_json()
        answer["snapshot"] = {
            "id": about.id,
            "example": about.is_example,
            "notice": about.notice_en,
            "retrieved": about.retrieved,
            "licence": about.licence,
            "attribution": about.attribution_en,
        }
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=1, allow_nan=False))
        return
    typer.echo(f"{found.indicator} for {found.border}, snapshot {about.id} of {about.retrieved}")
    for line in filter(None, (about.notice_en, f"Every number: {found.notice}.")):
        typer.echo(line)
    for rows in (found.values, found.components):
        for name, value in rows.items():
            ends = (value.low, value.high) if not isinstance(value, int | float | str) else (value,)
            shown = [end if isinstance(end, str) else f"{end:,.6g}" for end in ends]
            typer.echo(f"  {name}: {' to '.join(dict.fromkeys(shown))}")
    for name, chosen in found.assumptions.items():
        typer.echo(f"  assumed: {name} = {chosen}")
    for text in found.not_computed:
        typer.echo(f"  not computed: {text}")
    typer.echo(about.attribution_en)
