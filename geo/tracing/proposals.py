"""What is proposed for each site, and the file that keeps it until a person has decided."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import date
from pathlib import Path
from typing import Any

from shapely.errors import GEOSException
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from geo.errors import TracingError, WritingError
from geo.export.staging import replace_text
from geo.outlines import as_text
from geo.tracing.reasons import REASONS

FILE = "proposals.geojson"
"""In the folder that a person looks through."""

LICENCE = "ODbL-1.0"
ATTRIBUTION = {"ru": "© участники OpenStreetMap", "en": "© OpenStreetMap contributors"}
_FORMAT = 1
_DECIMALS = 4
_MOST_BYTES = 100_000_000
_SITE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_OBJECT = re.compile(r"(way|relation)/[1-9]\d*")


@dataclass(frozen=True)
class Proposal:
    """An area of OpenStreetMap that may be the outline of a site.

    Parameters
    ----------
    site_id, object, name
        The site, the object such as "way/1", and its name in OpenStreetMap ("" without one).
    area_ha
        Measured in EPSG:32645.
    distance_m
        From today's position (of an outline, its centroid) to the area; 0 inside.
    overlap
        Share of today's outline that the area covers; None where there is no outline today.
    area_ratio
        Area over the stated area of the site; None where none is stated.
    name_likeness
        From 0 to 1 (`geo.tracing.likeness`); None where a name is not to be had.
    score
        From 0 to 1 (`geo.tracing.scores`).
    geometry
        Polygon or MultiPolygon in EPSG:4326 with six decimals, valid.
    """

    site_id: str
    object: str
    name: str
    area_ha: float
    distance_m: float
    overlap: float | None
    area_ratio: float | None
    name_likeness: float | None
    score: float
    geometry: BaseGeometry = field(repr=False)

    @property
    def url(self) -> str:
        """Address of the object."""
        return f"https://www.openstreetmap.org/{self.object}"


@dataclass(frozen=True)
class Match:
    """What was found for one site.

    Parameters
    ----------
    site_id, proposals
        The site, and what may be its outline, best first.
    left_out
        Number of areas that were found and are not proposed, by `reasons.LEFT_OUT`.
    reason
        Why nothing is proposed: a key of `reasons.REASONS`; "" otherwise.
    values
        What the words of the reason need, and `note_ru`, `note_en` of the selector.
    state
        Day of the data (ISO); "" where nothing was asked.
    stale
        Whether the source failed and a kept answer was used.
    """

    site_id: str
    proposals: tuple[Proposal, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    reason: str = ""
    values: Mapping[str, str | int] = field(default_factory=dict)
    state: str = ""
    stale: bool = False

    @property
    def why(self) -> str:
        """Why nothing is proposed, in English; "" where something is."""
        return REASONS[self.reason].format_map(self.values) if self.reason else ""


@dataclass(frozen=True)
class Proposals:
    """Everything that one search has found, by site."""

    matches: Mapping[str, Match]

    def of(self, osm_object: str) -> tuple[Proposal, ...]:
        """Return the proposals of an object, of which there is one for each site it may be."""
        every = (one for match in self.matches.values() for one in match.proposals)
        return tuple(one for one in every if one.object == osm_object)


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
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["format"] != _FORMAT:
            raise TracingError(f"{FILE} is of another format; run `geo fetch outlines` again")
        found: dict[str, list[Proposal]] = {one["site_id"]: [] for one in document["sites"]}
        for feature in document["features"]:
            proposal = _proposal(feature)
            found[proposal.site_id].append(proposal)
        names = {one.name for one in fields(Match)} - {"proposals"}
        return Proposals(
            {
                one["site_id"]: Match(
                    **{name: one[name] for name in names}, proposals=tuple(found[one["site_id"]])
                )
                for one in document["sites"]
                if not one["state"] or date.fromisoformat(one["state"])
            }
        )
    except (ValueError, TypeError, KeyError, AttributeError, GEOSException) as error:
        if isinstance(error, TracingError):
            raise
        raise TracingError(f"{FILE} was changed or is damaged; fetch it again") from error


def _proposal(feature: dict[str, Any]) -> Proposal:
    """Read a proposal; what it says is shown, and pasted into a command line."""
    values = feature["properties"]
    told = [values[name] for name in ("site_id", "object", "name")]
    measures = [
        value for name, value in values.items() if name not in ("site_id", "object", "name")
    ]
    if not (
        all(isinstance(text, str) for text in told)
        and _SITE.fullmatch(values["site_id"])
        and _OBJECT.fullmatch(values["object"])
        and all(value is None or isinstance(value, int | float) for value in measures)
    ):
        raise TracingError(f"{FILE} was changed or is damaged; fetch it again")
    return Proposal(**values, geometry=_sound(feature["geometry"]))


def _sound(geometry: dict[str, Any]) -> BaseGeometry:
    outline = shape(geometry)
    if outline.geom_type not in ("Polygon", "MultiPolygon") or not outline.is_valid:
        raise TracingError(f"an outline in {FILE} is not valid; fetch it again")
    return outline


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
