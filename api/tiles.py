"""/tiles/{layers}/{z}/{x}/{y}.mvt: layers of the open snapshot as vector tiles.

Several layers, with commas between them, come in one tile.
"""

import functools
import gzip
import hashlib
import logging
import re

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from api.bodies import REVALIDATE, Body, respond
from api.headers import NOTHING
from api.problems import Refusal
from geo import snapshot as snapshots
from geo.errors import SnapshotError
from geo.snapshot import Snapshot
from geo.tiles import Tile
from layers import snapshot_tiles

_HEADERS = {"Access-Control-Allow-Origin": "*", "Content-Security-Policy": NOTHING}
_MEDIA_TYPE = "application/vnd.mapbox-vector-tile"
_NUMBER = re.compile(r"[0-9]{1,10}")
_GZIP_LEVEL = 1
# Cutting tiles holds the interpreter for a while: more at once would only delay everybody's clicks.
_AT_ONCE = CapacityLimiter(2)
_log = logging.getLogger(__name__)


async def tile(request: Request) -> Response:
    """Answer with one tile; 204 where the layers have nothing."""
    numbers = [request.path_params[name] for name in ("z", "x", "y")]
    try:
        wanted = Tile(*(int(n) if _NUMBER.fullmatch(n) else -1 for n in numbers))
    except ValueError as error:
        raise Refusal(400, "There is no such tile.") from error
    layers = tuple(dict.fromkeys(request.path_params["layers"].split(",")))
    body = await to_thread.run_sync(_body, layers, wanted, limiter=_AT_ONCE)
    if not body.content:
        return Response(status_code=204, headers={**_HEADERS, "Cache-Control": REVALIDATE})
    return respond(request, body, cache_control=REVALIDATE, headers=_HEADERS)


async def nothing(_request: Request) -> Response:
    """Refuse what no other route below `/tiles/` takes, before Streamlit answers it with a page."""
    raise Refusal(404, "There is no such tile.")


def _body(layers: tuple[str, ...], wanted: Tile) -> Body:
    try:
        snapshot = snapshots.shared()
    except SnapshotError as error:
        raise Refusal(503, "The snapshot cannot be used; make it anew.") from error
    known = snapshot_tiles.offered(snapshot)
    if not set(layers) <= set(known):
        raise Refusal(404, "The snapshot has no such layer in tiles.", layers=known)
    return _made(snapshot, layers, wanted)


@functools.lru_cache(maxsize=1024)
def _made(snapshot: Snapshot, layers: tuple[str, ...], wanted: Tile) -> Body:
    tiles, broken = [], []
    for layer in layers:
        try:
            tiles.append(snapshot_tiles.tile(snapshot, layer, wanted))
        except SnapshotError as error:
            _log.warning("tiles of %s: %s", layer, error)
            broken.append(layer)
    if broken:
        raise Refusal(503, "These layers cannot be used; make the snapshot anew.", layers=broken)
    content = b"".join(tiles)
    tag = f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'
    return Body(content, _MEDIA_TYPE, tag, {"gzip": gzip.compress(content, _GZIP_LEVEL, mtime=0)})
