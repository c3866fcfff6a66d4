"""Our own reader of GeoJSON: a stream of features, each looked at by itself.

Reads what RFC 7946 describes, the old `crs` member, and features one after another (with line
breaks or record separators between them). Whatever stands in the file, no other file is opened.
"""

import codecs
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import compress
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import shapely

from geo.read.columns import Columns, Place
from geo.read.encodings import misread
from geo.read.ledger import Ledger, excerpt, shown
from geo.read.limits import DEPTH, DIGITS, Limits
from geo.read.parsed import Parsed
from geo.read.positions import FaultError, Note, kind_of, shape_of, shapes_of
from geo.read.refusal import RefusedError

_BLOCK = 1 << 20
_BATCH_CHARACTERS = 1 << 19
_BEGUN = re.compile(r"|-|t(ru?)?|f(a(ls?)?)?|n(ul?)?|\\?(u[0-9a-fA-F]{0,3})?")
"""What may stand at the end of a file that breaks off within a value or an escape."""

_MARGIN = 64
"""Nearer than this to the end of what was read, a fault may be only the missing rest."""

_SPACE = re.compile("[ \t\r\n\x1e]*")
_COMMA = re.compile("[ \t\r\n\x1e]*,[ \t\r\n\x1e]*")
_NEEDED = frozenset({"type", "geometry", "properties"})
_MEMBERS = _NEEDED | {"id", "bbox"}
_ID = 100
"""Characters of an id that the report repeats."""

_SHORT = 10**18
_NAMED = 10
"""Foreign members that a warning names."""

_GEOMETRIES = frozenset(
    {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}
)


class _Text:
    """The text of the file, of which only a window is in memory."""

    def __init__(self, path: Path, encoding: str) -> None:
        self.repeated: list[str] = []
        """Keys that stood twice in an object since this list was last emptied."""
        decoder = json.JSONDecoder(object_pairs_hook=self._members, strict=False)
        # The C scanner itself: raw_decode around it takes as long as a small feature.
        self._scan: Callable[[str, int], tuple[Any, int]] = decoder.scan_once  # type: ignore[attr-defined]
        self._file = path.open("rb")
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._line = 1
        self._column = 0
        self._next = _BLOCK
        self.window = ""
        self.at = 0
        self.complete = False
        self.characters = 0
        self.bytes_read = 0

    def close(self) -> None:
        self._file.close()

    def more(self) -> None:
        """Forget what is done with and read on; twice as much each time without progress."""
        done = self.window[: self.at]
        self._line, self._column = self._position(done)
        self.characters += self.at
        self._next = _BLOCK if self.at else min(2 * self._next, 1 << 30)
        block = self._file.read(self._next)
        self.bytes_read += len(block)
        self.complete = not block
        self.window = self.window[self.at :]
        self.at = 0
        try:
            self.window += self._decoder.decode(block, final=not block)
        except UnicodeError:
            if block:
                raise
            self.fail("truncated", len(self.window))  # in the middle of a character

    def peek(self) -> str:
        """Return the next character that is no space, "" at the end of the file."""
        while True:
            found = _SPACE.match(self.window, self.at)
            self.at = found.end() if found else self.at
            if self.at < len(self.window):
                return self.window[self.at]
            if self.complete:
                return ""
            self.more()

    def value(self) -> Any:
        """Read the next JSON value.

        Raises
        ------
        RefusedError
            If there is none.
        """
        self.peek()
        known = len(self.repeated)
        while True:
            del self.repeated[known:]  # of an attempt that ended with the window
            try:
                value, end = self._scan(self.window, self.at)
            except json.JSONDecodeError as error:
                place, unfinished = error.pos, error.msg.startswith("Unterminated string")
            except StopIteration as stop:
                place, unfinished = stop.value, False
            except RecursionError as error:
                raise RefusedError("nested_too_deep", limit=DEPTH) from error
            except ValueError as error:  # a number too long for Python
                line, column = self._position(self.window[: self.at])
                raise RefusedError(
                    "number_too_long", line=line, column=column + 1, limit=DIGITS
                ) from error
            else:
                if end < len(self.window) or self.complete:
                    self.at = end
                    return value
                place, unfinished = end, True
            near_end = place >= len(self.window) - _MARGIN
            if self.complete:
                rest = self.window[place:].strip()
                self.fail(
                    "truncated" if unfinished or _BEGUN.fullmatch(rest) else "not_json", place
                )
            if not (unfinished or near_end):
                self.fail("not_json", place)
            self.more()

    def elements(self) -> Iterator[list[Any]]:
        """Yield the values of the list that begins here, as many at once as the window holds.

        Where `repeated` is not empty, the last value is the one with those keys.
        """
        self.expect("[")
        if self.peek() == "]":
            self.at += 1
            return
        while True:
            if found := self._run():
                yield found
                continue
            yield [self.value()]
            if self.peek() != ",":
                self.expect("]")
                return
            self.at += 1

    def _run(self) -> list[Any]:
        """Pass over values that lie whole in the window, each with a comma after it."""
        found: list[Any] = []
        scan, window, at, repeated = self._scan, self.window, self.at, self.repeated
        first = _SPACE.match(window, at)
        at = first.end() if first else at
        try:
            while not repeated:
                value, end = scan(window, at)
                comma = _COMMA.match(window, end)
                if comma is None:
                    repeated.clear()  # `value` reads it again
                    break
                found.append(value)
                self.at = at = comma.end()
        except (ValueError, StopIteration, RecursionError):
            # Said by `value`, which comes next and reads on where the window is too small.
            repeated.clear()
        return found

    def expect(self, character: str) -> None:
        """Pass over the character, which must be the next one."""
        if (found := self.peek()) != character:
            self.fail("not_json" if found else "truncated", self.at)
        self.at += 1

    def fail(self, code: str, place: int) -> NoReturn:
        """Refuse the file for what stands at a place of the window."""
        line, column = self._position(self.window[:place])
        raise RefusedError(code, line=line, column=column + 1)

    def _members(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) < len(pairs):
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen:
                    self.repeated.append(key)
                seen.add(key)
        return found

    def _position(self, passed: str) -> tuple[int, int]:
        breaks = passed.count("\n")
        column = len(passed) - passed.rfind("\n") - 1 if breaks else self._column + len(passed)
        return self._line + breaks, column


