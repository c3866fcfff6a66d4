"""What a fetch shows on standard error while it runs: a bar on a terminal, lines elsewhere."""

from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from geo.fetch.overpass import Step


class Shown:
    """The bar of one fetch; a context manager."""

    def __init__(self) -> None:
        self._console = Console(stderr=True, markup=False, highlight=False, emoji=False)
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            TextColumn("{task.fields[detail]}", markup=False),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task = self._bar.add_task("", total=None, detail="")

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._bar.stop()

    def group(self, name: str) -> None:
        """Begin to ask for a group of layers."""
        self._bar.reset(self._task, description=name, total=None, detail="")
        if not self._console.is_terminal:
            self._console.print(f"asking: {name}")

    def box(self, done: int, total: int) -> None:
        """Show how many boxes are done."""
        self._bar.update(self._task, completed=done, total=total)

    def step(self, step: Step) -> None:
        """Show what goes on with one request."""
        detail = {
            "asked": "asked",
            "bytes": f"{step.value / 1e6:.1f} MB",
            "waiting": f"waiting {step.value:.0f} s: the source is busy or did not answer",
            "kept": "kept answer",
            "stale": "the source failed: a kept copy is used",
        }[step.kind]
        self._bar.update(self._task, detail=detail)
        if step.kind in ("waiting", "stale"):
            self._console.print(detail)
