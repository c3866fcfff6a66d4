"""A command that is told to stop: by Ctrl-C or by the system, it cleans up and says a word."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import typer


@contextmanager
def stoppable(word: str) -> Iterator[None]:
    """Let SIGTERM end a block as Ctrl-C does, which runs what cleans up, and say a word then."""
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    except KeyboardInterrupt:
        typer.echo(f"stopped: {word}", err=True)
        raise
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(_: int, __: FrameType | None) -> None:
    raise KeyboardInterrupt
