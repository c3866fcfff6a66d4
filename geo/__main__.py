"""The command line: `python -m geo …`."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from geo import catalog as catalogue
from geo import outlines as site_outlines
from geo.dataset import SHIPPED
from geo.errors import GeoError

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)

Folder = Annotated[Path, typer.Option(help="Data folder.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="JSON alone on standard output.")]


@app.callback()
def about() -> None:
    """Work with the layers of the Tomsk Agglomeration Atlas."""


@app.command()
def layers(*, as_json: AsJson = False, folder: Folder = SHIPPED) -> None:
    """List the catalogue: every layer, its rows, licence and source."""
    entries = catalogue.read_catalog(folder).entries
    if as_json:
        typer.echo(json.dumps([asdict(entry) for entry in entries], ensure_ascii=False, indent=1))
        return
    table = Table("id", "title", "rows", "licence", "file")
    for entry in entries:
        table.add_row(entry.id, entry.title_en, str(entry.rows), entry.licence, entry.path)
    Console().print(table)


@app.command()
def catalog(*, folder: Folder = SHIPPED) -> None:
    """Write the present rows, columns and sha256 of every file into catalog.toml."""
    changed = catalogue.refresh(folder)
    typer.echo(f"brought up to date: {', '.join(changed)}" if changed else "already up to date")


@app.command()
def outlines(*, folder: Folder = SHIPPED) -> None:
    """Derive the outlines of the sites anew from area, accuracy and reference points."""
    changed = site_outlines.rewrite(folder)
    typer.echo(f"rewritten: {', '.join(changed)}" if changed else "nothing to change")


def main() -> None:
    """Run the command line; a refusal of the library ends with its reason and exit code 2."""
    try:
        app()
    except GeoError as error:
        typer.echo(f"refused: {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
