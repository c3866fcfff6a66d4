"""Options that several commands have."""

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path, typer.Option(help="Data folder.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="JSON alone on standard output.")]
