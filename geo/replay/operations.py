"""What kinds of results can be made again, and how each is."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeAlias

from geo.access import content as access
from geo.errors import ProvenanceError
from geo.export.content import Content
from geo.export.layer import of_layer, of_own
from geo.export.shown import of_link
from geo.indicators import again as indicators
from geo.indicators.content import KIND as INDICATOR
from geo.join import content
from geo.replay.sources import Sources

Runner: TypeAlias = Callable[[Mapping[str, Any], Sources], Content]
"""Takes the `operation` of a document and its inputs, gives what is to be written."""


def run(operation: Mapping[str, Any], sources: Sources) -> Content:
    """Do an operation again.

    Raises
    ------
    ProvenanceError
        If there is no such operation.
    """
    runner = RUNNERS.get(str(operation.get("kind")))
    if runner is None:
        raise ProvenanceError(
            f"there is no operation `{operation.get('kind')}`; known: {', '.join(RUNNERS)}"
        )
    return runner(operation, sources)


def _export(operation: Mapping[str, Any], sources: Sources) -> Content:
    subject, lang = _text(operation, "subject"), _text(operation, "lang")
    if lang not in ("ru", "en"):
        raise ProvenanceError("operation.lang: must be ru or en")
    where = _text(operation, "query") if "query" in operation else ""
    own = [one.name for one in sources.inputs if one.kind == "file"]
    if subject == "own" and len(own) == 1:
        return of_own(sources.own_layer(own[0]), lang=lang)
    dataset = sources.dataset
    if subject != "map":
        return of_layer(dataset, subject, where=where, lang=lang)
    return of_link(dataset.with_layer(sources.own_layer(own[0])) if own else dataset, where, lang)


def _text(operation: Mapping[str, Any], name: str) -> str:
    value = operation.get(name)
    if not isinstance(value, str):
        raise ProvenanceError(f"operation.{name}: must be a text")
    return value


RUNNERS: Mapping[str, Runner] = MappingProxyType(
    {
        "export": _export,
        "join": content.again,
        access.KIND: access.again,
        INDICATOR: indicators.again,
    }
)
"""Kind of operation -> how it is done."""
