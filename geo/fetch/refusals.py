"""Why data cannot be had: one sentence for each code, without paths and without foreign text."""

from collections.abc import Mapping
from types import MappingProxyType

from geo.errors import FetchError
from geo.printable import printable

REASONS: Mapping[str, str] = MappingProxyType(
    {
        "endpoint": "the endpoint must be an http: or https: address without user, query or "
        "fragment, such as https://overpass.example/api/interpreter",
        "unreachable": "{host} cannot be reached; try later, or state another --endpoint",
        "denied": "{host} answered {status}; check the endpoint",
        "busy": "{host} is busy (last answer {status}, {tries} tries); try later, what was "
        "received is kept and is not asked again",
        "redirect": "{host} sends the request to another address, which is not followed; state "
        "the true address as --endpoint",
        "too_large": "{host} sent more than {mb} MB; ask for a smaller place, or raise "
        "ATLAS_OVERPASS_MAX_MB",
        "deadline": "not done within {seconds} s; run the command again, what was received is kept "
        "and is not asked again; --deadline gives more time",
        "truncated": "{host} broke off in the middle of its answer; try again",
        "not_json": "{host} did not answer with JSON of the Overpass API (a page, or another "
        "service); check the endpoint",
        "malformed": "{host} answered with JSON that is no answer of the Overpass API: {what}",
        "overloaded": "{host} gave up the query ({what}); ask for a smaller place, or try later",
        "area": "the place cannot be used: {what}",
        "place": "{what}",
        "file": "{name}: {what}",
        "folder": "{name}: {what}; choose another folder",
        "target": "{what}; choose another folder",
        "cache": "--cache {name}: {what}; choose another folder",
        "empty": "nothing was found there: {what}; check the place",
        "packed": "{host} sent data packed in a way that cannot be unpacked",
    }
)
"""Code of a `FetchError` -> its sentence."""


def refuse(code: str, **values: str | int) -> FetchError:
    """Return the error of a code, ready to be raised; what cannot be printed stands as escapes."""
    printed = {
        name: value if isinstance(value, int) else printable(value)
        for name, value in values.items()
    }
    return FetchError(code, REASONS[code].format_map(printed))
