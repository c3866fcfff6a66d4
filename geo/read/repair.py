"""Repair of shapes that are not valid, each within its budget, in processes that can be ended.

GEOS cannot be interrupted: 1,000 random vertices keep `make_valid` busy for seconds, 3,000 for
most of a minute. So the work is done by a fork of this process which sets itself an alarm before
each shape; when it rings, the kernel ends the fork, and the next one goes on with the next shape.
"""

import os
import signal
import struct
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyproj
import shapely
from shapely.geometry.base import BaseGeometry

_GEOD = pyproj.Geod(ellps="WGS84")
_HEADER = struct.Struct("<?q")


@dataclass(frozen=True)
class Repaired:
    """What repair made of one shape.

    Parameters
    ----------
    shape
        The valid shape; None if there is none.
    fault
        Code of the fault where `shape` is None.
    """

    shape: BaseGeometry | None
    fault: str = ""


def repair(
    shapes: Sequence[BaseGeometry], *, seconds: float, total_seconds: float
) -> Iterator[Repaired]:
    """Repair shapes, in their order.

    The rings stay and are taken as outlines and holes ("structure"); parts without area are left
    out. Whether the result is valid was looked at.

    Parameters
    ----------
    shapes
        Not valid, flat.
    seconds, total_seconds
        For one shape, and for all together; whatever is not done by then is `repair_too_long`.
    """
    end = time.monotonic() + total_seconds
    done = 0
    while done < len(shapes):
        if time.monotonic() >= end:
            yield Repaired(None, "repair_too_long")
            done += 1
            continue
        for result in _forked(shapes[done:], seconds, end):
            yield result
            done += 1
            if result.fault == "repair_too_long":
                break


def area_m2(shape: BaseGeometry) -> float:
    """Return the area on the ellipsoid of a shape in EPSG:4326.

    Where its lines cross, the parts that run the other way round are taken off.
    """
    turned = shapely.orient_polygons(shape)
    return round(abs(float(_GEOD.geometry_area_perimeter(turned)[0])), 1)


def _forked(shapes: Sequence[BaseGeometry], seconds: float, end: float) -> Iterator[Repaired]:
    """Yield what one fork gets done; the shape at which it was ended counts as too long."""
    source, sink = os.pipe()
    worker = os.fork()
    if worker == 0:
        os.close(source)
        _work(shapes, sink, seconds, end)
    os.close(sink)
    try:
        with os.fdopen(source, "rb") as answers:
            for _ in shapes:
                header = answers.read(_HEADER.size)
                if len(header) < _HEADER.size:
                    yield Repaired(None, "repair_too_long")
                    return
                valid, length = _HEADER.unpack(header)
                content = answers.read(length)
                if not valid:
                    yield Repaired(None, "repair_failed")
                elif not length:
                    yield Repaired(None, "repair_left_nothing")
                else:
                    yield Repaired(shapely.from_wkb(content))
    finally:
        os.waitpid(worker, 0)


def _work(shapes: Sequence[BaseGeometry], sink: int, seconds: float, end: float) -> None:
    """Repair in this process until it is done or the alarm ends it; never returns."""
    try:
        for shape in shapes:
            left = min(seconds, end - time.monotonic())
            if left <= 0:
                break
            signal.setitimer(signal.ITIMER_REAL, left)
            valid, content = _mended(shape)
            signal.setitimer(signal.ITIMER_REAL, 0)
            os.write(sink, _HEADER.pack(valid, len(content)))
            view = memoryview(content)
            while view:
                view = view[os.write(sink, view) :]
    finally:
        os._exit(0)


def _mended(shape: BaseGeometry) -> tuple[bool, bytes]:
    """Return whether a valid shape came out, and its WKB; empty for a shape without extent."""
    try:
        mended = shapely.make_valid(shape, method="structure", keep_collapsed=False)
        if mended.is_empty:
            return True, b""
        return bool(mended.is_valid), bytes(shapely.to_wkb(mended))
    except shapely.errors.GEOSException:
        return False, b""
