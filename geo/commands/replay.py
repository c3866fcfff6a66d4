"""`replay`: makes a file again from its provenance, and compares."""

import json
from pathlib import Path
from typing import Annotated

import typer

from geo.commands.options import AsJson, Folder, SnapshotFolder
from geo.commands.say import say
from geo.dataset import SHIPPED, load, shared
from geo.errors import ProvenanceError
from geo.replay import Outcome
from geo.replay import replay as run

_SHOWN = 20
"""Differences of documents that are shown to people."""


def replay(
    document: Annotated[
        Path, typer.Argument(help="FILE.provenance.json.", metavar="FILE.provenance.json")
    ],
    *,
    given: Annotated[
        list[str] | None,
        typer.Option("--input", help="Where a file of your own is: NAME=PATH, as often as needed."),
    ] = None,
    trust_inputs: Annotated[
        bool,
        typer.Option(
            "--trust-inputs",
            help="Of a join from file to file: read the files here, without the limits of uploads.",
        ),
    ] = False,
    as_json: AsJson = False,
    folder: Folder = SHIPPED,
    snapshot: SnapshotFolder = None,
) -> None:
    """Make a file again: 0 identical, 1 different as told, 2 refused or an input is missing."""
    dataset = shared() if folder == SHIPPED else load(folder)
    outcome, _ = run(
        document,
        dataset=dataset,
        given=_paths(given or []),
        snapshot=snapshot,
        trust_inputs=trust_inputs,
    )
    if as_json:
        typer.echo(json.dumps(outcome.to_json(), ensure_ascii=False, indent=1))
    else:
        for line in _lines(outcome):
            say(line)
    raise typer.Exit(0 if outcome.identical else 1)


def _paths(given: list[str]) -> dict[str, Path]:
    pairs = [text.partition("=") for text in given]
    if any(not (name and path) for name, _, path in pairs):
        raise ProvenanceError("--input: must be NAME=PATH")
    return {name: Path(path) for name, _, path in pairs}


def _lines(outcome: Outcome) -> list[str]:
    lines = [f"{outcome.name}: {'identical' if outcome.identical else 'different'}"]
    if outcome.then != outcome.now:
        lines.append(f"  sha256 then {outcome.then}, now {outcome.now}")
    if outcome.beside == "changed":
        lines.append("  the file beside the document is not the one that it describes")
    if outcome.members and outcome.then == outcome.now:
        lines.append("  the bytes are the same, but the document says other things of them")
    lines += [f"  document {c.name}: then {c.then}, now {c.now}" for c in outcome.members[:_SHOWN]]
    if (more := len(outcome.members) - _SHOWN) > 0:
        lines.append(f"  … and {more} more in the document; --json lists all")
    if outcome.beside == "missing" and not outcome.identical:
        lines.append("  the file itself is not here, so its rows are not compared")
    for kind, changes in (("input", outcome.inputs), ("version of", outcome.versions)):
        lines += [f"  {kind} {c.name}: then {c.then}, now {c.now}" for c in changes]
    if outcome.release:
        lines.append(f"  release: then {outcome.release.then}, now {outcome.release.now}")
    if (rows := outcome.rows) is not None:
        lines.append(
            f"  rows: {rows.added} added, {rows.removed} removed, {rows.changed} changed"
            + (", in another order" if rows.reordered else "")
        )
        lines += [f"  column added: `{name}`" for name in rows.columns_added]
        lines += [f"  column removed: `{name}`" for name in rows.columns_removed]
        if (first := rows.first) is not None:
            lines.append(
                f"  first: row {first.row}, column `{first.column}`: "
                f"then {first.then!r}, now {first.now!r}"
            )
    return lines
