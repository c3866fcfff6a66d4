"""/sitemap.xml and /robots.txt: the pages of all objects, for those who look for them."""

import functools

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from api import release
from api.bodies import REVALIDATE, Body, make_body, respond
from api.headers import NOTHING
from api.plain_page import origin_of
from layers import objects
from layers.locale import LANGUAGES

_URL = Markup("<url><loc>{}</loc>{}</url>\n")
_OTHER = Markup('<xhtml:link rel="alternate" hreflang="{}" href="{}"/>')
_PAGE = Markup(
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:xhtml="http://www.w3.org/1999/xhtml">\n{}</urlset>\n'
)


async def sitemap(request: Request) -> Response:
    """Answer with the address of every object in both languages."""
    headers = {"Content-Security-Policy": NOTHING}
    body = _sitemap(origin_of(request))
    return respond(request, body, cache_control=REVALIDATE, headers=headers)


async def robots(request: Request) -> Response:
    """Answer that all may be read but what is made for one viewer."""
    text = f"User-agent: *\nDisallow: /own/\nSitemap: {origin_of(request)}/sitemap.xml\n"
    return PlainTextResponse(text, headers={"Content-Security-Policy": NOTHING})


@functools.lru_cache(maxsize=4)
def _sitemap(origin: str) -> Body:
    dataset = release.shared().dataset
    urls = []
    for ref in objects.everything(dataset):
        addresses = {lang: f"{origin}{objects.address(dataset, ref, lang)}" for lang in LANGUAGES}
        others = Markup("").join(_OTHER.format(*pair) for pair in addresses.items())
        urls += [_URL.format(address, others) for address in addresses.values()]
    return make_body(_PAGE.format(Markup("").join(urls)).encode(), "text/xml")
