"""A snapshot made in the test: a square of streets round a place of the shipped dataset."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from geo import dataset
from geo.crs import DEGREES, METRES, to_metres
from geo.snapshot import Snapshot, write_snapshot
from geo.snapshot.manifest import About

ABOUT = About(
    id="grid",
    kind="own",
    title_ru="Сетка",
    title_en="Grid",
    retrieved="2026-11-23",
    source="made in a test",
    query="",
    licence="CC0-1.0",
    attribution_ru="Сетка тестов",
    attribution_en="Grid of the tests",
    notice_ru="",
    notice_en="",
    made="tests",
)


def middle_of(site_id: str) -> tuple[float, float]:
    """Return where a shipped site lies, in metres."""
    sites = dataset.shared().sites
    centre = to_metres(sites.loc[[site_id]].geometry).iloc[0].centroid
    return float(centre.x), float(centre.y)


def make_grid(
    folder: Path, middle: tuple[float, float], *, side: int = 21, block_m: float = 200.0
) -> Snapshot:
    """Write streets every 200 m, 10 people at each crossing, a house, stops and two institutions.

    By car the streets between south and north are one-way, in turns.
    """
    steps = (np.arange(side) - side // 2) * block_m
    x, y = np.meshgrid(steps + middle[0], steps + middle[1])
    xy = np.column_stack([x.ravel(), y.ravel()])
    points = gpd.GeoSeries(shapely.points(xy), crs=METRES)
    number = np.arange(side * side).reshape(side, side)
    across = np.column_stack([number[:, :-1].ravel(), number[:, 1:].ravel()])
    north = np.column_stack([number[:-1].ravel(), number[1:].ravel()])
    column = north[:, 0] % side
    one_way = np.where((column % 2 == 0)[:, None], north, north[:, ::-1])
    across = np.concatenate([across, across[:, ::-1]])
    named = {"name_ru": "Имя", "name_en": "Name"}
    nodes = gpd.GeoDataFrame({"id": number.ravel()}, geometry=points)
    some = points.iloc[:: side + 3].reset_index(drop=True)
    layers = {
        "walk_nodes": nodes,
        "drive_nodes": nodes,
        "walk_edges": _edges(xy, np.concatenate([across, north, north[:, ::-1]])),
        "drive_edges": _edges(xy, np.concatenate([across, one_way])),
        "population": gpd.GeoDataFrame({"people": 10.0}, index=points.index, geometry=points),
        "buildings": gpd.GeoDataFrame(
            {"id": [str(n) for n in range(len(points))], "kind": "house"},
            geometry=points.buffer(8, cap_style="square"),
        ),
        "stops": gpd.GeoDataFrame(
            {"id": [str(n) for n in some.index], "mode": "bus", **named}, geometry=some
        ),
        "pois": gpd.GeoDataFrame(
            {"id": ["a", "b"], "kind": ["clinic", "railway_station"], **named},
            geometry=points.iloc[[0, -1]].reset_index(drop=True),
        ),
    }
    degrees = {name: frame.to_crs(DEGREES) for name, frame in layers.items()}
    return write_snapshot(folder, ABOUT, degrees)


def _edges(xy: np.ndarray, pairs: np.ndarray) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {
            "from_id": pairs[:, 0],
            "to_id": pairs[:, 1],
            "highway": "residential",
            "maxspeed_kmh": np.nan,
            "name": "",
        },
        geometry=gpd.GeoSeries(shapely.linestrings(xy[pairs]), crs=METRES),
    )
