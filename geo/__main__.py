"""The command line: `python -m geo …`."""

import typer

from geo.commands.access import access
from geo.commands.catalogue import catalog, layers, outlines
from geo.commands.diff import diff
from geo.commands.endings import run
from geo.commands.export import export
from geo.commands.fetch import fetch
from geo.commands.indicator import indicator
from geo.commands.join import join
from geo.commands.replay import replay
from geo.commands.validate import validate

app = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)


@app.callback()
def about() -> None:
    """Work with the layers of the Tomsk Agglomeration Atlas."""


for command in (layers, catalog, outlines, validate, export, join, replay, access, diff):
    app.command()(command)

app.add_typer(indicator, name="indicator")
app.add_typer(fetch, name="fetch")


def main() -> None:
    """Run the command line; see `geo.commands.endings`."""
    run(app)


if __name__ == "__main__":
    main()
