"""Plain pages: HTML of our own that works without a script, in the look of the application."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request

from geo import settings
from layers.assets import url
from layers.locale import LANGUAGES, Translator

_STYLE, _SCRIPT = "plain/page.css", "plain/page.js"
_START = "map"

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def render(
    template: str, translator: Translator, pages: Sequence[str], *, own: str, **values: Any
) -> bytes:
    """Return a page in UTF-8.

    Parameters
    ----------
    template
        A file of `api/templates` that extends `frame.html`.
    translator
        Says everything in the language of the viewer.
    pages
        Paths of the pages of the application, for the top bar.
    own
        Address of this page without language, from the root, for the language switch.
    values
        What the template shows; every text is escaped.
    """
    lang = translator.lang
    page = _templates.get_template(template).render(
        t=translator.t,
        lang=lang,
        style=f"/{url(_STYLE)}",
        script=f"/{url(_SCRIPT)}",
        home=f"/?lang={lang}",
        links=[(f"{path}?lang={lang}", f"page.{path[1:] or _START}") for path in pages],
        languages=[(one, f"{own}{'&' if '?' in own else '?'}lang={one}") for one in LANGUAGES],
        **values,
    )
    return page.encode()


def pages_of(request: Request) -> tuple[str, ...]:
    """Return the paths of the pages of the application, as the middleware knows them."""
    return tuple(getattr(request.state, "pages", ()))


def origin_of(request: Request) -> str:
    """Return scheme and host for addresses that leave the page: the operator's, or the asked."""
    return settings.current().public_url or f"{request.url.scheme}://{request.url.netloc}"