@dataclass
class _Batch:
    """Features whose geometries are still coordinates."""

    rows: list[int] = field(default_factory=list)
    ids: list[str | None] = field(default_factory=list)
    geometries: list[Any] = field(default_factory=list)
    records: list[dict[str, Any]] = field(default_factory=list)


class _Features:
    """Takes in features and turns them into shapes and columns batch by batch."""

    def __init__(self, ledger: Ledger, limits: Limits) -> None:
        self.ledger = ledger
        self._limits = limits
        self._waiting: list[Any] = []
        self._foreign: dict[str, None] = {}
        self._vertices = 0
        self.count = 0
        self.columns = Columns(ledger, limits)
        self.rows: list[Any] = []
        self.shapes: list[Any] = []
        self.ids: list[str | None] = []

    def take(self, features: list[Any], repeated: list[str]) -> None:
        """Take in what stands where features are expected; the last has the repeated keys."""
        self.count += len(features)
        if self.count > self._limits.max_features:
            raise RefusedError("too_many_features", limit=self._limits.max_features)
        self._waiting += features
        if repeated:
            last = features[-1]
            own_id = _own_id(last) if isinstance(last, dict) else None
            for key in repeated:
                self.ledger.add("duplicate_key", self.count, own_id, shown(key), key=shown(key))
            repeated.clear()

    def flush(self) -> None:
        """Turn what was taken in since the last time into shapes and columns."""
        waiting, self._waiting = self._waiting, []
        first = self.count - len(waiting) + 1
        batch = _usual(waiting, first) or self._one_by_one(waiting, first)
        if not batch.rows:
            return
        shapes, keep = self._shapes(batch)
        self._vertices += int(shapely.get_num_coordinates(shapes).sum())
        if self._vertices > self._limits.max_vertices:
            raise RefusedError("too_many_vertices", limit=self._limits.max_vertices)
        place = Place(np.array(batch.rows, dtype=np.int64), batch.ids).where(keep)
        self.columns.add_records(list(compress(batch.records, keep)), place)
        self.rows.append(place.rows)
        self.shapes.append(shapes[keep])
        self.ids += place.ids

    def finish(self) -> Parsed:
        """Return the layer."""
        self.flush()
        if self._foreign:
            names = ", ".join(list(self._foreign)[:_NAMED])
            self.ledger.add("foreign_members", names=shown(names, 200))
        return Parsed(
            rows_in=self.count,
            rows=np.concatenate(self.rows) if self.rows else np.zeros(0, dtype=np.int64),
            ids=self.ids,
            shapes=np.concatenate(self.shapes) if self.shapes else np.zeros(0, dtype=object),
            columns=self.columns,
            wound=True,
        )

    def _one_by_one(self, features: list[Any], first: int) -> _Batch:
        batch = _Batch()
        for row, feature in enumerate(features, start=first):
            if not isinstance(feature, dict) or not self._is_feature(feature, row):
                self.ledger.add("not_a_feature", row, found=_described(feature))
                continue
            batch.rows.append(row)
            batch.ids.append(_own_id(feature))
            batch.geometries.append(feature.get("geometry"))
            batch.records.append(self._record(feature, row, batch.ids[-1]))
            self._foreign |= dict.fromkeys(feature.keys() - _MEMBERS)
        return batch

    def _is_feature(self, feature: dict[str, Any], row: int) -> bool:
        if "type" in feature:
            return bool(feature["type"] == "Feature")
        if "geometry" in feature and "properties" in feature:
            self.ledger.add("feature_no_type", row)
            return True
        return False

    def _record(self, feature: dict[str, Any], row: int, own_id: str | None) -> dict[str, Any]:
        record, given = feature.get("properties"), feature.get("id")
        if record is None:
            if "properties" not in feature:
                self.ledger.add("no_properties", row, own_id)
            record = {}
        elif not isinstance(record, dict):
            found = excerpt(record)
            self.ledger.add("properties_not_object", row, own_id, "properties", found=found)
            record = {}
        if given is None:
            return record
        if "id" not in record:
            return {"id": given} | record
        if given != record["id"]:
            found, other = excerpt(given), excerpt(record["id"])
            self.ledger.add("id_differs", row, own_id, "id", feature_id=found, property_id=other)
        return record

    def _shapes(self, batch: _Batch) -> tuple[Any, Any]:
        shapes = np.full(len(batch.rows), None, dtype=object)
        keep = np.ones(len(batch.rows), dtype=bool)

        def complain(n: int, found: FaultError | Note) -> None:
            self.ledger.add(found.code, batch.rows[n], batch.ids[n], "geometry", **found.values)
            keep[n] = keep[n] and not isinstance(found, FaultError)

        groups: dict[str, list[int]] = {}
        for n, geometry in enumerate(batch.geometries):
            if geometry is None:
                self.ledger.add("null_geometry", batch.rows[n], batch.ids[n], "geometry")
                continue
            try:
                groups.setdefault(kind_of(geometry), []).append(n)
            except FaultError as fault:
                complain(n, fault)
        for kind, places in groups.items():
            if kind in _GEOMETRIES:
                given = [batch.geometries[n]["coordinates"] for n in places]
                shapes[places] = shapes_of(kind, given, partial(_complain_of, complain, places))
                continue
            for n in places:
                notes: list[Note] = []
                try:
                    shapes[n] = shape_of(batch.geometries[n], notes)
                except FaultError as fault:
                    complain(n, fault)
                    continue
                for note in notes:
                    complain(n, note)
        return shapes, keep


