"""The commands that follow a search, as they are shown to be copied."""

import shlex
from pathlib import Path

from geo.dataset import SHIPPED
from geo.tracing.proposal_file import FOLDER
from geo.tracing.proposals import Proposal


def look(*, proposals: Path, folder: Path) -> str:
    """Return the command that draws the page of the proposals."""
    where = shlex.quote(str(proposals))
    return f"python -m layers outlines {where} --out outlines.html{_data(folder)}"


def decide(*words: str, proposals: Path, folder: Path) -> str:
    """Return the command that decides, with the words that say what.

    Parameters
    ----------
    words
        Such as "--accept", "site=way/1".
    proposals, folder
        Folders of the proposals and of the data; named where they are not the usual ones.
    """
    out = "" if proposals == FOLDER else f" --out {shlex.quote(str(proposals))}"
    return f"python -m geo fetch outlines {' '.join(words)}{out}{_data(folder)}"


def choice(one: Proposal) -> str:
    """Return how a proposal is named in a decision."""
    return f"{one.site_id}={one.object}"


def _data(folder: Path) -> str:
    return "" if folder == SHIPPED else f" --folder {shlex.quote(str(folder))}"
