"""/export?<link>&format=…: the rows a link shows, in the link's order, as a file."""

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from api import release
from api.headers import NOTHING
from api.link import ask
from api.problems import Refusal
from geo.dataset import Dataset
from geo.export import EXPORTS, Export

# Exports hold the interpreter while they run: more at once would only delay everybody's clicks.
_AT_ONCE = CapacityLimiter(2)


async def export(request: Request) -> Response:
    """Answer with the file.

    A program that misspells a filter must not take everything for its answer, so here, unlike in
    the application, what cannot be used is refused.
    """
    name = request.query_params.get("format", "")
    if name not in EXPORTS:
        raise Refusal(400, "The parameter `format` must be one of `formats`.", formats=[*EXPORTS])
    dataset = release.shared().dataset
    content = await to_thread.run_sync(_write, request, dataset, EXPORTS[name], limiter=_AT_ONCE)
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "Content-Disposition",
        "Cache-Control": "no-cache",
        "Content-Disposition": f'attachment; filename="{file_name(dataset, EXPORTS[name])}"',
        "Content-Security-Policy": NOTHING,
        "Vary": "Accept-Language",
    }
    return Response(content, headers=headers, media_type=EXPORTS[name].media_type)


def file_name(dataset: Dataset, export: Export) -> str:
    """Return the name of an exported file: ASCII, and telling the release of the dataset."""
    return f"tomsk-atlas-{dataset.release}.{export.extension}"


def _write(request: Request, dataset: Dataset, export: Export) -> bytes:
    view, notes = ask(request, dataset)
    if notes:
        found = [{"code": note.code, "key": note.key, "value": note.value} for note in notes]
        raise Refusal(400, "Parts of the link cannot be used.", parameters=found)
    return export.write(dataset, view)
