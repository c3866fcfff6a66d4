"""Coordinate reference systems of files: by EPSG number, never by an address or a file."""

import re

import numpy as np
import numpy.typing as npt
import pyproj
import shapely
from pyproj.exceptions import CRSError, ProjError

from geo.crs import DEGREES
from geo.read.ledger import shown
from geo.read.positions import Shapes
from geo.read.refusal import RefusedError
from geo.read.surroundings import AGGLOMERATION, lies_in

_EPSG = re.compile(r"(?:urn:(?:x-)?ogc:def:crs:)?EPSG:(?:[\d.]*:)?(\d{1,6})", re.IGNORECASE)
_CRS84 = re.compile(r"(?:urn:(?:x-)?ogc:def:crs:)?OGC:(?:[\d.]+:)?CRS84h?", re.IGNORECASE)
_REACHES_FILES = re.compile("grid|parameterfile|extension|http", re.IGNORECASE)
"""In WKT and PROJJSON: what makes PROJ look for a file."""

_CANDIDATES = (3857, 32645, 28415, 28475, 2509, 32644, 32646)
"""Systems in which layers of the agglomeration are met, the most frequent first."""

_SURE = 70
"""Per cent, of what pyproj finds for a definition without a number."""


def known(text: str) -> pyproj.CRS:
    """Return the system that a file or viewer names.

    Parameters
    ----------
    text
        `EPSG:n`, also as an OGC name, CRS84, WKT or PROJJSON.

    Raises
    ------
    RefusedError
        If it is none of these, unknown, not horizontal, or would make PROJ look for a file.
    """
    if _CRS84.fullmatch(text.strip()):
        return pyproj.CRS(DEGREES)
    try:
        if match := _EPSG.fullmatch(text.strip()):
            crs = pyproj.CRS.from_epsg(int(match[1]))
        elif text.lstrip().startswith("{"):
            crs = pyproj.CRS.from_json(text)
        elif "[" in text:
            crs = pyproj.CRS.from_wkt(text)
        else:
            raise RefusedError("crs_unknown", found=shown(text))
        number = crs.to_epsg(min_confidence=_SURE)
        if number is not None:
            crs = pyproj.CRS.from_epsg(number)
        elif _REACHES_FILES.search(text):
            raise RefusedError("crs_unknown", found=shown(crs.name))
        flat = crs.to_2d()
    except (CRSError, ValueError) as error:
        raise RefusedError("crs_unknown", found=shown(text)) from error
    if flat.is_geocentric or not (flat.is_geographic or flat.is_projected):
        raise RefusedError("crs_unknown", found=shown(crs.name))
    return flat


def name_of(crs: pyproj.CRS) -> str:
    """Return `EPSG:n`, or the system's name where it has no number."""
    number = crs.to_epsg(min_confidence=_SURE)
    return shown(crs.name) if number is None else f"EPSG:{number}"


def is_degrees(crs: pyproj.CRS) -> bool:
    """Whether coordinates in this system are those of WGS 84 already."""
    return bool(crs.equals(pyproj.CRS(DEGREES), ignore_axis_order=True))


def to_degrees(shapes: Shapes, crs: pyproj.CRS) -> Shapes:
    """Return flat shapes in EPSG:4326; coordinates without a place there become infinite."""
    turn = pyproj.Transformer.from_crs(crs, DEGREES, always_xy=True)

    def turned(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(turn.transform(points[:, 0], points[:, 1], errcheck=False))

    return np.asarray(shapely.transform(shapes, turned), dtype=object)


def offers(points: npt.NDArray[np.float64]) -> tuple[str, ...]:
    """Return the systems in which most points would lie in the agglomeration.

    Parameters
    ----------
    points
        Coordinates as they stand in the file, shape (n, 2).
    """
    found = []
    for number in _CANDIDATES:
        turn = pyproj.Transformer.from_crs(f"EPSG:{number}", DEGREES, always_xy=True)
        for columns in ((0, 1), (1, 0)):
            try:
                turned = np.column_stack(
                    turn.transform(points[:, columns[0]], points[:, columns[1]])
                )
            except ProjError:
                continue
            if lies_in(turned, AGGLOMERATION).mean() > 0.5:
                found.append(f"EPSG:{number}")
    return tuple(dict.fromkeys(found))
