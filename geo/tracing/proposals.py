"""What is proposed for each site until a person has decided."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shapely.geometry.base import BaseGeometry

from geo.tracing.reasons import REASONS

LICENCE = "ODbL-1.0"
ATTRIBUTION = {"ru": "© участники OpenStreetMap", "en": "© OpenStreetMap contributors"}


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
    repaired_ha
        By how much a repair changed the area, in hectares; None where none was needed.
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
    repaired_ha: float | None = None

    @property
    def url(self) -> str:
        """Address of the object."""
        return object_url(self.object)


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


def object_url(osm_object: str) -> str:
    """Return the address of an object such as "way/1"."""
    return f"https://www.openstreetmap.org/{osm_object}"


@dataclass(frozen=True)
class Proposals:
    """Everything that one search has found, by site."""

    matches: Mapping[str, Match]

    def of(self, osm_object: str) -> tuple[Proposal, ...]:
        """Return the proposals of an object, of which there is one for each site it may be."""
        every = (one for match in self.matches.values() for one in match.proposals)
        return tuple(one for one in every if one.object == osm_object)