def read_geojson(
    path: Path,
    *,
    encoding: str,
    ledger: Ledger,
    limits: Limits,
    tell: Callable[[float], None],
) -> Parsed:
    """Read a GeoJSON file.

    Parameters
    ----------
    path
        The file.
    encoding
        Of its text; a byte order mark of UTF-8 is passed over.
    ledger, limits
        Where findings go, and what ends the reading.
    tell
        Called with the share of the file that is read, 0 to 1.

    Raises
    ------
    RefusedError
        If the file as a whole is not GeoJSON, or exceeds a limit.
    """
    features = _Features(ledger, limits)
    size = path.stat().st_size
    text = _Text(path, encoding)
    try:
        document = _document(text, features, lambda: tell(text.bytes_read / size))
        parsed = features.finish()
    except UnicodeError as error:
        raise misread(path, encoding) from error
    finally:
        text.close()
    parsed.stated_crs = _stated_crs(document)
    return parsed


def _document(text: _Text, features: _Features, tick: Callable[[], None]) -> dict[str, Any]:
    """Read the whole file; return the members of its outermost object, without the features."""
    if text.peek() != "{":
        if text.peek() in ("[", '"', "-") or text.peek().isalnum():
            raise RefusedError("not_geojson", found=excerpt(text.value()))
        text.fail("not_json" if text.peek() else "truncated", text.at)
    head = _outermost(text, features, tick)
    kind = head.get("type")
    if not isinstance(kind, str | None):
        raise RefusedError("not_geojson", found=excerpt(kind))
    if kind == "FeatureCollection" and "features" not in head:
        raise RefusedError("features_not_list", found="null")
    if kind == "Feature" and "features" not in head:
        features.take([head], text.repeated)
        start = text.characters
        while text.peek() == "{":
            features.take([text.value()], text.repeated)
            start = _batched(text, features, start, tick)
        head = {}
    elif kind in _GEOMETRIES | {"GeometryCollection"} and "features" not in head:
        features.take([{"type": "Feature", "geometry": head, "properties": None}], text.repeated)
        head = {}
    elif "features" not in head or ("type" in head and kind != "FeatureCollection"):
        raise RefusedError("not_geojson", found=excerpt(kind))
    elif "type" not in head:
        features.ledger.add("collection_no_type")
    if text.peek():
        text.fail("trailing_content", text.at)
    return head


