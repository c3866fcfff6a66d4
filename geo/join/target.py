"""The file that a join writes: never one of those that it reads."""

from collections.abc import Iterator
from pathlib import Path

from geo import dataset
from geo.join.layer import Layer, Side, of_dataset
from geo.join.names import check_name
from geo.join.refusals import refuse
from geo.provenance import SUFFIX


def check_target(out: Path, *sides: Side) -> None:
    """Refuse to write over an input, under whatever name it goes.

    Parameters
    ----------
    out
        The file to be written; its provenance goes beside it.
    sides
        Whatever `geo.join.join` takes.

    Raises
    ------
    JoinError
        If the file, or its provenance, is one of the inputs, also by a link, or its name is no
        text.
    """
    inputs = [path for side in sides for path in _files(side) if path.exists()]
    check_name(out.name)
    for target in (out, out.with_name(out.name + SUFFIX)):
        if target.exists() and any(target.samefile(path) for path in inputs):
            raise refuse("overwrites_input", file=target.name)


def _files(side: Side) -> Iterator[Path]:
    """Yield the files that a side is read from; none for a frame."""
    shared = dataset.shared()
    if isinstance(side, str | Path):
        layer = of_dataset(shared, str(side))
        if layer is None:
            yield Path(side)
            return
    elif isinstance(side, Layer):
        layer = side
    else:
        return
    if layer.entries:
        yield from map(shared.catalog.file, layer.entries)
    elif layer.source == "file":
        yield Path(layer.path)
