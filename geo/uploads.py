"""A viewer's file on its way in: how it is to be read, what came of it, what else may be tried."""

import csv
import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property

from geo.read import Finding, Limits, Reader, Reading, Report
from geo.read.background import turns
from geo.read.report import refused

_CUT = "…"
_NO_OFFER = "EPSG:?"


@dataclass(frozen=True)
class Options:
    """How a file is read where it does not say so itself; see `geo.read.read`."""

    crs: str | None = None
    encoding: str | None = None
    layer: str | None = None
    swap: bool = False


@dataclass(frozen=True)
class Upload:
    """The bytes of a file with the name that the viewer's machine gave it."""

    name: str
    content: bytes = field(repr=False)
    options: Options = Options()

    @cached_property
    def sha256(self) -> str:
        """Hash of the content."""
        return hashlib.sha256(self.content).hexdigest()

    def again(self, options: Options) -> "Upload":
        """Return the same bytes, to be read in another way."""
        return replace(self, options=options)


@dataclass(frozen=True)
class Offer:
    """Another way to read the same bytes.

    Parameters
    ----------
    kind
        crs, encoding, layer or swap.
    value
        EPSG:n, name of the encoding or of the layer; empty for swap.
    options
        All options of that reading.
    """

    kind: str
    value: str
    options: Options


@dataclass(frozen=True, eq=False)
class Outcome:
    """What reading an upload gave, and what else may be tried."""

    upload: Upload
    reading: Reading
    offers: tuple[Offer, ...]

    @property
    def report(self) -> Report:
        """What was found in the file."""
        return self.reading.report


def read_upload(
    upload: Upload,
    reader: Reader,
    *,
    references: Mapping[str, Collection[str]] | None = None,
    progress: Callable[[float], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Outcome:
    """Read an upload; whatever it is, the outcome says what became of it.

    Parameters
    ----------
    upload
        The file and how to read it.
    reader
        Reads it, within its limits.
    references, progress, cancelled
        See `geo.read.read`.
    """
    reading = reader.read(
        upload.content,
        name=upload.name,
        references=references,
        progress=progress,
        cancelled=cancelled,
        **asdict(upload.options),
    )
    return Outcome(upload, reading, tuple(offers(reading.report, upload.options)))


def read_in_turn(
    upload: Upload,
    limits: Limits,
    *,
    at_once: int,
    references: Mapping[str, Collection[str]],
    progress: Callable[[float], None],
    cancelled: Callable[[], bool],
) -> Outcome:
    """Read an upload by a reader of its own, when fewer than `at_once` others are being read.

    Waiting takes at most the seconds that a reading may take; then the file is refused.
    """
    turn = turns(at_once)
    if not turn.wait(limits.seconds, cancelled):
        return _refused(upload, "cancelled" if cancelled() else "busy")
    try:
        with Reader(limits) as reader:
            return read_upload(
                upload, reader, references=references, progress=progress, cancelled=cancelled
            )
    finally:
        turn.end()


def cancelled(upload: Upload) -> Outcome:
    """Return the outcome of an upload that the viewer has called off."""
    return _refused(upload, "cancelled")


def _refused(upload: Upload, code: str) -> Outcome:
    return Outcome(upload, Reading(None, None, refused(upload.name, code)), ())


def offers(report: Report, options: Options) -> Iterator[Offer]:
    """Yield other ways to read the file that the report speaks for."""
    for finding in _telling(report):
        if finding.code == "not_utf8":
            value = str(finding.values["offer"])
            yield Offer("encoding", value, replace(options, encoding=value))
        elif finding.code == "unknown_encoding":
            # What the viewer named does not fit; the first known one is the likely one.
            value = str(finding.values["known"]).split(",")[0]
            yield Offer("encoding", value, replace(options, encoding=value))
        elif finding.code == "crs_needed":
            for value in str(finding.values["offer"]).split(", "):
                if value != _NO_OFFER:
                    yield Offer("crs", value, replace(options, crs=value))
        elif finding.code in ("many_layers", "layer_unknown"):
            for value in _names(str(finding.values["layers"])):
                yield Offer("layer", value, replace(options, layer=value))
        elif finding.code == "lat_lon_swapped" and not options.swap:
            yield Offer("swap", "", replace(options, swap=True))


def _telling(report: Report) -> Iterator[Finding]:
    """Yield the first finding of each code."""
    told = set()
    for finding in report:
        if finding.code not in told:
            told.add(finding.code)
            yield finding


def _names(listed: str) -> list[str]:
    """Return the names that `geo.read.ledger.listed` has joined, but for those it had to cut."""
    names = next(csv.reader([listed], skipinitialspace=True), [])
    return [name for name in names if name and _CUT not in name]
