"""A layer cut into tiles of any zoom."""

from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely

from geo.tiles.message import encode_layer, single_parts
from geo.tiles.scheme import EXTENT, TILE_PX, Tile, plane_geometries
from geo.tiles.thinning import CELL_PX, crowd

LAYER = "features"
"""Name of the layer in the tiles."""

DETAIL_ZOOM = 16
"""From here on no points are put together; a map enlarges these tiles for higher zooms."""

BUFFER_PX = CELL_PX
"""Margin of a tile: whole cells, so that neighbours put the same points together."""

SMALL_PX = 2
"""Below this width and height an outline is drawn as a point."""

_UNITS_PER_PX = EXTENT / TILE_PX


class Pyramid:
    """Tiles of one layer, cut when they are asked for.

    A feature has the number of its row as its id. At zooms below DETAIL_ZOOM points within one cell
    of the screen are one feature without id but with the properties `n`, how many they are, and
    `rows`, their numbers: the first one, then the distance of each to the one before, separated
    by commas. Outlines smaller than SMALL_PX are points too. So no row is ever missing.

    Parameters
    ----------
    geometries
        In EPSG:4326; None where a row has no place.
    """

    def __init__(self, geometries: npt.NDArray[np.object_]) -> None:
        self._degrees = geometries

    @cached_property
    def _plane(self) -> npt.NDArray[np.object_]:
        return plane_geometries(self._degrees)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self._plane)

    @cached_property
    def _boxes(self) -> npt.NDArray[np.float64]:
        boxes: npt.NDArray[np.float64] = shapely.bounds(self._plane)
        return boxes

    def tile(self, tile: Tile) -> bytes:
        """Return a tile; one without any feature is empty."""
        outer = tile.box(BUFFER_PX * _UNITS_PER_PX)
        rows = np.sort(self._tree.query(shapely.box(*outer))).astype(np.int64)
        boxes = self._boxes[rows]
        pixels = TILE_PX * 2**tile.z
        small = ((boxes[:, 2:] - boxes[:, :2]) * pixels).max(axis=1, initial=0) < SMALL_PX
        points, names, crowds = self._points(tile, rows[small], outer)
        outlines, owners = self._outlines(tile, rows[~small], boxes[~small], outer)
        if not (len(points) or len(outlines)):
            return b""
        nothing: list[str | int | None] = [None] * len(outlines)
        return encode_layer(
            LAYER,
            np.concatenate([outlines, points]),
            ids=[*owners, *names],
            properties={
                "n": [*nothing, *(len(c) if len(c) > 1 else None for c in crowds)],
                "rows": [*nothing, *(_written(c) if len(c) > 1 else None for c in crowds)],
            },
        )

    def _points(
        self, tile: Tile, rows: npt.NDArray[np.int64], outer: tuple[float, float, float, float]
    ) -> tuple[npt.NDArray[np.object_], list[int | None], list[npt.NDArray[np.int64]]]:
        """Return points in units of the tile, their ids, and the rows each stands for."""
        boxes = self._boxes[rows]
        middles = (boxes[:, :2] + boxes[:, 2:]) / 2
        west, north, east, south = outer
        inside = (
            (middles[:, 0] >= west) & (middles[:, 0] < east)
            & (middles[:, 1] >= north) & (middles[:, 1] < south)
        )  # fmt: skip
        rows, places = rows[inside], tile.units(middles[inside])
        if tile.z >= DETAIL_ZOOM:
            crowds = [rows[n : n + 1] for n in range(len(rows))]
        else:
            found = crowd(places, rows, cell=CELL_PX * _UNITS_PER_PX)
            places, crowds = found.at, list(found.members)
        ids = [int(members[0]) if len(members) == 1 else None for members in crowds]
        return np.asarray(shapely.points(places), dtype=object).reshape(-1), ids, crowds

    def _outlines(
        self,
        tile: Tile,
        rows: npt.NDArray[np.int64],
        boxes: npt.NDArray[np.float64],
        outer: tuple[float, float, float, float],
    ) -> tuple[npt.NDArray[np.object_], list[int]]:
        shapes = self._plane[rows]
        west, north, east, south = outer
        crossing = (
            (boxes[:, 0] < west) | (boxes[:, 1] < north)
            | (boxes[:, 2] > east) | (boxes[:, 3] > south)
        )  # fmt: skip
        shapes[crossing] = shapely.clip_by_rect(shapes[crossing], *outer)
        kept = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
        parts, owner = single_parts(np.asarray(shapely.transform(shapes[kept], tile.units)))
        boxes = shapely.bounds(parts)
        # A part by itself may be too small to be seen, as the whole is not.
        tiny = (boxes[:, 2:] - boxes[:, :2]).max(axis=1, initial=0) < SMALL_PX * _UNITS_PER_PX
        middles = (boxes[:, :2] + boxes[:, 2:]) / 2
        parts[tiny] = shapely.points(middles[tiny])
        # Of those of one row in one pixel, the first will do.
        places = np.column_stack([owner, np.floor(middles / _UNITS_PER_PX)])[tiny]
        again = np.flatnonzero(tiny)
        again = np.delete(again, np.unique(places, axis=0, return_index=True)[1])
        parts, owner = np.delete(parts, again), np.delete(owner, again)
        return parts, rows[kept][owner].tolist()


def _written(rows: npt.NDArray[np.int64]) -> str:
    return ",".join(map(str, np.diff(rows, prepend=0).tolist()))
