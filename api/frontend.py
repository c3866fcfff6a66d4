"""Streamlit's own files: the start page in the viewer's language, scripts and styles compressed.

Streamlit sends them as they are, for its authors expect a compressing proxy in front; an empty
page moves 3 MB then. Here each file is compressed when first asked for and kept.
"""

import functools
import importlib.util
import re
from collections.abc import Collection
from pathlib import Path

from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.bodies import IMMUTABLE, REVALIDATE, Body, make_body, read_body, respond
from api.headers import inline_script_hashes
from api.language import language_of
from geo.dataset import shared
from layers.assets import ICONS, STATIC, module_url, url
from layers.index import build_index
from layers.locale import LANGUAGES, Translator
from layers.published import digest

_SCRIPTS = "".join(
    f"<script>{(Path(__file__).parent / name).read_text(encoding='utf-8')}</script>"
    for name in ("start.js", "links.js")
)
_NOSCRIPT = Markup(
    '<noscript><p>{words}</p><p><a href="/layers/projects.geojson">GeoJSON</a> · '
    '<a href="/export?format=csv">CSV</a></p></noscript>'
)


class Frontend:
    """ASGI middleware that answers for Streamlit's files and passes everything else on.

    Parameters
    ----------
    app
        The application behind it.
    pages
        Paths of the pages in the order of the links, "/" among them: each gets the start page.
    """

    def __init__(self, app: ASGIApp, *, pages: Collection[str]) -> None:
        self.app = app
        self._pages = tuple(pages)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for a page or a file of Streamlit's, or pass the request on."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        request.state.pages = self._pages  # plain pages have the same links in their top bar
        response: Response | None = None
        if scope["path"] in self._pages:
            body = start_page(language_of(request), with_map=scope["path"] == "/")
            headers = {"Vary": "Accept-Language"}
            response = respond(request, body, cache_control=REVALIDATE, headers=headers)
        elif scope["path"] in static_files():
            static = await run_in_threadpool(_static_body, scope["path"])
            response = respond(request, static, cache_control=IMMUTABLE)
        await (response or self.app)(scope, receive, send)


def script_hashes() -> tuple[str, ...]:
    """Return the hashes of the inline scripts of the start page.

    Asked for while the application is put together, so before there is a dataset.
    """
    pages = [start_page(language, with_map=False).content.decode() for language in LANGUAGES]
    return inline_script_hashes("".join(pages))


@functools.cache
def start_page(language: str, *, with_map: bool) -> Body:
    """Return Streamlit's page with our language, title and words instead of its own.

    Its font is not fetched ahead, as the theme has another, nor is its interface for agents
    announced, which stays off. `with_map`: what the explorer needs is fetched while Streamlit's
    own scripts still start, not one file after another when they are done.
    """
    t = Translator(language).t
    words = t("http.start.noscript" if with_map else "http.start.noscript.page")
    head = Markup(
        '<title>{title}</title><meta name="description" content="{description}">'
        '<link rel="stylesheet" href="/{style}">{ahead}'
    ).format(
        title=t("shell.name"),
        description=t("http.start.description"),
        style=url("shell.css"),
        ahead=_ahead() if with_map else "",
    )
    page = (_folder() / "index.html").read_text(encoding="utf-8")
    for pattern, replacement in (
        (r'(?<=<html lang=")en', language),
        (r"<title>.*?</title>", f"{head}\n{_SCRIPTS}"),
        (r"<noscript>.*?</noscript>", _NOSCRIPT.format(words=words)),
        (r'<link\s+rel="preload"[^>]*as="font"[^>]*>', ""),
        (r'<link rel="service-desc"[^>]*>', ""),
    ):
        page = _replace(page, pattern, str(replacement))
    return make_body(page.encode(), "text/html")


def _ahead() -> Markup:
    """Return the links that fetch the explorer's scripts, styles, icons and index ahead."""
    folder = STATIC / "explorer"
    modules = [module_url(f"explorer/{file.name}") for file in sorted(folder.glob("*.js"))]
    sheets = [module_url(f"explorer/{file.name}") for file in sorted(folder.glob("*.css"))]
    index = f"/layers/index.json?v={digest(build_index(shared()))}"
    # Low: connections are few, and nothing of ours runs before Streamlit's own scripts have.
    kinds = {
        '<link rel="modulepreload" fetchpriority="low" href="{}">': modules,
        '<link rel="preload" as="style" href="{}">': sheets,
        '<link rel="preload" as="fetch" crossorigin href="{}">': [module_url(ICONS), index],
    }
    # The templates are the three above, nothing from outside.
    return Markup("").join(
        Markup(template).format(address)  # noqa: S704
        for template, found in kinds.items()
        for address in found
    )


def _replace(page: str, pattern: str, replacement: str) -> str:
    # A function, because a text would have its backslashes read.
    return re.sub(pattern, lambda _: replacement, page, flags=re.DOTALL)


@functools.cache
def static_files() -> frozenset[str]:
    """Return the addresses of Streamlit's scripts, styles, fonts and pictures."""
    files = (file for file in (_folder() / "static").rglob("*") if file.is_file())
    return frozenset(f"/{file.relative_to(_folder()).as_posix()}" for file in files)


@functools.cache
def _static_body(path: str) -> Body:
    return read_body(_folder() / path.removeprefix("/"))


@functools.cache
def _folder() -> Path:
    # Found, not imported: only `views` may depend on what Streamlit does.
    spec = importlib.util.find_spec("streamlit")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("streamlit")
    return Path(spec.origin).parent / "static"
