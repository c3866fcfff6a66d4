"""`layers`, `catalog`, `outlines`: the shipped dataset, listed and kept up to date."""

import json
from dataclasses import asdict

import typer
from rich.console import Console
from rich.table import Table

from geo import catalog as catalogue
from geo import column_tables
from geo import outlines as site_outlines
from geo.commands.options import AsJson, Folder
from geo.dataset import SHIPPED
from geo.printable import printable


def layers(*, as_json: AsJson = False, folder: Folder = SHIPPED) -> None:
    """List the catalogue: every layer, its rows, licence and source."""
    entries = catalogue.read_catalog(folder).entries
    if as_json:
        typer.echo(json.dumps([asdict(entry) for entry in entries], ensure_ascii=False, indent=1))
        return
    table = Table("id", "title", "rows", "licence", "file")
    for entry in entries:
        cells = (entry.id, entry.title_en, str(entry.rows), entry.licence, entry.path)
        table.add_row(*map(printable, cells))
    Console().print(table)


def catalog(*, folder: Folder = SHIPPED) -> None:
    """Write the present rows, columns and sha256 of every file into catalog.toml and README.md."""
    changed = catalogue.refresh(folder)
    if column_tables.refresh(folder):
        changed = (*changed, column_tables.README)
    typer.echo(f"brought up to date: {', '.join(changed)}" if changed else "already up to date")


def outlines(*, folder: Folder = SHIPPED) -> None:
    """Derive the outlines of the sites anew from area, accuracy and reference points."""
    changed = site_outlines.rewrite(folder)
    typer.echo(f"rewritten: {', '.join(changed)}" if changed else "nothing to change")
