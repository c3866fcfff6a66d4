"""The page a person gets who asks for what is not there, in their language."""

from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from api.bodies import weigh
from api.headers import STYLED_PAGE
from api.language import language_of
from layers.locale import Translator

_PAGE = Markup((Path(__file__).parent / "missing.html").read_text(encoding="utf-8"))  # noqa: S704 - our own file
_LINK = Markup('<li><a href="{address}">{name}</a></li>')


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
    language = language_of(request)
    t = Translator(language).t
    links = Markup("").join(_LINK.format(address=a, name=n) for a, n in nearest)
    page = _PAGE.format(
        language=language,
        name=t("shell.name"),
        title=t("http.missing.object") if asked else t("http.missing.page"),
        asked=t("http.missing.asked", id=asked) if asked else "",
        nearest=Markup("<h2>{}</h2><ul>{}</ul>").format(t("http.missing.nearest"), links)
        if links
        else "",
        home=f"/?lang={language}",
        to_map=t("http.missing.home"),
    )
    headers = {
        "Cache-Control": "no-store",
        "Vary": "Accept, Accept-Language",
        "Content-Security-Policy": STYLED_PAGE,
    }
    return HTMLResponse(page, 404, headers)
