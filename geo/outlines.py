"""The outline of a site, derived from facts by one rule.

1. Three or more known points of the site that are not in one line: their convex hull.
2. Otherwise a disc of the stated area, but only where the position is known better than the disc
   is wide (`position_accuracy_m` below its radius): a wider error would make every join lie.
3. Otherwise the position alone, a Point.

The position is the site's first reference point or, without one, the Point it already has.
Outlines surveyed or traced by people are never touched. Hull and disc are guesses of the true
extent: their area must not be reported as the site's.
"""

import json
import math
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry import MultiPoint, Point, mapping, shape
from shapely.geometry.base import BaseGeometry

from geo.crs import DEGREES, METRES, to_degrees, to_metres
from geo.domains import DERIVED_OUTLINES, TRUE_OUTLINES
from geo.errors import OutlineError

DECIMALS = 6
"""Of stored degrees: 0.11 m north-south, 0.06 m east-west at Tomsk."""

LEAST_WIDTH_M = 1.0
"""Below this a hull is a line of points: published coordinates are no better than this."""

_QUARTER_SEGMENTS = 16
_RULE_COLUMNS = ("geometry_method", "area_ha", "position_accuracy_m")


def derive(sites: gpd.GeoDataFrame, reference_points: pd.DataFrame) -> gpd.GeoDataFrame:
    """Return the sites with the geometries that the rule gives.

    Parameters
    ----------
    sites
        GeoDataFrame in any CRS, indexed by site id, with `geometry_method`, `area_ha` and
        `position_accuracy_m`.
    reference_points
        Known points with `site_id`, `longitude` and `latitude` (EPSG:4326); the first of a site is
        its position.

    Returns
    -------
    GeoDataFrame
        A copy in EPSG:4326, rounded to six decimals. `geometry_method` names the rule applied;
        a Point keeps the method it had. A site without a place stays without one.

    Raises
    ------
    MissingCrsError
        If `sites` has no CRS.
    OutlineError
        If a hull or disc has no reference point any more, so that its position is lost.
    """
    derived = to_degrees(sites)
    known = _in_metres(reference_points)
    own = to_metres(sites.geometry)
    shapes: list[BaseGeometry | None] = []
    methods: list[str] = []
    for site_id, method, area_ha, accuracy_m in zip(
        sites.index, *(sites[column] for column in _RULE_COLUMNS), strict=True
    ):
        points = list(known[known.index == site_id])
        if method in TRUE_OUTLINES:
            outline, rule = own[site_id], method
        else:
            position = points[0] if points else _own_position(own[site_id], site_id)
            outline, rule = _outline(points, position, area_ha, accuracy_m)
        shapes.append(outline)
        methods.append(rule or _method_of_point(method))
    geometry = to_degrees(gpd.GeoSeries(shapes, index=sites.index, crs=METRES))
    # What people drew is given back as it was, not as two reprojections leave it.
    kept = sites["geometry_method"].isin(TRUE_OUTLINES)
    derived["geometry"] = derived.geometry.where(kept, geometry.map(_stored_or_none))
    derived["geometry_method"] = methods
    return derived


def disc_radius_m(area_ha: float) -> float:
    """Return the radius in metres of a disc of `area_ha` hectares."""
    return math.sqrt(area_ha * 10_000 / math.pi)


def hull(points: list[Point]) -> BaseGeometry | None:
    """Return the convex hull, in metres, of three or more points not in one line, else None."""
    around = MultiPoint(points).convex_hull
    return None if around.buffer(-LEAST_WIDTH_M / 2).is_empty else around


def disc(position: Point, *, area_ha: float, accuracy_m: float) -> BaseGeometry | None:
    """Return a disc of the stated area, or None where the position is not known well enough.

    Parameters
    ----------
    position
        Centre, in metres.
    area_ha, accuracy_m
        Stated area in hectares and error of the position in metres; NaN where unknown.
    """
    if not accuracy_m < disc_radius_m(area_ha):
        return None
    return position.buffer(disc_radius_m(area_ha), quad_segs=_QUARTER_SEGMENTS)


