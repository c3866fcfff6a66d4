"""Lines for people on a terminal, whatever strangers wrote into what they tell."""

import typer

from geo.printable import printable


def say(line: str, *, err: bool = False) -> None:
    """Print a line of which the terminal obeys nothing; `err`: beside the result."""
    typer.echo(printable(line), err=err)
