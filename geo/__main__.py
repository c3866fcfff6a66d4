"""The command line: `python -m geo …`."""

import sys

import typer
from pydantic import ValidationError

from geo.commands.access import access
from geo.commands.catalogue import catalog, layers, outlines
from geo.commands.diff import diff
from geo.commands.export import export
from geo.commands.fetch import fetch
from geo.commands.indicator import indicator
from geo.commands.join import join
from geo.commands.replay import replay
from geo.commands.validate import validate
from geo.errors import GeoError
from geo.printable import printable_lines

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)


@app.callback()
def about() -> None:
    """Work with the layers of the Tomsk Agglomeration Atlas."""


for command in (layers, catalog, outlines, validate, export, join, replay, access, diff):
    app.command()(command)

app.add_typer(indicator, name="indicator")
app.add_typer(fetch, name="fetch")


def main() -> None:
    """Run the command line; a refusal of the library ends with its reason and exit code 2."""
    try:
        app()
    except GeoError as error:
        typer.echo(f"refused: {printable_lines(str(error))}", err=True)
        sys.exit(2)
    except ValidationError as error:
        for fault in error.errors():
            typer.echo(f"refused: setting {fault['loc'][0]}: {fault['msg']}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
