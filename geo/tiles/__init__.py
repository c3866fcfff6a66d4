"""Vector tiles (Mapbox Vector Tile 2.1) cut from layers by numpy and shapely, without a server."""

from geo.tiles.backdrop import Backdrop
from geo.tiles.message import encode_layer
from geo.tiles.pyramid import Pyramid
from geo.tiles.scheme import Tile

__all__ = ["Backdrop", "Pyramid", "Tile", "encode_layer"]
