"""What is wrong with files: any file, or the dataset as a whole, references included."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path

from geo.catalog import FILE, read_catalog
from geo.dataset import load
from geo.errors import DatasetError, Problem
from geo.read import Finding, Limits, Reader, Report


def validate_files(
    files: Sequence[str],
    *,
    limits: Limits,
    crs: str | None = None,
    encoding: str | None = None,
    layer: str | None = None,
    swap: bool = False,
    references: Mapping[str, Collection[str]] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Iterator[Report]:
    """Yield the report of each file, all read by one child process.

    Parameters
    ----------
    files
        Paths as given; reports repeat them.
    limits, crs, encoding, layer, swap, references, progress
        See `geo.read.read`; the share done is that of all files.
    """
    with Reader(limits) as reader:
        for number, file in enumerate(files):

            def tell(share: float, number: int = number) -> None:
                if progress is not None:
                    progress((number + share) / len(files))

            yield reader.read(
                Path(file),
                name=file,
                crs=crs,
                encoding=encoding,
                layer=layer,
                swap=swap,
                references=references,
                progress=tell,
            ).report


def validate_dataset(folder: Path, *, limits: Limits) -> Iterator[Report]:
    """Yield a report for each file of a data folder, in the order of the catalogue.

    Each is read like the file of a stranger; then the rules of the dataset are asked: columns,
    domains, unique ids, references. A file that breaks these is refused, as it is at the start of
    the Atlas, its faults being warnings of the code `schema`.

    Raises
    ------
    CatalogError
        If the catalogue is not usable.
    """
    catalog = read_catalog(folder)
    faults = _faults(folder)
    if FILE in faults:
        yield _refused(FILE, faults[FILE])
    with Reader(limits) as reader:
        for entry in catalog:
            if entry.path in faults:
                yield _refused(entry.path, faults[entry.path])
                continue
            path, table = catalog.file(entry), entry.kind == "table"
            yield reader.read(path, name=entry.path, table=table).report


def _faults(folder: Path) -> dict[str, list[Problem]]:
    faults: dict[str, list[Problem]] = defaultdict(list)
    try:
        load(folder)
    except DatasetError as error:
        for problem in error.problems:
            faults[problem.file].append(problem)
    return faults


def _refused(file: str, problems: Sequence[Problem]) -> Report:
    findings = tuple(
        Finding("schema", p.row, p.id, p.field, {"problem": p.reason, "rule": p.rule, **p.values})
        for p in problems
    )
    refusal = Finding("dataset_broken", values={"count": len(problems)})
    return Report(file, 0, 0, warnings=findings, rejected=refusal)
