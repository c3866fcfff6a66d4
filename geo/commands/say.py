"""Lines for people on a terminal, whatever strangers wrote into what they tell."""

import typer

from geo.printable import printable


def say(line: str) -> None:
    """Print a line of which the terminal obeys nothing."""
    typer.echo(printable(line))
