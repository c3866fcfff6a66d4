"""`snapshot.toml`: what a snapshot is, where it comes from, and the hash of every file."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from geo.errors import SnapshotError
from geo.snapshot.layers import LAYERS

FILE = "snapshot.toml"
FORMAT = 1
KINDS = ("openstreetmap", "example", "own")
_OPTIONAL = ("stale", "left_out")


@dataclass(frozen=True)
class About:
    """What must be said of a snapshot wherever its results are shown.

    `kind` is openstreetmap, example (an invented place) or own; `retrieved` the day of the data
    (ISO); `query` what was asked of the source, so that it can be asked again; `notice` a sentence
    that must stand beside every result, empty where there is none. `stale` is the day (ISO) of a
    kept copy that some layers come from because the source failed, `left_out` what the source had
    that could not be used; both are empty, and not written, where there is nothing to say.
    """

    id: str
    kind: str
    title_ru: str
    title_en: str
    retrieved: str
    source: str
    query: str
    licence: str
    attribution_ru: str
    attribution_en: str
    notice_ru: str
    notice_en: str
    made: str
    stale: str = ""
    left_out: str = ""

    @property
    def is_example(self) -> bool:
        """Whether the place is invented: then nothing computed on it is true of anywhere."""
        return self.kind == "example"


@dataclass(frozen=True)
class Entry:
    """One layer: its file, rows, columns in order, bounds in degrees, sha256 of the bytes."""

    id: str
    path: str
    rows: int
    columns: tuple[str, ...]
    bounds: tuple[float, float, float, float]
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """`snapshot.toml` as a whole."""

    about: About
    entries: Mapping[str, Entry]


def parse_manifest(text: str) -> Manifest:
    """Read the text of `snapshot.toml`.

    Raises
    ------
    SnapshotError
        If it is no TOML, of another format, or breaks a rule; names every fault.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SnapshotError(f"{FILE}: not readable as TOML: {error}") from error
    if raw.get("format") != FORMAT:
        raise SnapshotError(
            f"{FILE}: `format` is {raw.get('format')!r}, this program reads {FORMAT}"
        )
    layers = raw.get("layer")
    if not isinstance(layers, list) or not layers:
        raise SnapshotError(f"{FILE}: no [[layer]] entries")
    faults = [*_about_faults(raw)]
    for item in layers:
        faults += _entry_faults(item)
    ids = [item.get("id") for item in layers if isinstance(item, dict)]
    faults += [f"layer `{name}` stands twice" for name in {i for i in ids if ids.count(i) > 1}]
    if faults:
        raise SnapshotError(f"{FILE}: {'; '.join(faults)}")
    about = About(**{field.name: raw[field.name] for field in fields(About) if field.name in raw})
    entries = [
        Entry(**item | {"columns": tuple(item["columns"]), "bounds": tuple(item["bounds"])})
        for item in layers
    ]
    return Manifest(about, {entry.id: entry for entry in entries})


def render_manifest(about: About, entries: Sequence[Entry]) -> str:
    """Return the text of `snapshot.toml`."""
    said = {name: value for name, value in asdict(about).items() if value or name not in _OPTIONAL}
    lines = [f"format = {FORMAT}", *_assignments(said)]
    for entry in entries:
        lines += ["", "[[layer]]", *_assignments(asdict(entry))]
    return "\n".join(lines) + "\n"


def _assignments(values: Mapping[str, Any]) -> list[str]:
    return [f"{name} = {_literal(value)}" for name, value in values.items()]


def _literal(value: object) -> str:
    # Strings, numbers and lists are written alike in JSON and TOML, but for U+007F.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _about_faults(raw: Mapping[str, Any]) -> list[str]:
    names = [
        field.name for field in fields(About) if field.name in raw or field.name not in _OPTIONAL
    ]
    faults = [f"`{name}` is missing" for name in names if not isinstance(raw.get(name), str)]
    filled = ("id", "licence", "attribution_ru", "attribution_en")
    faults += [f"`{name}` is empty" for name in filled if raw.get(name) == ""]
    if isinstance(raw.get("kind"), str) and raw["kind"] not in KINDS:
        faults.append(f"`kind` is `{raw['kind']}`; allowed: {', '.join(KINDS)}")
    try:
        date.fromisoformat(str(raw.get("retrieved")))
    except ValueError:
        faults.append(f"`retrieved` is no date: {raw.get('retrieved')!r}")
    return faults


def _entry_faults(item: object) -> list[str]:
    names = {field.name for field in fields(Entry)}
    if not isinstance(item, dict) or item.keys() != names:
        found = sorted(item) if isinstance(item, dict) else item
        return [f"a [[layer]] must have {', '.join(sorted(names))}, not {found}"]
    faults = []
    if item["id"] not in LAYERS:
        faults.append(f"layer `{item['id']}` is not known; known: {', '.join(LAYERS)}")
    faults += [
        f"layer `{item['id']}`: `{name}` is no text"
        for name in ("path", "sha256")
        if not isinstance(item[name], str)
    ]
    bounds = item["bounds"]
    if not isinstance(bounds, list) or [type(value) for value in bounds] not in (
        [float] * 4,
        [int] * 4,
    ):
        faults.append(f"layer `{item['id']}`: `bounds` must be west, south, east, north")
    elif not (-180 <= bounds[0] <= bounds[2] <= 180 and -90 <= bounds[1] <= bounds[3] <= 90):
        # Also what is no number: every comparison with it is false.
        faults.append(f"layer `{item['id']}`: `bounds` are no degrees from west to east")
    if not isinstance(item["columns"], list) or not isinstance(item["rows"], int):
        faults.append(f"layer `{item['id']}`: `columns` must be a list, `rows` a number")
    return faults
