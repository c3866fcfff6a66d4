"""Which of the areas found cannot be a site whatever its size and place, judged without measuring.

An answer is not trusted: it may hold thousands of areas, on the other side of the world, with
names of a megabyte.
"""

from collections import Counter
from typing import Any

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geo.tracing.likeness import likeness, shown_name
from geo.tracing.selectors import Selector
from geo.tracing.shapes import settled

LEAST_LIKENESS = 0.75
"""Below this a named area is something else."""

WIDEST_DEGREES = 0.5
MOST_VERTICES = 20_000


def sift(selector: Selector, areas: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, Counter[str]]:
    """Return the areas that are worth measuring, and how many are not and why.

    Parameters
    ----------
    selector
        What is sought.
    areas
        In EPSG:4326 with `osm_type`, `osm_id`, `tags`, `repaired_ha` (NaN where no repair was
        needed) and valid polygons.

    Returns
    -------
    frame, left_out
        `object` (such as "way/1"), `name`, `likeness` and `repaired_ha` (float or None) and
        outlines as they would be stored; the codes are those of `geo.tracing.reasons.LEFT_OUT`.
    """
    pairs = zip(areas["osm_type"], areas["osm_id"], strict=True)
    objects = np.array([f"{kind}/{number}" for kind, number in pairs], dtype=object)
    alike = np.array([likeness(tags, selector.names) for tags in areas["tags"]], dtype=object)
    # The first fault of an area counts.
    faults = np.full(len(areas), "", dtype=object)
    for code, flags in {
        "broken": areas["osm_id"].to_numpy() < 1,
        "refused": np.isin(objects, selector.refused),
        "other_name": [one is not None and one < LEAST_LIKENESS for one in alike],
        **_by_bounds(selector, areas),
    }.items():
        faults[np.asarray(flags, dtype=bool) & (faults == "")] = code
    rows = np.flatnonzero(faults == "")
    shapes, sound = settled(list(areas.geometry.iloc[rows]))
    faults[rows[~sound]] = "broken"
    rows = rows[sound]
    repaired = areas["repaired_ha"].to_numpy(dtype=float)
    columns: dict[str, Any] = {
        "object": objects[rows],
        "name": [shown_name(areas["tags"].iloc[row]) for row in rows],
        "likeness": alike[rows],
        "repaired_ha": np.where(np.isnan(repaired), None, repaired)[rows],
    }
    left_out = Counter(str(fault) for fault in faults if fault)
    return gpd.GeoDataFrame(columns, geometry=shapes, crs=areas.crs), left_out


def _by_bounds(selector: Selector, areas: gpd.GeoDataFrame) -> dict[str, npt.NDArray[np.bool_]]:
    shapes = areas.geometry.to_numpy()
    west, south, east, north = shapely.bounds(shapes).reshape(-1, 4).T
    left, foot, right, head = selector.box or (-180.0, -90.0, 180.0, 90.0)
    return {
        "too_large": np.maximum(east - west, north - south) > WIDEST_DEGREES,
        "outside_box": (west > right) | (east < left) | (south > head) | (north < foot),
        "too_detailed": shapely.get_num_coordinates(shapes) > MOST_VERTICES,
    }
