"""Seeded mutations of the shipped layers: what a bad disk, a bad editor and a bad person do."""

import json
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from geo.dataset import SHIPPED

_LAYERS = (
    *sorted(SHIPPED.rglob("*.geojson")),
    SHIPPED / "reference_points.csv",
    SHIPPED / "settlements.csv",
)
_FEATURES = 6
"""Rows that most mutations begin with: a fault in the hundredth row is no other fault."""

_WHOLE = 0.05
"""Share of mutations that begin with a layer as it is."""

_NUMBER = re.compile(rb"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?")
_TOKEN = re.compile(rb'"(?:[^"\\\n]|\\.)*"|-?\d[\d.eE+-]*|[{}\[\]:,]|true|false|null')
_BRACKET = re.compile(rb"[{}\[\]]")
_KEY = re.compile(rb'"([a-z_]+)": ')
_EXTREMES = (
    b"0", b"-0", b"1e999", b"-1e999", b"NaN", b"Infinity", b"-Infinity", b"1e308", b"5e-324",
    b"9223372036854775807", b"9223372036854775808", b"-9223372036854775809", b"1" * 400,
    b"180", b"180.0000001", b"-180", b"90", b"91", b"1e-7", b"0.1e1", b"00", b"1.", b"0x10",
)  # fmt: skip
_WORDS = (
    b"null", b"true", b"{}", b"[]", b'""', b"[[]]", b'{"type": "Point"}', b'"\\u0000"',
    b'"\\ud800"', b'"NaN"', b'"2021-02-30"', b"[[[[]]]]", b'"\xd0"', b"\x00", b"'x'", b"//",
    b'"type"', b'"coordinates"', b'"features"', b'"geometry"', b'"FeatureCollection"',
)  # fmt: skip
_KEYS = (
    b"type", b"geometry", b"coordinates", b"features", b"properties", b"id", b"crs", b"bbox",
    b"Id", b"", b"geometries", b"name_RU", b"cluster_id", b"\\u0000", b"\xd0\xb8",
)  # fmt: skip
_JUNK = (
    b"\xef\xbb\xbf", b"\xff\xfe", b"\x00", b"\xc0\xaf", b"\xed\xa0\x80", b"\r", b"\x1a", b"\xa0",
)  # fmt: skip

Change = Callable[[random.Random, bytes], bytes]


def _flip_bits(rng: random.Random, text: bytes) -> bytes:
    changed = bytearray(text)
    for _ in range(rng.choice((1, 1, 2, 8, 40))):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _write_bytes(rng: random.Random, text: bytes) -> bytes:
    at = rng.randrange(len(text))
    return text[:at] + rng.randbytes(rng.choice((1, 4, 64))) + text[at + rng.choice((0, 4)) :]


def _truncate(rng: random.Random, text: bytes) -> bytes:
    return text[: rng.randrange(len(text))]


def _cut_head(rng: random.Random, text: bytes) -> bytes:
    return text[rng.randrange(len(text)) :]


def _delete(rng: random.Random, text: bytes) -> bytes:
    at = rng.randrange(len(text))
    return text[:at] + text[at + rng.choice((1, 2, 10, 200, 2_000)) :]


def _duplicate(rng: random.Random, text: bytes) -> bytes:
    at = rng.randrange(len(text))
    piece = text[at : at + rng.choice((1, 10, 200, 2_000))]
    return text[:at] + piece * rng.choice((2, 3, 20)) + text[at:]


def _swap_tokens(rng: random.Random, text: bytes) -> bytes:
    found = list(_TOKEN.finditer(text))
    if len(found) < 2:
        return text + b"}"
    first, second = sorted(rng.sample(found, 2), key=lambda match: match.start())
    return b"".join(
        (
            text[: first.start()],
            second.group(),
            text[first.end() : second.start()],
            first.group(),
            text[second.end() :],
        )
    )


def _replace(pattern: re.Pattern[bytes], words: tuple[bytes, ...]) -> Change:
    def change(rng: random.Random, text: bytes) -> bytes:
        found = list(pattern.finditer(text))
        for match in sorted(
            rng.sample(found, min(len(found), rng.choice((1, 1, 3)))), key=lambda m: -m.start()
        ):
            text = text[: match.start()] + rng.choice(words) + text[match.end() :]
        return text

    return change


def _bracket(rng: random.Random, text: bytes) -> bytes:
    found = list(_BRACKET.finditer(text))
    if not found:
        return text + b"]"
    match = rng.choice(found)
    return text[: match.start()] + match.group() * rng.choice((0, 2, 100)) + text[match.end() :]


def _rename(rng: random.Random, text: bytes) -> bytes:
    found = list(_KEY.finditer(text))
    if not found:
        return text.replace(b"longitude", rng.choice((b"lon", b"latitude", b"")), 1)
    match = rng.choice(found)
    return text[: match.start(1)] + rng.choice(_KEYS) + text[match.end(1) :]


