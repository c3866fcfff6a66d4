"""The file that keeps the proposals until a person has decided.

Whoever reads it may have it from a stranger: what it says is checked here by itself, and by
`geo.tracing.fitting` against the dataset before anything of it is taken over.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import shapely
from shapely.errors import GEOSException
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from geo.errors import TracingError, WritingError
from geo.export.staging import replace_text
from geo.outlines import as_text
from geo.text import MAX_LENGTH, clean
from geo.tracing.proposals import ATTRIBUTION, LICENCE, Match, Proposal, Proposals
from geo.tracing.reasons import LEFT_OUT, REASONS

FILE = "proposals.geojson"
FOLDER = Path("build/osm-outlines")
"""Where the file is unless somebody says otherwise."""

_FORMAT = 1
_DECIMALS = 4
_MOST_BYTES = 100_000_000
_MOST_SITES = 10_000
_SITE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_OBJECT = re.compile(r"(way|relation)/[1-9]\d{0,17}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TEXTS = ("site_id", "object", "name")
_SHARES = ("overlap", "name_likeness", "score")
_MAY_BE_UNKNOWN = ("overlap", "area_ratio", "name_likeness", "repaired_ha")
_LARGEST = 1e12
_MOST_TEXT = 2_000


def prepare(folder: Path) -> None:
    """Make the folder of the proposals, if it is not there yet.

    Raises
    ------
    WritingError
        If it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WritingError(f"{folder.name}: no folder can be made there") from error


def write_proposals(proposals: Proposals, folder: Path) -> Path:
    """Write the proposals into a folder, which is made; returns the file.

    It is GeoJSON that any map program opens, under the licence of OpenStreetMap.

    Raises
    ------
    WritingError
        If the file cannot be written; one that was there is then as it was.
    """
    document = {
        "type": "FeatureCollection",
        "format": _FORMAT,
        "licence": LICENCE,
        "attribution": ATTRIBUTION,
        "sites": [_site(match) for match in proposals.matches.values()],
        "features": [
            _feature(one) for match in proposals.matches.values() for one in match.proposals
        ],
    }
    prepare(folder)
    replace_text(folder / FILE, as_text(document))
    return folder / FILE


def is_written(folder: Path) -> bool:
    """Tell whether there are proposals in a folder."""
    return (folder / FILE).exists()


def read_proposals(folder: Path) -> Proposals:
    """Read what `write_proposals` wrote.

    Raises
    ------
    TracingError
        If there is no such file, it is not of this form, or an outline in it is not sound.
    """
    path = folder / FILE
    if not path.is_file() or path.stat().st_size > _MOST_BYTES:
        raise TracingError(f"no {FILE} there: run `geo fetch outlines` first, or say --out")
    try:
        return _proposals(json.loads(path.read_text(encoding="utf-8")))
    except TracingError:
        raise
    except (
        *(ValueError, TypeError, LookupError, AttributeError, ArithmeticError),
        *(RecursionError, GEOSException),
    ) as error:
        raise _damaged() from error


def _proposals(document: Mapping[str, Any]) -> Proposals:
    if document["format"] != _FORMAT:
        raise TracingError(f"{FILE} is of another format; run `geo fetch outlines` again")
    found: dict[str, list[Proposal]] = {one["site_id"]: [] for one in document["sites"]}
    for feature in document["features"]:
        proposal = _proposal(feature)
        found[proposal.site_id].append(proposal)
    matches = [_match(one, found[one["site_id"]]) for one in document["sites"]]
    for match in matches:
        objects = {one.object for one in match.proposals}
        _demand(len(objects) == len(match.proposals))
    _demand(len(found) == len(matches) <= _MOST_SITES)
    return Proposals({match.site_id: match for match in matches})


def _match(values: Mapping[str, Any], proposals: list[Proposal]) -> Match:
    """Read what is said of a site; the words of a reason are filled in with its values."""
    given = {one.name: values[one.name] for one in fields(Match) if one.name != "proposals"}
    match = Match(**given, proposals=tuple(proposals))
    _demand(
        _SITE.fullmatch(match.site_id),
        match.reason in ("", *REASONS),
        isinstance(match.stale, bool),
        set(match.left_out) <= set(LEFT_OUT),
        all(_is_count(count) for count in match.left_out.values()),
        all(isinstance(v, str | int) and len(str(v)) <= _MOST_TEXT for v in match.values.values()),
        match.state == "" or _DAY.fullmatch(match.state),
        # What is proposed was asked for, on a day; what is not has a reason.
        bool(match.state and not match.reason) if proposals else bool(match.reason),
        match.why or not match.reason,
    )
    today = datetime.now(UTC).date()
    if match.state and date.fromisoformat(match.state) > today:
        raise TracingError(f"{FILE}: `{match.site_id}` has data of a day to come; fetch it again")
    cleaned = {name: clean(v) if isinstance(v, str) else v for name, v in match.values.items()}
    return Match(**given | {"values": cleaned}, proposals=tuple(proposals))


def _proposal(feature: Mapping[str, Any]) -> Proposal:
    """Read a proposal; what it says is shown, and pasted into a command line."""
    values = feature["properties"]
    measures = {name: value for name, value in values.items() if name not in _TEXTS}
    _demand(
        *(isinstance(values[name], str) for name in _TEXTS),
        _SITE.fullmatch(values["site_id"]),
        _OBJECT.fullmatch(values["object"]),
        feature["id"] == f"{values['site_id']}:{values['object']}",
        *(_is_measure(name, value) for name, value in measures.items()),
    )
    name = clean(values["name"])[:MAX_LENGTH]
    return Proposal(**values | {"name": name}, geometry=_sound(feature["geometry"]))


def _is_measure(name: str, value: object) -> bool:
    if value is None:
        return name in _MAY_BE_UNKNOWN
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    least = -_LARGEST if name == "repaired_ha" else 0
    return least <= value <= (1 if name in _SHARES else _LARGEST)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < _LARGEST


def _sound(geometry: dict[str, Any]) -> BaseGeometry:
    outline = shape(geometry)
    west, south, east, north = outline.bounds
    if (
        outline.geom_type not in ("Polygon", "MultiPolygon")
        or not (-180 <= west < east <= 180 and -90 <= south < north <= 90)
        or not outline.is_valid
    ):
        raise TracingError(f"an outline in {FILE} is not valid; fetch it again")
    return shapely.force_2d(outline)


def _demand(*conditions: object) -> None:
    if not all(conditions):
        raise _damaged()


def _damaged() -> TracingError:
    return TracingError(f"{FILE} was changed or is damaged; run `geo fetch outlines` for all again")


def _site(match: Match) -> dict[str, Any]:
    names = (one.name for one in fields(Match) if one.name != "proposals")
    return {name: getattr(match, name) for name in names}


def _feature(proposal: Proposal) -> dict[str, Any]:
    values = {name: value for name, value in asdict(proposal).items() if name != "geometry"}
    properties = {
        name: round(value, _DECIMALS) if isinstance(value, float) else value
        for name, value in values.items()
    }
    return {
        "type": "Feature",
        "id": f"{proposal.site_id}:{proposal.object}",
        "properties": properties,
        "geometry": json.loads(json.dumps(mapping(proposal.geometry))),
    }
