"""/own/{token}/…: what one viewer brought, for whoever holds the token; nothing of it is kept.

The map's frame has no origin, so it asks from "elsewhere": the token in the address is the secret,
not the origin of the page that asks.
"""

import gzip
import re
from collections.abc import Callable

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from api import export as exports
from api.bodies import weigh
from api.headers import NOTHING
from api.language import language_of
from api.problems import Refusal
from geo.tiles import Tile
from layers.locale import Translator
from layers.own import OwnLayer, shelf
from layers.own_index import form, own_geojson, own_index, own_report

_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "no-store",
    "Content-Security-Policy": NOTHING,
    "Vary": "Accept-Encoding",
}
# Cutting tiles holds the interpreter for a while: more at once would only delay everybody's clicks.
_AT_ONCE = CapacityLimiter(2)
_GZIP_LEVEL = 1
_NUMBER = re.compile(r"[0-9]{1,10}")
_TILES = "application/vnd.mapbox-vector-tile"


async def index(request: Request) -> Response:
    """Answer with the rows of the layer, as list and filters need them."""
    own = _own(request)
    return await _answer(request, lambda: own_index(own), "application/json")


async def layer(request: Request) -> Response:
    """Answer with the places of the whole layer, if it is small enough."""
    own = _own(request)
    if form(own.layer) != "geojson":
        raise Refusal(404, "This layer is too large for one answer: it comes as tiles.")
    return await _answer(request, lambda: own_geojson(own), "application/geo+json")


async def report(request: Request) -> Response:
    """Answer with what reading the file found, in words of the language asked for."""
    own = _own(request)
    translator = Translator(language_of(request))
    answer = await _answer(request, lambda: own_report(own, translator), "application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="report.json"'
    answer.headers["Vary"] = "Accept-Encoding, Accept-Language"
    return answer


async def export(request: Request) -> Response:
    """Answer with what a link shows as a file, rows of the layer among it."""
    own = _own(request)
    dataset = await to_thread.run_sync(lambda: own.dataset, limiter=_AT_ONCE)
    return await exports.answer(request, dataset, _HEADERS)


async def tile(request: Request) -> Response:
    """Answer with one vector tile; 204 where the layer has nothing."""
    own = _own(request)
    numbers = [request.path_params[name] for name in ("z", "x", "y")]
    try:
        wanted = Tile(*(int(n) if _NUMBER.fullmatch(n) else -1 for n in numbers))
    except ValueError as error:
        raise Refusal(400, "There is no such tile.") from error
    return await _answer(request, lambda: own.pyramid.tile(wanted), _TILES)


async def nothing(_request: Request) -> Response:
    """Refuse what no other route below `/own/` takes, before Streamlit answers it with a page."""
    raise _gone()


def _gone() -> Refusal:
    return Refusal(404, "There is no layer here, or no longer: it went with its session.")


def _own(request: Request) -> OwnLayer:
    own = shelf().get(request.path_params["token"])
    if own is None:
        raise _gone()
    return own


async def _answer(request: Request, make: Callable[[], bytes], media_type: str) -> Response:
    packed = weigh(request.headers.get("accept-encoding", "")).get("gzip", 0) > 0

    def body() -> bytes:
        content = make()
        return gzip.compress(content, _GZIP_LEVEL, mtime=0) if packed and content else content

    content = await to_thread.run_sync(body, limiter=_AT_ONCE)
    if not content:
        return Response(status_code=204, headers=_HEADERS)
    headers = {**_HEADERS, **({"Content-Encoding": "gzip"} if packed else {})}
    return Response(content, headers=headers, media_type=media_type)
