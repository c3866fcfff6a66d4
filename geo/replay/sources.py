"""The inputs that a provenance document names, found again."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo import snapshot as snapshots
from geo.dataset import Dataset
from geo.errors import ProvenanceError
from geo.own.layer import Layer
from geo.provenance.origin import sha256_of
from geo.provenance.schema import Document, InputPart
from geo.read import Limits, read
from geo.settings import current
from geo.snapshot import Snapshot
from geo.uploads import Options


@dataclass(frozen=True, eq=False)
class Sources:
    """Where each input of a document is now.

    Parameters
    ----------
    dataset
        Of this process; layers are taken from it.
    inputs
        As the document names them.
    files
        Files of the viewer's own by name: those given, and those beside the document.
    snapshot
        That which the document names; None where it names none.
    """

    dataset: Dataset
    inputs: tuple[InputPart, ...]
    files: Mapping[str, Path]
    snapshot: Snapshot | None = None

    def changed(self) -> list[tuple[str, str, str]]:
        """Return name, sha256 then and sha256 now of every input that is not what it was."""
        once = {(one.kind, one.name): one for one in self.inputs}.values()
        now = [(one, sha256_of(self.path(one))) for one in once]
        return [(one.name, one.sha256, found) for one, found in now if found != one.sha256]

    def path(self, one: InputPart) -> Path:
        """Return the file of an input."""
        if one.kind == "layer":
            return self.dataset.catalog.file(self.dataset.catalog[one.name])
        if one.kind == "snapshot":
            return self.require_snapshot().folder / one.name
        return self.files[one.name]

    def require_snapshot(self) -> Snapshot:
        """Return the snapshot.

        Raises
        ------
        ProvenanceError
            If the document names no file of one.
        """
        if self.snapshot is None:
            raise ProvenanceError("the document names no file of a snapshot")
        return self.snapshot

    def own_layer(self, name: str) -> Layer:
        """Read a file of the viewer's own, in the same way as it was read then.

        Raises
        ------
        ProvenanceError
            If the document has no such file, or it is refused.
        """
        found = [one for one in self.inputs if one.kind == "file" and one.name == name]
        if len(found) != 1:
            raise ProvenanceError(f"`{name}` is not one of the files that the document names")
        path = self.files[name]
        options = _options(found[0])
        reading = read(
            path,
            name=name,
            limits=Limits.of(current()),
            crs=options.crs,
            encoding=options.encoding,
            layer=options.layer,
            swap=options.swap,
        )
        if reading.frame is None or reading.rows is None:
            raise ProvenanceError(f"{name}: refused: {reading.report.rejected}")
        return Layer(
            name,
            sha256_of(path),
            reading.frame,
            reading.rows,
            options=found[0].options,
            report=reading.report,
        )


def find(
    document: Document,
    *,
    folder: Path,
    dataset: Dataset,
    given: Mapping[str, Path],
    snapshot: Path | None = None,
) -> Sources:
    """Find every input of a document.

    Layers are those of the dataset. A file is looked for among those given and in the folder of
    the document, by its plain name, and nowhere else; links that lead out of the folder are not
    followed. A file of a snapshot is one that its manifest lists: that of the folder `snapshot`,
    else of the settings, else of the example.

    Raises
    ------
    ProvenanceError
        If an input cannot be found; names all of them, and how to give them.
    SnapshotError
        If a snapshot is needed and cannot be used.
    """
    known = {entry.id for entry in dataset.catalog}
    files: dict[str, Path] = {}
    missing: list[str] = []
    frozen = [one.name for one in document.inputs if one.kind == "snapshot"]
    opened = snapshots.shared(snapshot) if frozen else None
    if opened is not None:
        missing += _not_frozen(opened, frozen, document.operation.get("snapshot"))
    for one in document.inputs:
        if one.kind == "layer":
            if one.name not in known:
                missing.append(f"the catalogue has no layer `{one.name}`")
            continue
        if one.kind == "snapshot":
            continue
        path = given.get(one.name, folder / one.name)
        inside = one.name in given or path.resolve().parent == folder.resolve()
        if path.is_file() and inside:
            files[one.name] = path
        else:
            missing.append(f"`{one.name}` is not here: give it with --input '{one.name}=PATH'")
    if missing:
        raise ProvenanceError("; ".join(missing))
    return Sources(dataset, tuple(document.inputs), files, opened)


def _not_frozen(snapshot: Snapshot, names: list[str], asked: object) -> list[str]:
    """Return what a snapshot lacks of the one that a document asks for."""
    if snapshot.about.id != asked:
        return [
            f"made on snapshot `{asked}`, and this is `{snapshot.about.id}`: give its folder with "
            "--snapshot or ATLAS_SNAPSHOT"
        ]
    known = {entry.path for entry in snapshot.entries.values()}
    return [f"snapshot `{asked}` has no `{name}` here" for name in names if name not in known]


def _options(one: InputPart) -> Options:
    """Return the options of a reading; what is not an option is refused, not ignored."""
    kinds: dict[str, type] = {"crs": str, "encoding": str, "layer": str, "swap": bool}
    wrong = [
        name
        for name, value in one.options.items()
        if name not in kinds or not (value is None or isinstance(value, kinds[name]))
    ]
    if wrong:
        raise ProvenanceError(f"{one.name}: options of reading: {', '.join(sorted(wrong))}")
    given: dict[str, Any] = {n: value for n, value in one.options.items() if value is not None}
    return Options(**given)
