"""What is answered when a request cannot be served: RFC 9457 problem documents.

Their words are English and meant for whoever writes a program against the Atlas; a person who
follows a dead or faulty link gets a page in their language instead (see `api.missing`). Neither
ever holds a path of this machine, a stack trace or the text of an unforeseen error.
"""

import logging
import re
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from api.headers import NOTHING
from api.missing import missing_page, refused_page, wants_page

_SECRET = re.compile(r"^(/own/)[^/]*")
_log = logging.getLogger(__name__)


class Refusal(HTTPException):
    """A request that is refused, with what the caller needs to put it right.

    Parameters
    ----------
    status
        HTTP status.
    detail
        What is wrong with this request, in a sentence.
    extra
        Further members of the problem document, such as the values that would do.
    """

    def __init__(self, status: int, detail: str, **extra: Any) -> None:
        super().__init__(status, detail)
        self.extra = extra


def problem(
    status: int,
    detail: str,
    extra: Mapping[str, Any] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return a problem document; `extra` are members beside the standard ones."""
    document = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    return JSONResponse(
        {**document, "detail": detail, **(extra or {})},
        status,
        {
            "Cache-Control": "no-store",
            "Access-Control-Allow-Origin": "*",
            "Content-Security-Policy": NOTHING,
            **(headers or {}),
        },
        media_type="application/problem+json",
    )


def _refused(request: Request, error: HTTPException) -> Response:
    if error.status_code == HTTPStatus.NOT_FOUND and wants_page(request):
        return missing_page(request)
    if error.status_code == HTTPStatus.BAD_REQUEST and wants_page(request):
        return refused_page(request, error.status_code, _in_full(error))
    extra = error.extra if isinstance(error, Refusal) else {}
    return problem(error.status_code, error.detail, extra, error.headers)


def _in_full(error: HTTPException) -> str:
    """Return what is wrong, with the values that would do."""
    extra = error.extra if isinstance(error, Refusal) else {}
    would_do = (
        f"{name}: {', '.join(map(str, found))}."
        for name, found in extra.items()
        if isinstance(found, list | tuple)
    )
    return " ".join([error.detail, *would_do])


def _failed(request: Request, error: Exception) -> Response:
    # Behind /own/ the path holds the secret of a viewer's layer.
    path = _SECRET.sub(r"\1…", request.url.path)
    _log.error("%s %s failed", request.method, path, exc_info=error)
    return problem(500, "The server could not answer. The fault has been logged.")


HANDLERS = {HTTPException: _refused, Exception: _failed}
"""What Starlette is to do with refusals and with errors nobody foresaw."""
