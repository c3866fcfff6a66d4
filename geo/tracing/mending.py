"""Closed ways that cross themselves, repaired within a budget, with what that did to their area.

Only ways: of a relation nobody knows which of its rings was meant otherwise.
"""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import shapely

from geo.crs import DEGREES
from geo.fetch import Element, Refused
from geo.fetch.elements import tags_of
from geo.read.repair import area_m2, repair
from geo.tracing.shapes import REPAIR_SECONDS, REPAIR_TOTAL_SECONDS
from geo.tracing.sifting import MOST_VERTICES

_LEAST_PLACES = 4
_MOST_REPAIRS = 50


def mended(elements: Sequence[Element], unusable: Sequence[Refused]) -> gpd.GeoDataFrame:
    """Return as areas the ways among the unusable elements that can be repaired.

    Parameters
    ----------
    elements
        Checked elements with their places (`out geom`).
    unusable
        Those that could not become a polygon; at most 50 of them are tried.

    Returns
    -------
    GeoDataFrame
        As `geo.fetch.areas` gives it, and `repaired_ha`: by how many hectares the repair changed
        the area on the ellipsoid, where parts that run the other way round count as taken off.
    """
    ids = {one.osm_id for one in unusable if one.osm_type == "way"}
    ways = [one for one in elements if one["type"] == "way" and one["id"] in ids]
    crossing = [(way, outline) for way in ways if (outline := _crossing(way)) is not None]
    crossing = crossing[:_MOST_REPAIRS]
    results = repair(
        [outline for _, outline in crossing],
        seconds=REPAIR_SECONDS,
        total_seconds=REPAIR_TOTAL_SECONDS,
    )
    rows, shapes = [], []
    for (way, outline), result in zip(crossing, results, strict=True):
        if isinstance(result.shape, shapely.Polygon | shapely.MultiPolygon):
            changed_ha = (area_m2(result.shape) - area_m2(outline)) / 10_000
            rows.append(("way", way["id"], dict(tags_of(way)), changed_ha))
            shapes.append(result.shape)
    kinds, numbers, tags, changes = zip(*rows, strict=True) if rows else ((), (), (), ())
    return gpd.GeoDataFrame(
        {
            "osm_type": np.array(kinds, dtype=object),
            "osm_id": np.array(numbers, dtype=np.int64),
            "tags": np.array(tags, dtype=object),
            "repaired_ha": np.array(changes, dtype=float),
        },
        geometry=np.array(shapes, dtype=object),
        crs=DEGREES,
    )


def _crossing(way: Element) -> shapely.Polygon | None:
    places = [(one["lon"], one["lat"]) for one in way.get("geometry", ())]
    if not _LEAST_PLACES <= len(places) <= MOST_VERTICES or places[0] != places[-1]:
        return None
    outline = shapely.Polygon(places)
    return None if outline.is_valid else outline
