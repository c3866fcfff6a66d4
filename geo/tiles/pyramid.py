"""A layer cut into tiles of any zoom."""

from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import shapely

from geo.tiles.message import encode_layer, single_parts
from geo.tiles.scheme import EXTENT, TILE_PX, Coordinates, Tile, plane_geometries
from geo.tiles.thinning import CELL_PX, Crowds, crowd

Box: TypeAlias = tuple[float, float, float, float]
Geometries: TypeAlias = npt.NDArray[np.object_]
Integers: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]

LAYER = "features"
"""Name of the layer in the tiles."""

DETAIL_ZOOM = 16
"""From here on no points are put together; a map enlarges these tiles for higher zooms."""

BUFFER_PX = CELL_PX
"""Margin of a tile: whole cells, so that neighbours put the same points together."""

SMALL_PX = 2
"""Below this width and height an outline is drawn as a point."""


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

    tile_px = TILE_PX
    """Side of a tile on the screen."""

    detail_zoom = DETAIL_ZOOM
    small_px = SMALL_PX

    def __init__(self, geometries: Geometries) -> None:
        self._degrees = geometries

    @property
    def _pixel(self) -> float:
        """One pixel of the screen in units of a tile."""
        return EXTENT / self.tile_px

    @cached_property
    def _plane(self) -> Geometries:
        return plane_geometries(self._degrees)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self._plane)

    @cached_property
    def _boxes(self) -> Coordinates:
        boxes: Coordinates = shapely.bounds(self._plane)
        return boxes

    def tile(self, tile: Tile) -> bytes:
        """Return a tile; one without any feature is empty."""
        outer = tile.box(BUFFER_PX * self._pixel)
        rows = self._rows(tile, outer)
        small = self._small(self._plane[rows], self._boxes[rows], 1 / (self.tile_px * 2**tile.z))
        crowds = self._crowds(tile, rows[small], outer)
        outlines, owners = self._outlines(tile, rows[~small], outer)
        if not (len(crowds.members) or len(outlines)):
            return b""
        return self._written(outlines, owners, crowds)

    def _rows(self, _tile: Tile, outer: Box) -> Integers:
        """Return the rows of a tile, ascending."""
        return np.sort(self._tree.query(shapely.box(*outer))).astype(np.int64)

    def _small(self, _shapes: Geometries, boxes: Coordinates, pixel: float) -> Mask:
        """Tell which shapes are drawn as points; boxes and pixel are in the same unit."""
        mask: Mask = (boxes[:, 2:] - boxes[:, :2]).max(axis=1, initial=0) < self.small_px * pixel
        return mask

    def _written(self, outlines: Geometries, owners: Integers, crowds: Crowds) -> bytes:
        """Write a tile of outlines, with the row of each, and points."""
        nothing: list[str | int | None] = [None] * len(outlines)
        alone = [len(members) == 1 for members in crowds.members]
        names = zip(alone, crowds.members, strict=True)
        return encode_layer(
            LAYER,
            np.concatenate([outlines, points_at(crowds.at)]),
            ids=[*owners.tolist(), *(int(rows[0]) if one else None for one, rows in names)],
            properties={
                "n": [*nothing, *(len(c) if len(c) > 1 else None for c in crowds.members)],
                "rows": [*nothing, *(_steps(c) if len(c) > 1 else None for c in crowds.members)],
            },
        )

    def _crowds(self, tile: Tile, rows: Integers, outer: Box) -> Crowds:
        """Return points in units of the tile, and the rows each stands for."""
        boxes = self._boxes[rows]
        middles = (boxes[:, :2] + boxes[:, 2:]) / 2
        west, north, east, south = outer
        inside = (
            (middles[:, 0] >= west) & (middles[:, 0] < east)
            & (middles[:, 1] >= north) & (middles[:, 1] < south)
        )  # fmt: skip
        rows, places = rows[inside], tile.units(middles[inside])
        if tile.z >= self.detail_zoom:
            return Crowds(places, tuple(rows[n : n + 1] for n in range(len(rows))))
        return crowd(places, rows, cell=CELL_PX * self._pixel)

    def _outlines(self, tile: Tile, rows: Integers, outer: Box) -> tuple[Geometries, Integers]:
        """Return lines and polygons in units of the tile, and the row of each."""
        shapes, boxes = self._plane[rows], self._boxes[rows]
        west, north, east, south = outer
        crossing = (
            (boxes[:, 0] < west) | (boxes[:, 1] < north)
            | (boxes[:, 2] > east) | (boxes[:, 3] > south)
        )  # fmt: skip
        shapes[crossing] = _clip(shapes[crossing], outer)
        kept = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
        parts, owner = single_parts(np.asarray(shapely.transform(shapes[kept], tile.units)))
        boxes = shapely.bounds(parts)
        # A part by itself may be too small to be seen, as the whole is not.
        tiny = self._small(parts, boxes, self._pixel)
        middles = (boxes[:, :2] + boxes[:, 2:]) / 2
        parts[tiny] = shapely.points(middles[tiny])
        # Of those of one row in one pixel, the first will do.
        places = np.column_stack([owner, np.floor(middles / self._pixel)])[tiny]
        again = np.flatnonzero(tiny)
        again = np.delete(again, np.unique(places, axis=0, return_index=True)[1])
        parts, owner = np.delete(parts, again), np.delete(owner, again)
        return parts, rows[kept][owner]


def points_at(places: Coordinates) -> Geometries:
    """Return points; `places` has shape (n, 2)."""
    return np.asarray(shapely.points(places), dtype=object).reshape(-1)


def _clip(shapes: Geometries, box: Box) -> Geometries:
    try:
        return np.asarray(shapely.clip_by_rect(shapes, *box), dtype=object)
    except shapely.GEOSException:
        # It is fast, and stumbles over rings that run back on themselves.
        mended = shapely.make_valid(shapes)
        return np.asarray(shapely.intersection(mended, shapely.box(*box)), dtype=object)


def _steps(rows: Integers) -> str:
    return ",".join(map(str, np.diff(rows, prepend=0).tolist()))
