"""`join`: two layers by place, with its plan, and beside the result where it comes from."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from geo.commands.options import AsJson, Language
from geo.commands.say import say
from geo.export import write
from geo.join import JoinSpec, Plan, Side, as_layer, engines, params, vocabulary
from geo.join import join as run
from geo.join.content import content_of
from geo.join.layer import stem
from geo.join.snippets import arguments
from geo.join.target import check_target
from geo.printable import printable
from geo.provenance import SUFFIX

_PAIR = "Repeat for several; a colon within a name is written %3A."


def join(
    left: Annotated[str, typer.Argument(help="Id of a layer (`sites`: all parks), or a file.")],
    right: Annotated[str, typer.Argument(help="Id of a layer, or a file.")],
    *,
    predicate: Annotated[str, typer.Option(help=", ".join(vocabulary.PREDICATES))] = "intersects",
    how: Annotated[str, typer.Option(help=", ".join(vocabulary.SIDES))] = "left",
    multiplicity: Annotated[str, typer.Option(help=", ".join(vocabulary.MULTIPLICITIES))] = "all",
    distance_m: Annotated[float | None, typer.Option(help="For dwithin; limit of nearest.")] = None,
    k: Annotated[int, typer.Option(help="How many neighbours nearest takes.")] = 1,
    share: Annotated[float | None, typer.Option(help="For share: above 0, at most 1.")] = None,
    pattern: Annotated[str | None, typer.Option(help="For pattern: nine of T F * 0 1 2.")] = None,
    tie_rule: Annotated[str, typer.Option(help=", ".join(vocabulary.TIE_RULES))] = "id",
    priority_column: Annotated[str | None, typer.Option(help="For the rule priority.")] = None,
    priority: Annotated[list[str] | None, typer.Option(help="Its values, the best first.")] = None,
    exclusive: Annotated[bool, typer.Option("--exclusive", help="Not the row of the same id.")] = (
        False
    ),
    on: Annotated[list[str] | None, typer.Option(help=f"LEFT:RIGHT columns. {_PAIR}")] = None,
    summary: Annotated[
        list[str] | None,
        typer.Option(help=f"COLUMN:FUNCTION[:WEIGHT], such as jobs:sum or :count. {_PAIR}"),
    ] = None,
    transfer: Annotated[
        list[str] | None, typer.Option(help=f"LEFT COLUMN:{'|'.join(vocabulary.KINDS)}. {_PAIR}")
    ] = None,
    repair: Annotated[str, typer.Option(help=", ".join(vocabulary.REPAIRS))] = "make_valid",
    grid_m: Annotated[float, typer.Option(help="Round coordinates to it, 0 to 1.")] = 0.0,
    geometry: Annotated[str, typer.Option(help=", ".join(vocabulary.GEOMETRIES))] = "left",
    left_column: Annotated[list[str] | None, typer.Option(help="Keep these only.")] = None,
    right_column: Annotated[list[str] | None, typer.Option(help="Keep these only.")] = None,
    distance: Annotated[str, typer.Option(help=", ".join(vocabulary.DISTANCES))] = "auto",
    right_kind: Annotated[
        list[str] | None, typer.Option(help=f"COLUMN:{'|'.join(vocabulary.KINDS)}. {_PAIR}")
    ] = None,
    left_crs: Annotated[str | None, typer.Option(help="EPSG:n, whatever the layer says.")] = None,
    right_crs: Annotated[str | None, typer.Option(help="EPSG:n, whatever the layer says.")] = None,
    left_swap: Annotated[bool, typer.Option("--left-swap", help="Exchange lat and lon.")] = False,
    right_swap: Annotated[bool, typer.Option("--right-swap", help="Exchange lat and lon.")] = False,
    left_layer: Annotated[str | None, typer.Option(help="Of a file with several layers.")] = None,
    right_layer: Annotated[str | None, typer.Option(help="Of a file with several layers.")] = None,
    left_encoding: Annotated[str | None, typer.Option(help="Of text, such as cp1251.")] = None,
    right_encoding: Annotated[str | None, typer.Option(help="Of text, such as cp1251.")] = None,
    engine: Annotated[str, typer.Option(help=", ".join(engines.ENGINES))] = "auto",
    scheduler: Annotated[
        str | None, typer.Option(help="Of a trusted cluster, see docs/cluster.md: tcp://HOST:8786.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="File to write; its ending tells the format.")
    ] = None,
    format_id: Annotated[str | None, typer.Option("--format", help="Format of the file.")] = None,
    plan: Annotated[bool, typer.Option("--plan", help="Only say what would come out.")] = False,
    lang: Annotated[Language, typer.Option(help="Language of the title.")] = Language.RU,
    as_json: AsJson = False,
) -> None:
    """Join two layers by place: 0 done, also with warnings or unmatched rows; 2 refused."""
    if out is None and not plan:
        raise typer.BadParameter("name a file to write, or ask for --plan", param_hint="--out")
    spec = JoinSpec.from_options(
        {
            "predicate": predicate,
            "how": how,
            "multiplicity": multiplicity,
            "distance_m": distance_m,
            "k": k,
            "share": share,
            "pattern": pattern,
            "tie_rule": tie_rule,
            "priority_column": priority_column,
            "priority": priority or (),
            "exclusive": exclusive,
            "on": params.groups("on", on or ()),
            "summaries": params.groups("summaries", summary or ()),
            "transfer": params.groups("transfer", transfer or ()),
            "repair": repair,
            "grid_m": grid_m,
            "geometry": geometry,
            "left_columns": left_column or None,
            "right_columns": right_column or None,
            "distance": distance,
            "right_kinds": params.groups("right_kinds", right_kind or ()),
            "left_crs": left_crs,
            "right_crs": right_crs,
            "left_swap": left_swap,
            "right_swap": right_swap,
        }
    )
    if out is not None and not plan:
        check_target(out, left, right)
    sides = (
        _side(left, "left", spec, layer=left_layer, encoding=left_encoding),
        _side(right, "right", spec, layer=right_layer, encoding=right_encoding),
    )
    target = None if plan or format_id not in (None, "parquet") else out
    choice = engines.choose(*sides, spec, out=target, engine=engine, scheduler=scheduler)
    typer.echo(f"engine {choice.engine}: {choice.reason}", err=True)
    if target is not None and choice.engine != engines.MEMORY:
        done = _run(*sides, spec, target, choice.engine, scheduler, lang)
        found = done.plan
        answer: dict[str, Any] = {"provenance": done.provenance}
    else:
        result = run(*sides, spec=spec)
        found, answer = result.plan, {}
        if out is not None and not plan:
            written = write(content_of(result, lang=lang), out, format_id=format_id)
            answer = {"provenance": written.provenance}
    answer = {"engine": choice.engine, "plan": found.to_json(), **answer}
    if as_json:
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    _describe((stem(left), stem(right)), spec, found)
    if out is not None and not plan:
        output = answer["provenance"]["output"]
        say(f"{output['name']}: {output['rows']} row(s), {output['bytes']} bytes")
        say(f"{output['name']}{SUFFIX}: where it comes from")


def _side(
    given: str, name: str, spec: JoinSpec, *, layer: str | None, encoding: str | None
) -> Side:
    """Return what was named, read at once where it is said how; the provenance repeats that."""
    if layer is None and encoding is None:
        return given
    is_left = name == "left"
    crs = spec.left_crs if is_left else spec.right_crs
    swap = spec.left_swap if is_left else spec.right_swap
    return as_layer(given, name=name, crs=crs, swap=swap, layer=layer, encoding=encoding)


def _run(
    left: Side,
    right: Side,
    spec: JoinSpec,
    out: Path,
    engine: str,
    scheduler: str | None,
    lang: str,
) -> engines.Done:
    """Join by files, with a bar that shows how far it is."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("joining", total=1)
        return engines.run(
            left,
            right,
            spec,
            out=out,
            engine=engine,
            scheduler=scheduler,
            progress=lambda share: bar.update(task, completed=share),
            lang=lang,
        )


