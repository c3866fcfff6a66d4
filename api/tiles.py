"""/tiles/{layer}/{z}/{x}/{y}.mvt: the layers of the open snapshot as vector tiles."""

import gzip
import hashlib
import re

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from api.bodies import REVALIDATE, Body, respond
from api.headers import NOTHING
from api.problems import Refusal
from geo import snapshot as snapshots
from geo.errors import SnapshotError
from geo.tiles import Tile
from layers.snapshot_tiles import TILED, pyramid

_HEADERS = {"Access-Control-Allow-Origin": "*", "Content-Security-Policy": NOTHING}
_MEDIA_TYPE = "application/vnd.mapbox-vector-tile"
_NUMBER = re.compile(r"[0-9]{1,10}")
_GZIP_LEVEL = 1
# Cutting tiles holds the interpreter for a while: more at once would only delay everybody's clicks.
_AT_ONCE = CapacityLimiter(2)


async def tile(request: Request) -> Response:
    """Answer with one tile; 204 where the layer has nothing."""
    numbers = [request.path_params[name] for name in ("z", "x", "y")]
    try:
        wanted = Tile(*(int(n) if _NUMBER.fullmatch(n) else -1 for n in numbers))
    except ValueError as error:
        raise Refusal(400, "There is no such tile.") from error
    layer = request.path_params["layer"]
    body = await to_thread.run_sync(_body, layer, wanted, limiter=_AT_ONCE)
    if not body.content:
        return Response(status_code=204, headers={**_HEADERS, "Cache-Control": REVALIDATE})
    return respond(request, body, cache_control=REVALIDATE, headers=_HEADERS)


def _body(layer: str, wanted: Tile) -> Body:
    try:
        snapshot = snapshots.shared()
        known = [name for name in TILED if name in snapshot]
        if layer not in known:
            raise Refusal(404, "The snapshot has no such layer in tiles.", layers=known)
        content = pyramid(snapshot, layer).tile(wanted)
    except SnapshotError as error:
        raise Refusal(503, "The snapshot cannot be used; make it anew.") from error
    tag = f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'
    return Body(content, _MEDIA_TYPE, tag, {"gzip": gzip.compress(content, _GZIP_LEVEL, mtime=0)})
