"""Options that several commands have."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Language(StrEnum):
    """Language in which names are sorted and a file is titled."""

    RU = "ru"
    EN = "en"


Folder = Annotated[Path, typer.Option(help="Data folder.", show_default=False)]
AsJson = Annotated[bool, typer.Option("--json", help="JSON alone on standard output.")]
SnapshotFolder = Annotated[
    Path | None,
    typer.Option(
        "--snapshot",
        help="Snapshot folder; else ATLAS_SNAPSHOT, else the invented example town.",
        show_default=False,
    ),
]
