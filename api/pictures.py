"""Maps as pictures: of an object (/object/picture?id=…), and of any link (/map/picture?<link>).

That of an object is an SVG, or as PNG the picture that other sites show beside a link to it.
"""

import functools
from collections.abc import Mapping

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from api import release
from api.bodies import MEDIA_TYPES, REVALIDATE, Body, make_body, respond
from api.headers import drawing
from api.language import language_of
from api.object_page import MAP_PX, locator_of, map_label
from api.objects import find
from api.problems import Refusal
from geo.query import Query, apply
from layers import map_picture as map_pictures
from layers import objects
from layers.locale import Translator
from layers.locator_svg import draw, style
from layers.share_picture import MAP_SIZE, share_picture
from layers.sheet import sheet

_FORMATS = ("png", "svg")
_FOR_AN_HOUR = "public, max-age=3600"
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
    return respond(request, body, cache_control=REVALIDATE, headers=_headers())


async def map_picture(request: Request) -> Response:
    """Answer with a map of what a link shows, as SVG.

    With `v`, the release of the dataset, it may be kept: it then follows from the address.
    """
    dataset, language = release.shared().dataset, language_of(request)
    query, _ = Query.from_params(request.url.query, dataset)
    body = await to_thread.run_sync(_drawn_map, query, language, limiter=_AT_ONCE)
    if body is None:
        raise Refusal(404, "No place of what this link shows is known: there is no map.")
    named = request.query_params.get("v") == dataset.release
    cache_control = _FOR_AN_HOUR if named else REVALIDATE
    return respond(request, body, cache_control=cache_control, headers=_headers())


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


@functools.lru_cache(maxsize=128)
def _drawn_map(query: Query, language: str) -> Body | None:
    dataset, translator = release.shared().dataset, Translator(language)
    drawn = map_pictures.map_picture(dataset, apply(query, dataset, lang=language), translator)
    return None if drawn is None else make_body(drawn.encode(), MEDIA_TYPES[".svg"])


@functools.cache
def _headers() -> Mapping[str, str]:
    return {
        "Access-Control-Allow-Origin": "*",
        "Content-Security-Policy": drawing(style()),
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Vary": "Accept-Language",
    }
