"""/view?<link>: what a link shows, as ids and counts; the embedded map asks this."""

from dataclasses import asdict, astuple
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api import release
from api.headers import NOTHING
from api.language import language_of
from api.link import ask
from geo.dataset import Dataset
from geo.extent import extent
from geo.link import Note
from geo.view import View
from layers import labels
from layers.locale import Translator

_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "no-cache",
    "Content-Security-Policy": NOTHING,
    "Vary": "Accept-Language",
}


async def view(request: Request) -> Response:
    """Answer a link; like the application, leave out what cannot be used and name it."""
    dataset = release.shared().dataset
    answer, notes = await run_in_threadpool(ask, request, dataset)
    translator = Translator(language_of(request))
    document = {"release": dataset.release, **_document(answer, notes, dataset, translator)}
    return JSONResponse(document, headers=_HEADERS)


def _document(
    view: View, notes: tuple[Note, ...], dataset: Dataset, translator: Translator
) -> dict[str, Any]:
    area = extent(view.query.place, dataset)
    return {
        "link": view.query.to_string(),
        "ids": view.ids,
        "area": None if area is None else astuple(area),
        "counts": {
            key: {**dict(zip(facet.options, facet.counts, strict=True)), "no_data": facet.no_data}
            for key, facet in view.facets.items()
        },
        "totals": asdict(view.totals),
        "notes": [asdict(note) for note in notes],
        "tags": [tag.text for tag in labels.tags(view.query, dataset, translator)],
    }
