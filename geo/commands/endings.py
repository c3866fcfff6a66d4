"""How a command line ends: done, refused in words, or by a fault of the Atlas itself."""

import os
import sys
from collections.abc import Callable

import typer
from pydantic import ValidationError

from geo.commands.say import say
from geo.errors import GeoError
from geo.printable import printable_lines

REFUSED, FAULT = 2, 3
"""Exit codes; a command that is done ends with 0 or 1 by itself."""


def run(app: Callable[[], object]) -> None:
    """Run a command line; nobody who uses it is shown a stack trace.

    A refusal of the library ends with its reason and exit code 2, what nobody has foreseen with
    exit code 3. With `ATLAS_LOG_LEVEL=DEBUG` the latter goes on as it is, to be looked into.
    """
    try:
        app()
    except GeoError as error:
        typer.echo(f"refused: {printable_lines(str(error))}", err=True)
        sys.exit(REFUSED)
    except ValidationError as error:
        for fault in error.errors():
            say(f"refused: setting {fault['loc'][0]}: {fault['msg']}", err=True)
        sys.exit(REFUSED)
    except Exception as error:
        if os.environ.get("ATLAS_LOG_LEVEL", "").upper() == "DEBUG":
            raise
        # Its words may hold paths and pieces of a stranger's file; its kind does not.
        typer.echo(
            f"fault: {type(error).__name__}; this is a fault of the Atlas, not of your file. A "
            "file that was to be written is there whole or not at all. Please report the command, "
            "and what ATLAS_LOG_LEVEL=DEBUG shows when it is run again",
            err=True,
        )
        sys.exit(FAULT)
