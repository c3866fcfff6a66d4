"""Does it again, and compares."""

import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from geo.dataset import Dataset
from geo.errors import ProvenanceError
from geo.export.formats import FORMATS
from geo.export.options import Options
from geo.export.writing import Written, to_bytes
from geo.join import engines
from geo.provenance import SUFFIX
from geo.provenance.origin import sha256_of
from geo.provenance.schema import Document, read_document
from geo.provenance.versions import versions
from geo.read import Limits
from geo.replay.comparison import Comparison, compare
from geo.replay.members import otherwise
from geo.replay.operations import run
from geo.replay.sources import find
from geo.settings import current


@dataclass(frozen=True)
class Change:
    """Something that was one thing then and is another now; None where it is missing."""

    name: str
    then: str | None
    now: str | None


@dataclass(frozen=True)
class Outcome:
    """Whether a file came out the same.

    Parameters
    ----------
    name
        Of the file.
    identical
        The bytes are those that the document vouches for, and so are those of the file beside it;
        and the document says of them what it would say now.
    then, now
        sha256 of the document, and of what was made now.
    beside
        State of the file beside the document: same, changed or missing.
    inputs, versions
        What is no longer as it was. Versions alone change nothing: they may explain a difference.
    release
        Release of the dataset where it is another one.
    members
        What the document says otherwise than it would now, see `geo.replay.members`.
    rows
        What differs in the rows; None where nothing does or there is no file to compare with.
    """

    name: str
    identical: bool
    then: str
    now: str
    beside: str
    inputs: tuple[Change, ...]
    versions: tuple[Change, ...]
    release: Change | None
    rows: Comparison | None
    members: tuple[Change, ...]

    def to_json(self) -> dict[str, Any]:
        """Return everything as JSON has it."""
        return asdict(self)


def replay(
    path: Path,
    *,
    dataset: Dataset,
    given: Mapping[str, Path] | None = None,
    snapshot: Path | None = None,
    trust_inputs: bool = False,
) -> tuple[Outcome, Written]:
    """Make the file of a provenance document again and compare it, byte for byte.

    Nothing is written beside the document. Inputs that have changed are used as they are now, and
    named.

    Parameters
    ----------
    path
        The document.
    dataset
        Where layers are taken from.
    given
        Files of the viewer's own by the name in the document; those beside it need not be given.
    snapshot
        Folder of the snapshot, where the document needs one; None: as `geo.snapshot.shared`.
    trust_inputs
        The files of a join from file to file come from where you know: they are read without the
        limits of uploads, in this process.

    Returns
    -------
    outcome, written
        What came of it, and the new file with its provenance.

    Raises
    ------
    ProvenanceError
        If the document is none, an input is missing, or what it asks for must not be done.
    GeoError
        If the operation itself is refused.
    """
    document = read_document(path)
    if path.name != document.output.name + SUFFIX:
        raise ProvenanceError(f"{path.name}: is about another file, `{document.output.name}`")
    if document.output.format not in FORMATS:
        raise ProvenanceError(f"there is no format `{document.output.format}`")
    sources = find(
        document, folder=path.parent, dataset=dataset, given=given or {}, snapshot=snapshot
    )
    if engines.is_by_files(document.operation):
        limits = None if trust_inputs else Limits.of(current())
        written = engines.again(
            document.operation, sources.files, name=document.output.name, limits=limits
        )
    else:
        written = to_bytes(
            run(document.operation, sources),
            document.output.format,
            name=document.output.name,
            options=_options(document),
        )
    old = path.with_name(document.output.name)
    then, now = document.output.sha256, written.provenance["output"]["sha256"]
    beside = "missing"
    if old.is_file():
        beside = "same" if sha256_of(old) == then else "changed"
    changed = [Change(*one) for one in sources.changed()]
    said = tuple(Change(*c) for c in otherwise(document.model_dump(), written.provenance))
    outcome = Outcome(
        name=document.output.name,
        identical=then == now and beside != "changed" and not said,
        then=then,
        now=now,
        beside=beside,
        inputs=tuple(changed),
        versions=_changes(document.versions, versions()),
        release=_release(document.release, written.provenance["release"]),
        rows=_rows(old, written, document) if beside != "missing" else None,
        members=said,
    )
    return outcome, written


def _options(document: Document) -> Options:
    given = document.output.options
    places = given.get("places", "both")
    if set(given) - {"places"} or places not in ("both", "lonlat", "wkt"):
        raise ProvenanceError(f"output.options: not understood: {', '.join(sorted(given))}")
    return Options(places=places)  # type: ignore[arg-type]


def _changes(then: Mapping[str, str], now: Mapping[str, str]) -> tuple[Change, ...]:
    names = dict.fromkeys((*then, *now))
    return tuple(Change(n, then.get(n), now.get(n)) for n in names if then.get(n) != now.get(n))


def _release(then: str, now: str) -> Change | None:
    return Change("release", then, now) if then != now else None


def _rows(old: Path, written: Written, document: Document) -> Comparison | None:
    """Compare the rows of two files whose bytes differ."""
    if sha256_of(old) == written.provenance["output"]["sha256"]:
        return None
    with tempfile.TemporaryDirectory(prefix="atlas-replay-") as folder:
        new = Path(folder) / written.name
        new.write_bytes(written.content)
        return compare(old, new, document.output.format)
