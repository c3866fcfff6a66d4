"""/export?<link>&format=…: the rows a link shows, in the link's order, as a file."""

from collections.abc import Mapping

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response

from api import release
from api.headers import NOTHING
from api.link import ask
from api.problems import Refusal
from geo.dataset import Dataset
from geo.errors import NotWritableError
from geo.export import FORMATS, Format, bundle, of_view, to_bytes
from geo.provenance import SUFFIX
from geo.provenance import to_bytes as sidecar_bytes

# Exports hold the interpreter while they run: more at once would only delay everybody's clicks.
_AT_ONCE = CapacityLimiter(2)

_PARTS = ("file", "provenance", "zip")
"""What of an export is asked for by `part`: the file alone (the default), the document of its
provenance, or both and the meaning of the columns in an archive."""


async def export(request: Request) -> Response:
    """Answer with the file.

    A program that misspells a filter must not take everything for its answer, so here, unlike in
    the application, what cannot be used is refused.
    """
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-cache"}
    return await answer(request, release.shared().dataset, headers)


async def answer(request: Request, dataset: Dataset, headers: Mapping[str, str]) -> Response:
    """Answer with a file of a dataset; the headers say who may read it and for how long."""
    name, part = request.query_params.get("format", ""), request.query_params.get("part", "file")
    if name not in FORMATS:
        raise Refusal(400, "The parameter `format` must be one of `formats`.", formats=[*FORMATS])
    if part not in _PARTS:
        raise Refusal(400, "The parameter `part` must be one of `parts`.", parts=[*_PARTS])
    content, file, media_type = await to_thread.run_sync(
        _make, request, dataset, FORMATS[name], part, limiter=_AT_ONCE
    )
    about = {
        **headers,
        "Access-Control-Expose-Headers": "Content-Disposition",
        "Content-Disposition": f'attachment; filename="{file}"',
        "Content-Security-Policy": NOTHING,
        "Vary": "Accept-Language",
    }
    return Response(content, headers=about, media_type=media_type)


def file_name(dataset: Dataset, form: Format) -> str:
    """Return the name of an exported file: ASCII, and telling the release of the dataset."""
    return f"tomsk-atlas-{dataset.release}.{form.extension}"


def _make(request: Request, dataset: Dataset, form: Format, part: str) -> tuple[bytes, str, str]:
    """Return bytes, file name and media type."""
    view, notes = ask(request, dataset)
    if notes:
        found = [{"code": note.code, "key": note.key, "value": note.value} for note in notes]
        raise Refusal(400, "Parts of the link cannot be used.", parameters=found)
    try:
        made = to_bytes(of_view(dataset, view), form.id, name=file_name(dataset, form))
    except NotWritableError as error:
        raise Refusal(400, f"These rows do not fit the format: {error}.") from error
    if part == "provenance":
        return sidecar_bytes(made.provenance), f"{made.name}{SUFFIX}", "application/json"
    if part == "zip":
        return bundle(made), f"{made.name}.zip", "application/zip"
    return made.content, made.name, form.media_type
