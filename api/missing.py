"""The page a person gets who asks for what is not there or cannot be read, in their language."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.bodies import weigh
from api.headers import PLAIN_PAGE
from api.language import language_of
from api.plain_page import pages_of, render
from layers.locale import Translator


def wants_page(request: Request) -> bool:
    """Tell whether the client would rather read HTML than JSON."""
    weights = weigh(request.headers.get("accept", ""))
    html = weights.get("text/html", 0.0)
    json = max(weights.get(t, 0.0) for t in ("application/json", "application/problem+json"))
    return html > 0 and html >= json


def missing_page(
    request: Request, *, asked: str = "", nearest: Sequence[tuple[str, str]] = ()
) -> Response:
    """Return the 404 page.

    Parameters
    ----------
    request
        Gives the language.
    asked
        The id that does not exist, as it was asked for.
    nearest
        Address and name of what may have been meant, best first.
    """
    translator = Translator(language_of(request))
    return _page(
        request,
        404,
        translator,
        own=f"/object?{urlencode({'id': asked})}" if asked else "/",
        title=translator.t("http.missing.object" if asked else "http.missing.page"),
        asked=translator.t("http.missing.asked", id=asked) if asked else "",
        nearest=nearest,
    )


def refused_page(request: Request, status: int, detail: str) -> Response:
    """Return the page for an address that cannot be read; `detail` says in English why."""
    translator = Translator(language_of(request))
    title = translator.t("http.refused.page")
    return _page(request, status, translator, own="/", title=title, detail=detail)


def _page(request: Request, status: int, translator: Translator, **given: Any) -> Response:
    told = {"asked": "", "detail": "", "nearest": (), **given}
    page = render("missing.html", translator, pages_of(request), **told)
    headers = {
        "Cache-Control": "no-store",
        "Vary": "Accept, Accept-Language",
        "Content-Security-Policy": PLAIN_PAGE,
    }
    return HTMLResponse(page, status, headers)
