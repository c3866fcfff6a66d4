"""The little of Protocol Buffers that a vector tile needs."""

import struct
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

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


def varints(values: npt.NDArray[np.int64], lengths: npt.NDArray[np.int64]) -> list[bytes]:
    """Write numbers that are not negative, cut into runs.

    Parameters
    ----------
    values
        All numbers.
    lengths
        How many each run has; together all of them.
    """
    sizes = np.ones(len(values), dtype=np.int64)
    for bits in range(7, 64, 7):
        longer = values >> bits > 0
        if not longer.any():
            break
        sizes += longer
    starts = np.cumsum(sizes) - sizes
    written = np.empty(int(sizes.sum()), dtype=np.uint8)
    for place in range(int(sizes.max(initial=0))):
        here = sizes > place
        more = np.where(sizes[here] > place + 1, 128, 0)
        written[starts[here] + place] = (values[here] >> 7 * place) & 127 | more
    ends = np.cumsum(lengths)
    edges = np.append(starts, len(written))
    whole = written.tobytes()
    return [
        whole[start:end]
        for start, end in zip(edges[ends - lengths].tolist(), edges[ends].tolist(), strict=True)
    ]


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