def _describe(names: tuple[str, str], spec: JoinSpec, plan: Plan) -> None:
    left, right = names
    say(
        f"{left} ({plan.left_rows}) {spec.predicate} {right} "
        f"({plan.right_rows}): {plan.pairs} pair(s), {plan.rows_out} row(s) out"
    )
    say(
        f"matched {plan.matched_left}, unmatched {plan.unmatched_left} of the left; matched "
        f"{plan.matched_right}, unmatched {plan.unmatched_right} of the right; "
        f"{plan.multi_matched} match several times (at most {plan.max_matches}), {plan.ties} tie(s)"
    )
    counts = ", ".join(f"{count} {word}" for word, count in plan.certainty.items())
    say(f"certainty: {counts}; compared in {plan.crs}, metres {plan.distance}")
    table = Table("layer", "column", "sum before", "sum after", "residual")
    told = plan.told_sums(spec)
    for total in told:
        layer = left if total.side == "left" else right
        rest = "" if total.residual is None else f"{total.residual:,.6g}"
        table.add_row(
            printable(layer),
            printable(total.column),
            f"{total.before:,.10g}",
            "not known" if plan.is_unknown(total) else f"{total.after:,.10g}",
            rest,
        )
    if told:
        Console(markup=False, emoji=False).print(table)
    for warn in plan.warnings:
        say(f"warning: {warn.reason} [{warn.code}]", err=True)
        if warn.remedy is not None:
            before, after = spec.to_json(), warn.remedy.to_json()
            changed = [name for name in after if after[name] != before[name]]
            say(f"  mended by: {' '.join(arguments(warn.remedy, changed))}", err=True)