def _rename_everywhere(rng: random.Random, text: bytes) -> bytes:
    keys = sorted(set(_KEY.findall(text))) or [b"longitude", b"latitude"]
    return text.replace(rng.choice(keys), rng.choice(_KEYS))


def _encode(rng: random.Random, text: bytes) -> bytes:
    codec = rng.choice(("cp1251", "utf-16", "utf-16-be", "utf-32", "koi8-r", "cp866", "utf-7"))
    half = rng.randrange(len(text)) if rng.random() < 0.5 else 0
    return text[:half] + text[half:].decode("utf-8", "replace").encode(codec, "replace")


def _junk(rng: random.Random, text: bytes) -> bytes:
    at = rng.choice((0, rng.randrange(len(text)), len(text)))
    return text[:at] + rng.choice(_JUNK) + text[at:]


def _shuffle_lines(rng: random.Random, text: bytes) -> bytes:
    lines = text.splitlines(keepends=True)
    rng.shuffle(lines)
    return b"".join(lines)


def _repeat_lines(rng: random.Random, text: bytes) -> bytes:
    lines = text.splitlines(keepends=True)
    at = rng.randrange(len(lines))
    return b"".join([*lines[:at], *[lines[at]] * rng.choice((0, 2, 5)), *lines[at + 1 :]])


def _scale_coordinates(rng: random.Random, text: bytes) -> bytes:
    by = rng.choice((-1, 1e-3, 1.001, 2, 1e4, 1e300))
    return re.sub(
        rb"(?<=\[)(-?\d+\.\d+), ?(-?\d+\.\d+)(?=\])",
        lambda m: b"%r, %r" % (float(m[1]) * by, float(m[2]) * by),
        text,
    )


def _swap_coordinates(rng: random.Random, text: bytes) -> bytes:
    return re.sub(
        rb"(?<=\[)(-?\d+\.\d+), ?(-?\d+\.\d+)(?=\])",
        lambda m: m[2] + b", " + m[1] if rng.random() < 0.5 else m[0],
        text,
    )


def _nest(rng: random.Random, text: bytes) -> bytes:
    depth = rng.choice((3, 20, 63, 65, 500, 20_000))
    found = list(_NUMBER.finditer(text)) or list(re.finditer(b"$", text))
    match = rng.choice(found)
    nested = b"[" * depth + match.group() + b"]" * depth
    return text[: match.start()] + nested + text[match.end() :]


CHANGES: dict[str, Change] = {
    "flip_bits": _flip_bits,
    "write_bytes": _write_bytes,
    "truncate": _truncate,
    "cut_head": _cut_head,
    "delete": _delete,
    "duplicate": _duplicate,
    "swap_tokens": _swap_tokens,
    "extreme_numbers": _replace(_NUMBER, _EXTREMES),
    "strange_words": _replace(_TOKEN, _WORDS),
    "bracket": _bracket,
    "rename": _rename,
    "rename_everywhere": _rename_everywhere,
    "encode": _encode,
    "junk": _junk,
    "shuffle_lines": _shuffle_lines,
    "repeat_lines": _repeat_lines,
    "scale_coordinates": _scale_coordinates,
    "swap_coordinates": _swap_coordinates,
    "nest": _nest,
}


@dataclass(frozen=True)
class Mutation:
    """A damaged layer, and how it came about."""

    seed: int
    layer: Path
    changes: tuple[str, ...]
    content: bytes

    def __str__(self) -> str:
        return f"seed {self.seed}: {self.layer.name}, {' + '.join(self.changes)}"


def mutation(seed: int) -> Mutation:
    """Return the mutation of that number, always the same."""
    rng = random.Random(seed)  # noqa: S311 - must be the same each time
    layer = rng.choice(_LAYERS)
    content = layer.read_bytes() if rng.random() < _WHOLE else _some_rows(rng, layer)
    # Every kind of change comes in turn; one in four meets others.
    changes = [tuple(CHANGES)[seed % len(CHANGES)]]
    if rng.random() < 0.25:
        changes += rng.choices(tuple(CHANGES), k=rng.choice((1, 2, 4)))
    for name in changes:
        content = CHANGES[name](rng, content) or b"\n"
    return Mutation(seed, layer, tuple(changes), content)


def _some_rows(rng: random.Random, layer: Path) -> bytes:
    if layer.suffix == ".csv":
        header, *rows = layer.read_bytes().splitlines(keepends=True)
        return b"".join([header, *rng.sample(rows, min(len(rows), _FEATURES))])
    whole = json.loads(layer.read_bytes())
    few = rng.sample(whole["features"], min(len(whole["features"]), _FEATURES))
    lines = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in few)
    head = '{"type": "FeatureCollection", "features": [\n'
    return f"{head}{lines}\n]}}\n".encode()
