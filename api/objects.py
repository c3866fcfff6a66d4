"""/object?id=…: the permanent address of anything in the dataset that has an id and a name."""

import functools
from collections.abc import Sequence
from typing import Any

from rapidfuzz import fuzz, process, utils
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api import release
from api.bodies import REVALIDATE, Body, make_body, respond, weigh
from api.headers import NOTHING, PLAIN_PAGE
from api.language import language_of
from api.missing import missing_page, wants_page
from api.object_page import object_page
from api.plain_page import origin_of, pages_of
from api.problems import Refusal
from geo.access import kept
from geo.text import clean
from layers import objects
from layers.locale import Translator
from layers.sheet import sheet

# Far longer than any id or name; what lies beyond cannot bring a text nearer to one of them.
_LONGEST = 200
_LEAST_LIKENESS = 60.0
_FORMATS = ("html", "json")


async def find_object(request: Request) -> Response:
    """Answer with the page of an object, or as JSON; for an unknown id name the nearest ones."""
    ref = find(request)
    language, origin = language_of(request), origin_of(request)
    if isinstance(ref, str):
        return await run_in_threadpool(_unknown, request, ref, language)
    if _format(request) == "json":
        return await run_in_threadpool(_json, ref, language, origin)
    made = await run_in_threadpool(kept.shared)
    body = await run_in_threadpool(_page, ref, language, origin, pages_of(request), made.state)
    headers = {"Content-Security-Policy": PLAIN_PAGE, "Vary": "Accept, Accept-Language"}
    return respond(request, body, cache_control=REVALIDATE, headers=headers)


def find(request: Request) -> objects.Ref | str:
    """Return the object a request asks for, or the id that does not exist.

    Of an id that stands there more than once the first counts, as in every link of the Atlas.

    Raises
    ------
    Refusal
        If no id is given.
    """
    asked = next(filter(None, map(clean, request.query_params.getlist("id"))), "")
    if not asked:
        raise Refusal(400, "The parameter `id` is missing.")
    kind = next(iter(request.query_params.getlist("type")), "")
    try:
        return objects.find(release.shared().dataset, asked, kind)
    except objects.UnknownObjectError:
        return asked


def nearest(asked: str, limit: int = 5) -> list[objects.Ref]:
    """Return the objects whose id or name in any language is most like a text.

    Parameters
    ----------
    asked
        Any text of bounded length.
    limit
        How many at most.

    Returns
    -------
    list
        Best first; empty if none is like it.
    """
    choices = _names()
    found = process.extract(
        asked,
        [text for _, text in choices],
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        score_cutoff=_LEAST_LIKENESS,
        limit=3 * limit,
    )
    return list(dict.fromkeys(choices[place][0] for _, _, place in found))[:limit]


@functools.cache
def _names() -> Sequence[tuple[objects.Ref, str]]:
    dataset = release.shared().dataset
    return [
        (ref, text)
        for ref in objects.everything(dataset)
        for text in (ref.id, _name(ref, "ru"), _name(ref, "en"))
    ]


def _name(ref: objects.Ref, language: str) -> str:
    table = objects.table(release.shared().dataset, ref.kind)
    return str(table.loc[ref.id, f"name_{language}"])


def _unknown(request: Request, asked: str, language: str) -> Response:
    dataset = release.shared().dataset
    found = nearest(asked[:_LONGEST])
    if wants_page(request):
        links = [(objects.address(dataset, one, language), _name(one, language)) for one in found]
        shown = asked if len(asked) <= _LONGEST else f"{asked[:_LONGEST]}…"
        return missing_page(request, asked=shown, nearest=links)
    names = [{"id": one.id, "type": one.kind, "name": _name(one, language)} for one in found]
    raise Refusal(404, "There is no object with this id.", nearest=names)


def _format(request: Request) -> str:
    """Return html or json: what `format` says, else what the client prefers.

    Who does not care gets the page, as those who fetch a shared link do not say what they want.
    """
    asked = request.query_params.get("format")
    if asked is None:
        weights = weigh(request.headers.get("accept", ""))
        prefers = weights.get("application/json", 0.0) > weights.get("text/html", 0.0)
        return "json" if prefers else "html"
    if asked not in _FORMATS:
        raise Refusal(400, "The parameter `format` must be one of `formats`.", formats=_FORMATS)
    return asked


def _json(ref: objects.Ref, language: str, origin: str) -> Response:
    document: dict[str, Any] = sheet(
        release.shared().dataset, ref, Translator(language), origin=origin
    )
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Cache-Control": REVALIDATE,
        "Content-Security-Policy": NOTHING,
        "Vary": "Accept, Accept-Language",
    }
    return JSONResponse({"lang": language, **document}, headers=headers)


@functools.lru_cache(maxsize=512)
def _page(
    ref: objects.Ref, language: str, origin: str, pages: tuple[str, ...], _access: kept.State
) -> Body:
    """Return a page, kept until the numbers of access on it are there."""
    page = object_page(release.shared().dataset, ref, Translator(language), origin, pages)
    return make_body(page, "text/html")
