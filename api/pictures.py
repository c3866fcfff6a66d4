"""/object/picture?id=…: the map of an object as SVG, and the picture for a shared link as PNG."""

import functools

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from api import release
from api.bodies import MEDIA_TYPES, REVALIDATE, Body, make_body, respond
from api.headers import NOTHING
from api.language import language_of
from api.object_page import MAP_PX, locator_of, map_label
from api.objects import find
from api.problems import Refusal
from layers import objects
from layers.locale import Translator
from layers.locator_svg import draw
from layers.share_picture import MAP_SIZE, share_picture
from layers.sheet import sheet

_FORMATS = ("png", "svg")
# A picture takes the interpreter for a good while: more at once would delay everybody's clicks.
_AT_ONCE = CapacityLimiter(1)


async def picture(request: Request) -> Response:
    """Answer with the picture of an object; `format` is png (the default) or svg."""
    ref = find(request)
    if isinstance(ref, str):
        raise Refusal(404, "There is no object with this id.")
    asked = request.query_params.get("format", _FORMATS[0])
    if asked not in _FORMATS:
        raise Refusal(400, "The parameter `format` must be one of `formats`.", formats=_FORMATS)
    body = await to_thread.run_sync(_drawn, ref, language_of(request), asked, limiter=_AT_ONCE)
    if body is None:
        raise Refusal(404, "The place of this object is not known: there is no map.")
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Content-Security-Policy": NOTHING,
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Vary": "Accept-Language",
    }
    return respond(request, body, cache_control=REVALIDATE, headers=headers)


@functools.lru_cache(maxsize=128)
def _drawn(ref: objects.Ref, language: str, form: str) -> Body | None:
    dataset, translator = release.shared().dataset, Translator(language)
    whole = sheet(dataset, ref, translator)
    size = MAP_PX if form == "svg" else MAP_SIZE
    chart = locator_of(dataset, ref, whole, translator, size)
    if form == "png":
        return make_body(share_picture(whole, chart, translator), MEDIA_TYPES[".png"])
    if chart is None:
        return None
    markup = draw(chart, translator, label=map_label(whole, translator), alone=True)
    return make_body(markup.encode(), MEDIA_TYPES[".svg"])
