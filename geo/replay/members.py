"""What a provenance document says otherwise than the one of the same file made again."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

COMPARED = ("operation", "counts", "sums", "columns", "licence")
"""Members that follow from the inputs and the operation, and that people rely on."""

_SHOWN = 200


def otherwise(
    then: Mapping[str, Any], now: Mapping[str, Any]
) -> list[tuple[str, str | None, str | None]]:
    """Return way, value then and value now of each part that differs.

    Parameters
    ----------
    then, now
        Documents as JSON has them.

    Returns
    -------
    list
        A way is like `licence.id` or `columns.0.type`; a value is JSON, cut where it is long, and
        None where there is none.
    """
    left, right = dict(_parts(then)), dict(_parts(now))
    return [
        (way, _cut(left.get(way)), _cut(right.get(way)))
        for way in {**left, **right}
        if left.get(way) != right.get(way)
    ]


def _parts(document: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name in COMPARED:
        yield from _leaves(name, document[name])


def _leaves(way: str, value: Any) -> Iterator[tuple[str, str]]:
    """Yield every value that holds no others, with the way to it."""
    if not (isinstance(value, Mapping | list | tuple) and value):
        yield way, json.dumps(value, ensure_ascii=False)
        return
    items = value.items() if isinstance(value, Mapping) else enumerate(value)
    for key, part in items:
        yield from _leaves(f"{way}.{key}", part)


def _cut(text: str | None) -> str | None:
    return text if text is None or len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
