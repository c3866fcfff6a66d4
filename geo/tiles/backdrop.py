"""A layer cut into tiles to be looked at alone: nobody asks which row a line of it is."""

import numpy as np
import numpy.typing as npt
import shapely
from shapely import GeometryType

from geo.tiles.message import encode_layer
from geo.tiles.pyramid import (
    DETAIL_ZOOM,
    Box,
    Geometries,
    Integers,
    Mask,
    Pyramid,
    points_at,
)
from geo.tiles.scheme import TILE_PX, Coordinates, Tile
from geo.tiles.thinning import Crowds

DETAIL_PX = 0.5
"""How far a simplified outline may lie off below the deepest zoom."""

_LINES = (GeometryType.LINESTRING, GeometryType.LINEARRING, GeometryType.MULTILINESTRING)


class Backdrop(Pyramid):
    """Tiles of one layer as a background, cut when they are asked for.

    All shapes of one kind are one feature of many parts with the property `kind`. Outlines of areas
    that would be too small to see are points: those within one cell of the screen are one, with the
    property `n`, how many they are. Lines stay lines however short, so that a street of short
    pieces has no gaps.

    A tile is drawn twice as large as one of a `Pyramid`, so that a view needs fewer of them; those
    of one zoom hold what a `Pyramid` has at the next.

    Parameters
    ----------
    name
        Of the layer in the tiles.
    geometries
        In EPSG:4326; None where a row has no place.
    kinds
        Of each row, by which it is drawn; None for a layer of one kind.
    first_zooms
        The zoom from which on each row is drawn; None for all zooms.
    """

    tile_px = 2 * TILE_PX
    detail_zoom = DETAIL_ZOOM - 1
    small_px = 3

    def __init__(
        self,
        name: str,
        geometries: Geometries,
        *,
        kinds: npt.NDArray[np.str_] | None = None,
        first_zooms: Integers | None = None,
    ) -> None:
        super().__init__(geometries)
        self._name = name
        self._kinds = np.zeros(len(geometries), dtype=str) if kinds is None else kinds
        self._first_zooms = first_zooms

    def _rows(self, tile: Tile, outer: Box) -> Integers:
        rows = super()._rows(tile, outer)
        return rows if self._first_zooms is None else rows[self._first_zooms[rows] <= tile.z]

    def _small(self, shapes: Geometries, boxes: Coordinates, pixel: float) -> Mask:
        return super()._small(shapes, boxes, pixel) & ~np.isin(shapely.get_type_id(shapes), _LINES)

    def _outlines(self, tile: Tile, rows: Integers, outer: Box) -> tuple[Geometries, Integers]:
        parts, owner = super()._outlines(tile, rows, outer)
        if tile.z < self.detail_zoom:
            simpler = shapely.simplify(parts, DETAIL_PX * self._pixel, preserve_topology=False)
            parts = np.where(shapely.is_empty(simpler), parts, simpler)
        return parts, owner

    def _written(self, outlines: Geometries, owners: Integers, crowds: Crowds) -> bytes:
        kinds, kind = np.unique(self._kinds[owners], return_inverse=True)
        counts = np.array([len(members) for members in crowds.members], dtype=np.int64)
        sizes, size = np.unique(counts, return_inverse=True)
        groups = np.concatenate([kind, len(kinds) + size])
        order = np.argsort(groups, kind="stable")
        shapes = np.concatenate([outlines, points_at(crowds.at)])[order]
        return encode_layer(
            self._name,
            np.asarray(shapely.geometrycollections(shapes, indices=groups[order])),
            properties={
                "kind": [*(str(name) or None for name in kinds), *(None for _ in sizes)],
                "n": [*(None for _ in kinds), *sizes.tolist()],
            },
        )
