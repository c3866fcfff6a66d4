"""Land under streets: ribbons as wide as the class of street, all of them dissolved.

Dissolved, because land counts once: where streets cross, where a pavement runs beside its street,
and where the network on foot and that of cars hold the same street.
"""

from collections.abc import Mapping
from types import MappingProxyType

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.crs import to_metres
from geo.network.streets import Floats, Network
from geo.snapshot import Snapshot

WIDTH_M: Mapping[str, float] = MappingProxyType(
    {
        "motorway": 24.0, "trunk": 20.0, "primary": 22.0, "secondary": 18.0, "tertiary": 14.0,
        "unclassified": 10.0, "residential": 10.0, "living_street": 8.0, "service": 5.0,
        "pedestrian": 10.0, "footway": 2.5, "path": 1.5, "steps": 2.0, "cycleway": 2.5,
        "track": 3.5, "road": 8.0,
    }
)  # fmt: skip
"""Metres between the property lines by class of street, a choice of this project; pavements are
inside. A link road is as wide as a tertiary one. Other classes: 0 at least, 8 at most."""

_LINK_M, _UNKNOWN_M = 14.0, 8.0

StreetGround = Mapping[str, BaseGeometry]
"""`low`: under streets whose class has a width; `high`: under all. In metres of EPSG:32645."""


def street_ground(
    walk: Network, drive: gpd.GeoDataFrame | None = None, *, width_factor: float = 1.0
) -> StreetGround:
    """Return the ground under all streets, wherever they lie.

    Parameters
    ----------
    walk
        Streets on foot.
    drive
        Lines with `highway`: the streets for cars, many of which nobody may walk along.
    width_factor
        Multiplies all widths, for sensitivity.
    """
    lines, classes = walk.geometry, walk.highway
    if drive is not None:
        lines = np.concatenate([lines, to_metres(drive.geometry).to_numpy()])
        classes = np.concatenate([classes, drive["highway"].to_numpy(dtype=object)])
    # Both directions and both networks: dissolving would bring one street to one, but slower.
    codes, _ = pd.factorize(np.array(shapely.to_wkb(shapely.normalize(lines)), dtype=object))
    once = ~pd.DataFrame({"line": codes, "class": classes}).duplicated().to_numpy()
    lines, classes = lines[once], classes[once]
    widths = np.array([_width(name) for name in classes])
    known = np.isfinite(widths)
    low = _ribbons(lines[known], widths[known] * width_factor)
    unknown = _ribbons(lines[~known], np.full((~known).sum(), _UNKNOWN_M * width_factor))
    return {"low": low, "high": low if known.all() else shapely.union(low, unknown)}


def drive_lines(snapshot: Snapshot) -> gpd.GeoDataFrame | None:
    """Return the streets for cars of a snapshot, None where it has none."""
    return snapshot.layer("drive_edges") if "drive_edges" in snapshot else None


def _width(highway: object) -> float:
    if not isinstance(highway, str):
        return np.nan
    return _LINK_M if highway.endswith("_link") else WIDTH_M.get(highway, np.nan)


def _ribbons(lines: NDArray[np.object_], widths_m: Floats) -> BaseGeometry:
    ground: BaseGeometry = shapely.union_all(
        shapely.buffer(lines, widths_m / 2, cap_style="flat", join_style="mitre")
    )
    return ground
