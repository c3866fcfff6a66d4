"""Every path the Atlas answers itself, and the middleware around all paths."""

from collections.abc import Collection

from starlette.middleware import Middleware
from starlette.routing import Route

from api import own
from api.assets import asset
from api.compare import comparison
from api.export import export
from api.frontend import Frontend, script_hashes
from api.gate import Gate
from api.headers import SecurityHeaders, application_page
from api.health import health
from api.layers import index, layer, table
from api.map_page import embed, map_page
from api.objects import find_object
from api.offline import offline
from api.pictures import map_picture, picture
from api.search import search
from api.sitemap import robots, sitemap
from api.startup import PlainStartFailure
from api.tiles import nothing as no_tile
from api.tiles import tile
from api.uploads import UploadRoom
from api.view import view
from geo import settings

ROUTES = [
    Route("/map", map_page),
    Route("/map/picture", map_picture),
    Route("/embed", embed),
    Route("/layers/index.json", index),
    Route("/layers/table.json", table),
    Route("/layers/{file:path}", layer),
    Route("/assets/{path:path}", asset),
    Route("/own/{token}/index.json", own.index),
    Route("/own/{token}/layer.geojson", own.layer),
    Route("/own/{token}/report.json", own.report),
    Route("/own/{token}/export", own.export),
    Route("/own/{token}/tiles/{z}/{x}/{y}.mvt", own.tile),
    Route("/own/{rest:path}", own.nothing),
    Route("/tiles/{layers}/{z}/{x}/{y}.mvt", tile),
    Route("/tiles/{rest:path}", no_tile),
    Route("/object", find_object),
    Route("/object/picture", picture),
    Route("/compare", comparison),
    Route("/export", export),
    Route("/offline", offline),
    Route("/search", search),
    Route("/view", view),
    Route("/sitemap.xml", sitemap),
    Route("/robots.txt", robots),
    Route("/health", health),
]


def middleware(pages: Collection[str]) -> list[Middleware]:
    """Return the middleware, outermost first; `pages` are the paths of the Streamlit pages."""
    paths = {*pages, *(route.path.partition("{")[0] for route in ROUTES)}
    return [
        Middleware(PlainStartFailure),
        Middleware(SecurityHeaders, page_policy=application_page(script_hashes())),
        Middleware(Frontend, pages=pages),
        Middleware(Gate, paths=paths),
        Middleware(UploadRoom, files=lambda: settings.current().own_layers),
    ]