def _outermost(text: _Text, features: _Features, tick: Callable[[], None]) -> dict[str, Any]:
    """Read the members of the outermost object; of `features` only that they were there."""
    text.expect("{")
    head: dict[str, Any] = {}
    while text.peek() != "}":
        if head:
            text.expect(",")
        if text.peek() != '"':
            text.fail("not_json" if text.peek() else "truncated", text.at)
        key = text.value()
        text.expect(":")
        if key in head:
            if key == "features":
                raise RefusedError("features_twice")
            text.repeated.append(key)
        if key != "features":
            head[key] = text.value()
            continue
        if text.peek() != "[":
            raise RefusedError("features_not_list", found=excerpt(text.value()))
        head[key] = None
        _disown(text, features)
        start = text.characters + text.at
        for found in text.elements():
            features.take(found, text.repeated)
            start = _batched(text, features, start, tick)
    text.at += 1
    if "features" in head:
        _disown(text, features)
    return head


def _disown(text: _Text, features: _Features) -> None:
    """Enter keys that stand twice, but in no feature."""
    for key in text.repeated:
        features.ledger.add("duplicate_key", field=shown(key), key=shown(key))
    text.repeated.clear()


def _batched(text: _Text, features: _Features, start: int, tick: Callable[[], None]) -> int:
    """Close the batch when enough text has gone by since `start`; return the new start."""
    here = text.characters + text.at
    if here - start < _BATCH_CHARACTERS:
        return start
    features.flush()
    tick()
    return here


def _usual(features: list[Any], first: int) -> _Batch | None:
    """Take features apart all at once; None if any of them is unusual in any way."""
    if set(map(type, features)) != {dict}:
        return None
    members = set(map(tuple, features))
    if not all(_NEEDED <= set(names) <= _MEMBERS for names in members):
        return None
    if {str(feature["type"]) for feature in features} != {"Feature"}:
        return None
    records = [feature["properties"] for feature in features]
    if set(map(type, records)) != {dict}:
        return None
    given = [feature.get("id") for feature in features]
    own = [record.get("id") for record in records]
    if given != own:
        if set(map(type, given)) != {type(None)} and set(map(type, own)) != {type(None)}:
            return None
        if any("id" in record for record in records) and any(g is not None for g in given):
            return None
        records = [
            record if g is None else {"id": g} | record
            for g, record in zip(given, records, strict=True)
        ]
        own = [g if o is None else o for g, o in zip(given, own, strict=True)]
    rows = list(range(first, first + len(features)))
    ids = [_as_id(value) for value in own]
    return _Batch(rows, ids, [feature["geometry"] for feature in features], records)


def _complain_of(
    complain: Callable[[int, FaultError | Note], None],
    places: Sequence[int],
    n: int,
    found: FaultError | Note,
) -> None:
    complain(places[n], found)


def _own_id(feature: dict[str, Any]) -> str | None:
    record = feature.get("properties")
    own = record.get("id") if isinstance(record, dict) else None
    return _as_id(feature.get("id") if own is None else own)


def _stated_crs(head: dict[str, Any]) -> str | None:
    """Return the name in the old `crs` member, or None where there is none."""
    if "crs" not in head or head["crs"] is None:
        return None
    crs = head["crs"]
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    if not isinstance(crs, dict) or crs.get("type") != "name" or not isinstance(name, str):
        raise RefusedError("crs_unknown", found=excerpt(crs))
    return name


def _as_id(value: Any) -> str | None:
    if isinstance(value, str) and len(value) <= _ID and value.isprintable():
        return value
    if type(value) is int and abs(value) < _SHORT:
        return str(value)
    if value is None or isinstance(value, list | dict):
        return None
    return shown(str(value) if not isinstance(value, int) else excerpt(value), _ID)


def _described(value: Any) -> str:
    if isinstance(value, dict) and "type" in value:
        return f'"type": {excerpt(value["type"])}'
    return excerpt(value)