def rewrite(folder: Path) -> tuple[str, ...]:
    """Derive the outlines of a data folder anew, in place.

    Reads `reference_points.csv` and every file of `territories/`; of a feature only the geometry
    and `geometry_method` can change, and a file in which nothing changes keeps its bytes.

    Returns
    -------
    tuple
        Names of the files written, relative to the folder.
    """
    reference_points = pd.read_csv(folder / "reference_points.csv")
    changed = []
    for path in sorted((folder / "territories").glob("*.geojson")):
        document = json.loads(path.read_text(encoding="utf-8"))
        features = [_redrawn(*pair) for pair in _pairs(document["features"], reference_points)]
        if features != document["features"]:
            path.write_text(as_text(document | {"features": features}), encoding="utf-8")
            changed.append(str(path.relative_to(folder)))
    return tuple(changed)


def stored(geometry: BaseGeometry) -> BaseGeometry:
    """Round degrees to the stored decimals, exterior counter-clockwise as RFC 7946 asks."""
    rounded = shapely.transform(geometry, lambda xy: np.round(xy, DECIMALS))
    return shapely.orient_polygons(rounded)


def measured_ha(outline: BaseGeometry) -> float:
    """Return the area in hectares of an outline in EPSG:4326, measured in EPSG:32645."""
    return float(to_metres(gpd.GeoSeries([outline], crs=DEGREES)).area.item()) / 10_000


def as_text(document: dict[str, Any]) -> str:
    """Write a FeatureCollection with one feature a line, so that a change reads as one line."""
    features = ",\n".join(json.dumps(f, ensure_ascii=False) for f in document["features"])
    head = json.dumps({k: v for k, v in document.items() if k != "features"}, ensure_ascii=False)
    return f'{head[:-1]}, "features": [\n{features}\n]}}\n'


def _outline(
    points: list[Point], position: Point | None, area_ha: float, accuracy_m: float
) -> tuple[BaseGeometry | None, str | None]:
    """Apply the rule to one site, in metres; the method is None where a Point is all there is."""
    if (around := hull(points)) is not None:
        return around, "hull_of_points"
    if position is None:
        return None, None
    round_it = disc(position, area_ha=area_ha, accuracy_m=accuracy_m)
    return (position, None) if round_it is None else (round_it, "disc_of_area")


def _own_position(geometry: BaseGeometry | None, site_id: str) -> Point | None:
    if geometry is None or isinstance(geometry, Point):
        return geometry
    raise OutlineError(
        f"`{site_id}` has a derived {geometry.geom_type} and no row in the reference points: "
        "its position is lost; add the point, or set `geometry_method` to surveyed or traced"
    )


def _method_of_point(method: str) -> str:
    return "point" if method in DERIVED_OUTLINES else method


def _in_metres(reference_points: pd.DataFrame) -> gpd.GeoSeries:
    places = gpd.points_from_xy(reference_points["longitude"], reference_points["latitude"])
    return to_metres(gpd.GeoSeries(places, index=reference_points["site_id"], crs=DEGREES))


def _stored_or_none(geometry: BaseGeometry | None) -> BaseGeometry | None:
    return None if geometry is None else stored(geometry)


def _pairs(
    features: list[dict[str, Any]], reference_points: pd.DataFrame
) -> list[tuple[dict[str, Any], BaseGeometry | None, str]]:
    """Return each feature with the geometry and method that the rule gives it."""
    if not features:
        return []
    table = pd.DataFrame([feature["properties"] for feature in features]).set_index("id")
    numbers = table[["area_ha", "position_accuracy_m"]].astype(float)
    geometry = [shape(f["geometry"]) if f["geometry"] else None for f in features]
    sites = gpd.GeoDataFrame(
        numbers.assign(geometry_method=table["geometry_method"]), geometry=geometry, crs=DEGREES
    )
    derived = derive(sites, reference_points)
    return list(zip(features, derived.geometry, derived["geometry_method"], strict=True))


def _redrawn(feature: dict[str, Any], geometry: BaseGeometry | None, method: str) -> dict[str, Any]:
    if method in TRUE_OUTLINES:
        return feature
    # A round trip through JSON turns tuples into the lists that the file holds.
    drawn = None if geometry is None else json.loads(json.dumps(mapping(geometry)))
    return feature | {
        "properties": feature["properties"] | {"geometry_method": method},
        "geometry": drawn,
    }
