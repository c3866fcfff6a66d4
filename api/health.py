"""/health: whether this process can do its work."""

import functools
import json
import tomllib
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api import release
from api.headers import NOTHING
from geo.dataset import Dataset
from geo.domains import PARK_TYPES
from geo.export import of_view, to_bytes
from geo.query import Query, apply

_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "no-store",
    "Content-Security-Policy": NOTHING,
}


async def health(_request: Request) -> Response:
    """Answer 200 when the data is loaded and a layer has just been rendered, else 500."""
    dataset = release.shared().dataset
    await run_in_threadpool(render_layer, dataset)
    rows = {entry.id: entry.rows for entry in dataset.catalog}
    document = {"status": "ok", "version": version(), "release": dataset.release, "rows": rows}
    return JSONResponse(document, headers=_HEADERS)


@functools.cache
def version() -> str:
    """Return the version of the Atlas, as pyproject.toml states it."""
    text = (Path(__file__).resolve().parent.parent / "pyproject.toml").read_text(encoding="utf-8")
    return str(tomllib.loads(text)["project"]["version"])


def render_layer(dataset: Dataset) -> None:
    """Filter and write one kind of park anew, and raise if the result is not whole."""
    view = apply(Query(parks=PARK_TYPES[-1:]), dataset)
    made = to_bytes(of_view(dataset, view), "geojson", name="health.geojson")
    features = json.loads(made.content)["features"]
    if len(features) != len(view.ids):
        raise ValueError(f"{len(features)} features were written of {len(view.ids)} rows")
