"""The little of Protocol Buffers that a vector tile needs."""

import struct
from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Integers: TypeAlias = npt.NDArray[np.int64]

VARINT, LENGTH_DELIMITED = 0, 2


def _written(value: int) -> bytes:
    found = bytearray()
    while value > 127:
        found.append(value & 127 | 128)
        value >>= 7
    found.append(value)
    return bytes(found)


# Lengths and small numbers, of which a tile has tens of thousands.
_SMALL = [_written(n) for n in range(1 << 14)]


def varint(value: int) -> bytes:
    """Write a number that is not negative."""
    return _SMALL[value] if value < len(_SMALL) else _written(value)


def sizes(values: Integers) -> Integers:
    """Return how many bytes each number takes; none of them is negative."""
    found = np.ones(len(values), dtype=np.int64)
    for bits in range(7, int(values.max(initial=0)).bit_length(), 7):
        found += values >> bits > 0
    return found


def varints(values: Integers) -> bytes:
    """Write numbers that are not negative, one after another."""
    size = sizes(values)
    starts = np.cumsum(size) - size
    written = np.empty(int(size.sum()), dtype=np.uint8)
    written[starts] = values.astype(np.uint8)
    for place in range(1, int(size.max(initial=0))):
        longer = np.flatnonzero(size > place)
        at = starts[longer] + place
        written[at - 1] |= 128
        written[at] = values[longer] >> 7 * place
    return written.tobytes()


def interleave(*runs: tuple[Integers, Integers]) -> Integers:
    """Put runs of numbers together by turns: the first of each, then the second of each.

    Parameters
    ----------
    runs
        Numbers, and how many of them each run has; as many runs everywhere.
    """
    lengths = np.column_stack([length for _, length in runs])
    starts = (np.cumsum(lengths) - lengths.ravel()).reshape(lengths.shape)
    found = np.empty(int(lengths.sum()), dtype=np.int64)
    for (values, length), start in zip(runs, starts.T, strict=True):
        found[np.arange(len(values)) + np.repeat(start - np.cumsum(length) + length, length)] = (
            values
        )
    return found


def message(number: int, content: bytes) -> bytes:
    """Write a field that holds bytes, text or another message; its number is below 16."""
    return bytes((number << 3 | LENGTH_DELIMITED,)) + varint(len(content)) + content


def integer(number: int, value: int) -> bytes:
    """Write a field that holds a number that is not negative."""
    return bytes((number << 3 | VARINT,)) + varint(value)


def double(number: int, value: float) -> bytes:
    """Write a field that holds a floating-point number of 64 bits."""
    return bytes((number << 3 | 1,)) + struct.pack("<d", value)


def join(parts: Iterable[bytes]) -> bytes:
    """Put the fields of a message together."""
    return b"".join(parts)
