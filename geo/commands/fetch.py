"""`fetch`: OpenStreetMap into a snapshot folder. With `fetch outlines`, all that asks a network."""

import json
import shlex
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from geo import settings
from geo.commands.fetch_outlines import outlines
from geo.commands.fetch_progress import Shown
from geo.commands.options import AsJson
from geo.commands.stopping import stoppable
from geo.fetch.overpass import Overpass
from geo.fetch.refusals import refuse
from geo.fetch.themes import LAYERS
from geo.printable import printable
from geo.snapshot import BORDERS, Snapshot

if TYPE_CHECKING:
    from geo.fetch.freeze import Fetched
    from geo.fetch.place import Place
    from geo.fetch.source import Source

DEADLINE_S = 3_600.0


class _PlaceUnlessNamed(TyperGroup):
    """`fetch Томск` is `fetch place Томск`: a name that is no command is that of a place."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        if not args or args[0] not in (*self.commands, "--help"):
            args = ["place", *args]
        return super().parse_args(ctx, args)


fetch = typer.Typer(cls=_PlaceUnlessNamed, help="OpenStreetMap into a snapshot, or as outlines.")
fetch.command("outlines")(outlines)


@fetch.command("place")
def place(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="[PLACE]",
            help="Name of an administrative boundary, or relation/ID. Nothing: the agglomeration.",
        ),
    ] = None,
    *,
    out: Annotated[Path, typer.Option(help="Snapshot folder to write.")],
    bbox: Annotated[str | None, typer.Option(help="west,south,east,north in degrees.")] = None,
    polygon: Annotated[Path | None, typer.Option(help="GeoJSON file of polygons.")] = None,
    border: Annotated[
        str | None,
        typer.Option(help=f"Which border PLACE or the polygon is: {', '.join(BORDERS)}."),
    ] = None,
    layers: Annotated[
        str | None, typer.Option(help=f"Some of {','.join(LAYERS)}; all by default.")
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--from", help="Read .osm, .osm.gz or .osm.pbf, ask nobody.")
    ] = None,
    endpoint: Annotated[
        str | None, typer.Option(help="Overpass API; else ATLAS_OVERPASS_URL.", show_default=False)
    ] = None,
    deadline: Annotated[
        float | None,
        typer.Option(
            min=1,
            help=f"Seconds for everything together; {DEADLINE_S:g} by default.",
            show_default=False,
        ),
    ] = None,
    cache: Annotated[
        Path | None,
        typer.Option(help="Folder of kept answers; by default beside --out.", show_default=False),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Fetch streets, buildings, stops, open space, water and institutions into a snapshot.

    0 done; 1 done, with elements left out or a kept copy used, which is said; 2 refused.
    """
    # Only here: OSMnx and libosmium would slow down the start of every other command.
    from geo.fetch.file import OsmFile
    from geo.fetch.folders import answers_beside, check_cache, check_folder
    from geo.fetch.freeze import freeze, gather, names_of
    from geo.fetch.online import Online

    chosen = _chosen(layers)
    if border is not None and border not in BORDERS:
        raise typer.BadParameter(f"must be one of {', '.join(BORDERS)}", param_hint="--border")
    if border is not None and name is None and polygon is None:
        raise typer.BadParameter("needs PLACE or --polygon", param_hint="--border")
    asked: dict[str, str | Path | None] = {
        "--bbox": bbox, "--polygon": polygon, "--border": border, "--layers": layers, "--out": out,
    }  # fmt: skip
    # Before anything is asked, so that nobody waits an hour for a refusal.
    check_folder(out, names_of(chosen))
    answers = answers_beside(out) if cache is None else cache
    with stoppable("no snapshot was written; answers received so far are kept"), Shown() as shown:
        source: Source
        if file is not None:
            _check_offline({"--endpoint": endpoint, "--deadline": deadline, "--cache": cache})
            source = OsmFile(file)
            asked["--from"] = file
        else:
            check_cache(answers, out)
            overpass = Overpass(
                endpoint or settings.current().overpass_url,
                cache=answers,
                deadline=DEADLINE_S if deadline is None else deadline,
                on_progress=shown.step,
            )
            source = Online(overpass, on_box=shown.box)
            asked |= {"--endpoint": overpass.endpoint.url, "--cache": cache}
        shown.group("place")
        where = _where(source, name, bbox, polygon, border)
        fetched = gather(source, where, chosen, on_group=shown.group)
        snapshot = freeze(out, fetched, where, source, _command(name, asked))
    if as_json:
        typer.echo(json.dumps(_as_json(snapshot, fetched), ensure_ascii=False, indent=1))
    else:
        _describe(snapshot, fetched)
    raise typer.Exit(1 if fetched.refused or fetched.stale else 0)


def _chosen(layers: str | None) -> tuple[str, ...]:
    if layers is None:
        return LAYERS
    names = tuple(name.strip() for name in layers.split(","))
    unknown = [name for name in names if name not in LAYERS]
    if unknown:
        raise typer.BadParameter(f"no layer {', '.join(unknown)}", param_hint="--layers")
    return names


def _check_offline(options: Mapping[str, object]) -> None:
    for option, value in options.items():
        if value is not None:
            raise typer.BadParameter("means nothing with --from", param_hint=option)


def _where(
    source: "Source",
    name: str | None,
    bbox: str | None,
    polygon: Path | None,
    border: str | None,
) -> "Place":
    from geo.fetch.outline_file import outlined
    from geo.fetch.place import agglomeration, boxed, named

    if sum(one is not None for one in (name, bbox, polygon)) > 1:
        raise refuse("place", what="state one of PLACE, --bbox and --polygon")
    if bbox is not None:
        return boxed(bbox)
    if polygon is not None:
        return outlined(polygon, border)
    if name is not None:
        return named(source, name, border or "administrative_city")
    return agglomeration(source)


def _command(name: str | None, options: Mapping[str, str | Path | None]) -> str:
    """Return the command that does it again where its files lie: names without their folders."""
    words = ["python", "-m", "geo", "fetch", *([name] if name else [])]
    for option, value in options.items():
        if value is not None:
            words += [option, printable(value.name) if isinstance(value, Path) else value]
    return shlex.join(words)


def _as_json(snapshot: Snapshot, fetched: "Fetched") -> dict[str, Any]:
    about = snapshot.about
    return {
        "snapshot": about.id,
        "folder": printable(snapshot.folder.name),
        "retrieved": about.retrieved,
        "stale": about.stale or None,
        "source": about.source,
        "licence": about.licence,
        "attribution": about.attribution_en,
        "layers": [{"id": one.id, "rows": one.rows} for one in snapshot.entries.values()],
        "nothing_found": list(fetched.empty),
        "left_out": [
            {"element": f"{one.osm_type}/{one.osm_id}", "reason": one.reason}
            for one in fetched.refused
        ],
    }


def _describe(snapshot: Snapshot, fetched: "Fetched") -> None:
    about = snapshot.about
    typer.echo(f"{printable(snapshot.folder.name)}: snapshot {about.id}, data of {about.retrieved}")
    for entry in snapshot.entries.values():
        typer.echo(f"  {entry.rows:>9,} {entry.id}")
    for name in fetched.empty:
        typer.echo(f"  nothing found: {name}")
    reasons = Counter((one.osm_type, one.reason) for one in fetched.refused)
    for (osm_type, reason), count in reasons.most_common():
        typer.echo(f"  left out: {count} {osm_type}(s): {reason}")
    if about.stale:
        typer.echo(f"  warning: {about.notice_en}")
    typer.echo(about.attribution_en)
