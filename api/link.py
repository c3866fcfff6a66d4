"""The link of the application as the question of an HTTP request."""

from starlette.requests import Request

from api.language import language_of
from geo.dataset import Dataset
from geo.link import Note
from geo.query import Query, apply
from geo.view import View


def ask(request: Request, dataset: Dataset) -> tuple[View, tuple[Note, ...]]:
    """Answer the link in the request's query string; the notes name what was not understood."""
    query, notes = Query.from_params(request.url.query, dataset)
    return apply(query, dataset, lang=language_of(request)), notes
