"""The numbers of a provenance document computed again."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import IndicatorError, ProvenanceError
from geo.export.content import Content
from geo.indicators.assessment import assess
from geo.indicators.content import (
    ALL,
    CENTRES,
    RATES,
    SPACE,
    TRANSPORT,
    content_of,
    content_of_centres,
    content_of_estimate,
    content_of_rates,
)
from geo.indicators.degurba import centres_of
from geo.indicators.grid import people_grid
from geo.indicators.land_consumption import lcrpgr
from geo.indicators.raster import people_of
from geo.indicators.single import people_counted, space_of, transport_of
from geo.snapshot import Snapshot

if TYPE_CHECKING:
    from geo.replay.sources import Sources

_KNOWN = (ALL, TRANSPORT, RATES, SPACE, CENTRES)
_MOST_GROUPS = 100
_LARGEST = 1e300


def again(operation: Mapping[str, Any], sources: "Sources") -> Content:
    """Compute the indicators of a provenance document again.

    Raises
    ------
    ProvenanceError
        If the operation is not one of indicators, or its snapshot or raster is missing.
    GeoError
        If the computation itself is refused.
    """
    asked = operation.get("indicators")
    if asked not in _KNOWN:
        raise ProvenanceError(f"operation.indicators: must be one of {', '.join(_KNOWN)}")
    if asked == RATES:
        return content_of_rates(
            lcrpgr(_pair(operation, "built"), _pair(operation, "population"), _years(operation))
        )
    return _of_snapshot(
        str(asked), operation, sources.require_snapshot(), _raster(operation, sources)
    )


def _of_snapshot(
    asked: str, operation: Mapping[str, Any], snapshot: Snapshot, raster: tuple[Path, str] | None
) -> Content:
    path, name = raster or (None, "")
    if asked == ALL:
        found = assess(snapshot, population=people_of(snapshot, path, name=name), raster=path)
        if found is None:
            raise IndicatorError("the work was given up")
        return content_of(found)
    people = people_counted(snapshot, path, name=name)
    if asked == CENTRES:
        centres = centres_of(people_grid(snapshot, people, path))
        return content_of_centres(centres, snapshot, raster=people.attrs)
    border = operation.get("border")
    if not isinstance(border, str):
        raise ProvenanceError("operation.border: must be a text")
    groups = _groups(operation)
    estimate = (
        transport_of(snapshot, people, border=border, groups=groups, raster=path)
        if asked == TRANSPORT
        else space_of(snapshot, people, border=border, raster=path)
    )
    return content_of_estimate(estimate, snapshot, raster=people.attrs, groups=groups)


def _raster(operation: Mapping[str, Any], sources: "Sources") -> tuple[Path, str] | None:
    """Return where the raster of people is now, and its name in the document."""
    files = [one.name for one in sources.inputs if one.kind == "file"]
    if "raster" not in operation and not files:
        return None
    told = operation.get("raster")
    if not isinstance(told, dict) or files != [told.get("name")]:
        raise ProvenanceError("operation.raster: must name the one file among the inputs")
    return sources.files[files[0]], files[0]


def _groups(operation: Mapping[str, Any]) -> list[str]:
    groups = operation.get("groups", [])
    if (
        isinstance(groups, list)
        and len(groups) <= _MOST_GROUPS
        and all(isinstance(one, str) for one in groups)
    ):
        return groups
    raise ProvenanceError(f"operation.groups: must be a list of at most {_MOST_GROUPS} texts")


def _pair(operation: Mapping[str, Any], name: str) -> tuple[float, float]:
    found = operation.get(name)
    if isinstance(found, list) and len(found) == 2 and all(map(_is_number, found)):
        return float(found[0]), float(found[1])
    raise ProvenanceError(f"operation.{name}: must be two numbers")


def _years(operation: Mapping[str, Any]) -> float:
    years = operation.get("years")
    if years is None or not _is_number(years):
        raise ProvenanceError("operation.years: must be a number")
    return float(years)


def _is_number(value: Any) -> bool:
    # A whole number may be too long for a float.
    return type(value) in (int, float) and abs(value) < _LARGEST
