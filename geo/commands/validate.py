"""`validate`: what is wrong with files."""

import json
from collections import Counter
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from geo import dataset, settings, validation
from geo.commands.options import AsJson, Folder
from geo.dataset import SHIPPED
from geo.errors import GeoError
from geo.printable import printable
from geo.read import Finding, Limits, Report, known_ids


def validate(
    files: Annotated[
        list[str] | None,
        typer.Argument(help="Files; none: the whole dataset.", metavar="[FILE]..."),
    ] = None,
    *,
    as_json: AsJson = False,
    crs: Annotated[
        str | None, typer.Option(help="Coordinate system, as EPSG:n, whatever the file says.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help="Of text that is not UTF-8, such as cp1251.")
    ] = None,
    layer: Annotated[
        str | None, typer.Option(help="Layer of a GeoPackage or sheet of a workbook.")
    ] = None,
    swap: Annotated[
        bool,
        typer.Option("--swap", help="Exchange longitude and latitude outside the agglomeration."),
    ] = False,
    folder: Folder = SHIPPED,
) -> None:
    """Say what is wrong with files: 0 nothing, 1 repaired or left out as told, 2 refused."""
    limits = Limits.of(settings.current())
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("reading", total=1)
        reports = list(
            validation.validate_files(
                files,
                limits=limits,
                crs=crs,
                encoding=encoding,
                layer=layer,
                swap=swap,
                references=_references(),
                progress=lambda share: bar.update(task, completed=share),
            )
            if files
            else validation.validate_dataset(folder, limits=limits)
        )
    if as_json:
        answer = {"files": [report.to_json() for report in reports]}
        text = json.dumps(answer, ensure_ascii=False, indent=1, allow_nan=False)
        # File names are given back as they came, also those that are not UTF-8.
        typer.echo(text.encode("utf-8", "surrogateescape"))
    else:
        for report in reports:
            _describe(report)
    raise typer.Exit(max(report.exit_code for report in reports))


SHOWN = 20
SHOWN_OF_CODE = 5
"""Findings of a file, and of one code in it, that are shown to people; `--json` has all."""


def _describe(report: Report) -> None:
    console = Console(markup=False, highlight=False, soft_wrap=True, emoji=False)
    name = report.file.encode("utf-8", "replace").decode()
    name = printable(name)
    if report.rejected:
        console.print(f"{name}: refused", style="bold red")
    else:
        console.print(
            f"{name}: {report.rows_in} row(s), {report.kept} kept, {len(report.repaired)} "
            f"repair(s), {len(report.dropped)} dropped, {len(report.warnings)} warning(s)",
            style="bold",
        )
    findings = list(report)
    of_code: Counter[str] = Counter()
    shown: list[Finding] = []
    for finding in findings:
        of_code[finding.code] += 1
        if of_code[finding.code] <= SHOWN_OF_CODE and len(shown) < SHOWN:
            shown.append(finding)
    for finding in shown:
        console.print(f"  {finding.outcome}: {printable(_sentence(finding))}")
    if len(findings) > len(shown):
        console.print(f"  … and {len(findings) - len(shown)} more; --json lists all")


def _sentence(finding: Finding) -> str:
    where = [] if finding.row is None else [f"row {finding.row}"]
    where += [f"id `{finding.id}`"] if finding.id else []
    where += [f"field `{finding.field}`"] if finding.field else []
    place = f"{', '.join(where)}: " if where else ""
    return f"{place}{finding} [{finding.code}]"


def _references() -> dict[str, frozenset[str]]:
    try:
        return known_ids(dataset.shared())
    except GeoError:
        typer.echo("references are not checked: the dataset itself has faults", err=True)
        return {}
