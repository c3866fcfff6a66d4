"""From the bytes of an answer of the Overpass API to checked elements."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NoReturn

from geo.fetch.elements import Element, Refused, sound
from geo.fetch.refusals import refuse

AHEAD = timedelta(days=1)
"""How far a clock elsewhere may be ahead of this one."""


@dataclass(frozen=True)
class Answer:
    """What was asked for.

    `timestamp` is the state of the data that the answer names, None where it names none; `asked`
    the moment it was received; `stale` tells that it is a kept copy because the source failed.
    """

    elements: list[Element]
    timestamp: datetime | None
    stale: bool
    asked: datetime
    refused: tuple[Refused, ...] = ()


def parse_answer(body: bytes, *, host: str, asked: datetime, stale: bool = False) -> Answer:
    """Read an answer.

    Raises
    ------
    FetchError
        If it is no JSON, broken off, no answer of the Overpass API, of data of the future, or says
        that the query was given up: Overpass says so in a `remark`, with status 200.
    """
    raw = _json(body, host)
    if not isinstance(raw, dict) or not isinstance(raw.get("elements"), list):
        raise refuse("malformed", host=host, what="no list of `elements`")
    remark = str(raw.get("remark", "")).lower()
    if "error" in remark:
        raise refuse("overloaded", host=host, what=_named(remark))
    timestamp = _timestamp(raw.get("osm3s"))
    if timestamp is not None and timestamp > asked + AHEAD:
        raise refuse("malformed", host=host, what="the date of its data is in the future")
    elements, refused = sound(raw["elements"])
    return Answer(elements, timestamp, stale, asked, tuple(refused))


def _json(body: bytes, host: str) -> Any:
    begin = body.lstrip()[:1]
    if begin not in (b"{", b"["):
        raise refuse("not_json", host=host)
    try:
        return json.loads(body, parse_constant=_not_a_number)
    except _NotANumberError as error:
        raise refuse("malformed", host=host, what="a number is NaN or infinite") from error
    except RecursionError as error:
        raise refuse("malformed", host=host, what="nested too deeply") from error
    except UnicodeDecodeError as error:
        raise refuse("not_json", host=host) from error
    except json.JSONDecodeError as error:
        # The parser stops where the text stops: at its end it was cut, before it was wrong.
        at_end = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated")
        raise refuse("truncated" if at_end else "not_json", host=host) from error
    except ValueError as error:  # an integer of more digits than Python reads
        raise refuse("malformed", host=host, what="a number is too long") from error


class _NotANumberError(ValueError):
    pass


def _not_a_number(_: str) -> NoReturn:
    raise _NotANumberError


def _named(remark: str) -> str:
    # The remark itself is not shown: it may hold paths of the server.
    if "timed out" in remark:
        return "its time was over"
    return "its memory was full" if "memory" in remark else "an error in the middle"


def _timestamp(value: object) -> datetime | None:
    text = value.get("timestamp_osm_base") if isinstance(value, dict) else None
    if not isinstance(text, str):
        return None
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
