"""`diff`: what an edit has changed in the data."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from geo import settings
from geo.commands.options import AsJson
from geo.dataset import SHIPPED
from geo.difference import Change, Difference, pairs
from geo.difference.layers import differences
from geo.printable import printable
from geo.read import Limits

_SIGNS = {"added": "+", "removed": "-", "changed": "~"}
_LONGEST = 80


def diff(
    old: Annotated[str, typer.Argument(help="File, folder, or revision of git, such as HEAD.")],
    new: Annotated[Path, typer.Argument(help="File or folder.", show_default=False)] = SHIPPED,
    *,
    as_json: AsJson = False,
) -> None:
    """Say which rows were added, removed and changed; `python -m layers diff` draws them."""
    limits = Limits.of(settings.current())
    found = list(differences(pairs(old, new, max_mb=limits.max_mb), limits))
    if as_json:
        answer = {"files": [difference.to_json() for difference in found]}
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    console = Console(markup=False, highlight=False, soft_wrap=True, emoji=False)
    for difference in found:
        _describe(difference, console)
    if not found:
        console.print("no row differs")


def _describe(difference: Difference, console: Console) -> None:
    counts = ", ".join(f"{difference.count(kind)} {kind}" for kind in _SIGNS)
    console.print(f"{printable(difference.file)}: {counts}", style="bold")
    for change in difference.changes:
        console.print(f"  {_SIGNS[change.kind]} {printable(change.id)}{_place(change)}")
        for name, (before, after) in change.fields.items():
            console.print(f"      {printable(name)}: {_value(before)} -> {_value(after)}")


def _place(change: Change) -> str:
    moved = change.geometry
    if moved is None or change.kind != "changed":
        return ""
    if moved.moved_m is None:
        return ": a place was given" if moved.after else ": the place was taken away"
    area = ""
    if moved.area_before_m2 or moved.area_after_m2:
        area = f", area {moved.area_before_m2} -> {moved.area_after_m2} m2"
    return f": moved by {moved.moved_m} m{area}"


def _value(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return printable(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…")
