"""/search?q=…: what the search field offers while one types."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api import release
from api.headers import NOTHING
from api.language import language_of
from api.problems import Refusal
from geo.text import MAX_LENGTH
from layers.locale import Translator
from layers.published import digest
from layers.search import suggestions

_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Content-Security-Policy": NOTHING,
    "Vary": "Accept-Language",
}
_FOR_TEN_MINUTES = "public, max-age=600"


async def search(request: Request) -> Response:
    """Answer a question of any content; only its first `MAX_LENGTH` characters are read.

    With `v`, the digest of the index, the answer may be kept: it then follows from the address.
    """
    if "q" not in request.query_params:
        raise Refusal(400, "The parameter `q` is missing.")
    text = request.query_params["q"][:MAX_LENGTH]
    current = release.shared()
    language = language_of(request)
    answer = await run_in_threadpool(suggestions, current.dataset, text, Translator(language))
    named = request.query_params.get("v") == digest(current.index.content)
    caching = {"Cache-Control": _FOR_TEN_MINUTES if named else "no-cache"}
    return JSONResponse(
        {"release": current.dataset.release, "lang": language, **answer},
        headers=_HEADERS | caching,
    )
