"""Random layers full of what goes wrong, as frames and as GeoParquet files."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

POLYGONS, POINTS, LINES, MIXED = "polygons", "points", "lines", "mixed"


def layer(kind: str, rows: int, seed: int, *, crs: int = 32645) -> gpd.GeoDataFrame:
    """Return shapes on a lattice of 100 m near Tomsk, so that edges and corners often meet."""
    dice = np.random.default_rng(seed)
    corner = dice.integers(0, 12, (rows, 2))
    size = dice.integers(1, 5, (rows, 2))
    shapes = np.empty(rows, dtype=object)
    for n in range(rows):
        shapes[n] = _shape(_kind(kind, dice), corner[n], size[n], dice)
    shapes[dice.random(rows) < 0.05] = None
    if kind != POINTS:
        shapes[dice.random(rows) < 0.05] = shapely.Polygon()
    places = gpd.GeoSeries(
        shapely.transform(shapes, lambda xy: xy * 100 + (5.0e5, 6.26e6)), crs=32645
    )
    columns = {
        "id": np.arange(rows) * 3,
        "name": [f"№{n}" if n % 7 else None for n in range(rows)],
        "worth": dice.integers(0, 9, rows).astype(float),
        "group": dice.choice(["a", "b", None], rows),
        "position_accuracy_m": dice.choice([0.0, 30.0, np.nan], rows),
    }
    return gpd.GeoDataFrame(columns, geometry=places).to_crs(crs)


def written(frame: gpd.GeoDataFrame, path: Path) -> Path:
    """Write GeoParquet in row groups of few rows."""
    frame.to_parquet(path, row_group_size=37)
    return path


def _kind(kind: str, dice: np.random.Generator) -> str:
    return str(dice.choice([POLYGONS, POINTS, LINES])) if kind == MIXED else kind


def _shape(
    kind: str, corner: np.ndarray, size: np.ndarray, dice: np.random.Generator
) -> shapely.Geometry:
    x, y = corner
    w, h = size
    if kind == POINTS:
        return shapely.Point(corner + dice.choice([0, 0.5], 2))
    if kind == LINES:
        return shapely.LineString([(x, y), (x + w, y), (x + w, y + h)])
    box = shapely.box(x, y, x + w, y + h)
    choice = dice.integers(0, 5)
    if choice == 0 and w > 2 and h > 2:
        return box - shapely.box(x + 1, y + 1, x + w - 1, y + h - 1)
    if choice == 1:
        return shapely.MultiPolygon([box, shapely.box(x + w + 1, y, x + w + 2, y + 1)])
    if choice == 2:
        return shapely.Polygon([(x, y), (x + w, y), (x, y + h)])
    if choice == 3:
        return shapely.Polygon([(x, y), (x + w, y + h), (x + w, y), (x, y + h)])  # a bow-tie
    return box
