"""/assets/{path}: scripts, styles and fonts from `static/`."""

import functools
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from api.bodies import IMMUTABLE, MEDIA_TYPES, REVALIDATE, Body, make_body, read_body, respond
from api.problems import Refusal
from layers.assets import MAP_SCRIPT, STATIC, release, text, url

_OPEN = {"Access-Control-Allow-Origin": "*"}


@functools.cache
def assets() -> Mapping[str, Body]:
    """Return all assets by path below `static/`, read and compressed on the first call.

    Only these are ever looked up, so no request can name a file elsewhere.
    """
    files = sorted(file for file in STATIC.rglob("*") if file.suffix in MEDIA_TYPES)
    bodies = {file.relative_to(STATIC).as_posix(): read_body(file) for file in files}
    bodies[MAP_SCRIPT] = make_body(text(MAP_SCRIPT).encode(), MEDIA_TYPES[".js"])
    return bodies


async def asset(request: Request) -> Response:
    """Answer with an asset, to be kept for long if its address names the content.

    By `?v=` for one file, or by `@release/` before the path for modules that import each other. An
    old release gets the present file, not to be kept. The map frame has no origin, so every asset
    may be read from anywhere.
    """
    path = request.path_params["path"]
    named = False
    if path.startswith("@"):
        asked, _, path = path[1:].partition("/")
        named = asked == release()
    body = assets().get(path)
    if body is None:
        raise Refusal(404, "There is no such asset.")
    named = named or url(path).endswith(f"?{request.url.query}")
    cache_control = IMMUTABLE if named else REVALIDATE
    return respond(request, body, cache_control=cache_control, headers=_OPEN)
