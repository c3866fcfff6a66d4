"""/layers/…: the published layers and the index that list and filters are drawn from."""

from starlette.requests import Request
from starlette.responses import Response

from api import release
from api.bodies import IMMUTABLE, REVALIDATE, Body, respond
from api.headers import NOTHING
from api.problems import Refusal
from layers.published import digest

_OPEN = {"Access-Control-Allow-Origin": "*", "Content-Security-Policy": NOTHING}


async def layer(request: Request) -> Response:
    """Answer with one layer in full, {id}.geojson."""
    layers = release.shared().layers
    layer_id, _, suffix = request.path_params["file"].rpartition(".")
    body = layers.get(layer_id) if suffix == "geojson" else None
    if body is None:
        raise Refusal(404, "There is no layer with this id.", layers=sorted(layers))
    return respond(request, body, cache_control=_caching(request, body), headers=_OPEN)


async def index(request: Request) -> Response:
    """Answer with the index of all rows."""
    body = release.shared().index
    return respond(request, body, cache_control=_caching(request, body), headers=_OPEN)


async def table(request: Request) -> Response:
    """Answer with the cells of the table of all rows, in the language of `lang`."""
    tables = release.shared().tables
    body = tables.get(request.query_params.get("lang", ""))
    if body is None:
        raise Refusal(400, "`lang` must name a language of the Atlas.", languages=sorted(tables))
    return respond(request, body, cache_control=_caching(request, body), headers=_OPEN)


def _caching(request: Request, body: Body) -> str:
    """Return IMMUTABLE for an address that names this very content by `?v=`.

    The release of the dataset would not do: words, colours and licences change without it.
    """
    named = request.query_params.get("v") == digest(body.content)
    return IMMUTABLE if named else REVALIDATE
