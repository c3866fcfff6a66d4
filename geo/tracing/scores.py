"""Which of the areas found may be the outline of a site, measured and ordered by one rule.

Score = points of evidence over the points that this site could get, from 0 to 1:

- name, 3 points: likeness of the names (`geo.tracing.likeness`); an area without a name gets none;
- place, 2 points: 1 at the known position, falling evenly to 0 at the longest allowed distance;
- overlap, 2 points: share of today's outline that the area covers, where there is an outline;
- area, 2 points: smaller over larger of the area and the stated one, where one is stated.

What cannot be compared for a site (no names in its selector, no outline today, no stated area)
counts neither way, so that all areas of one site are measured alike.
"""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import DEGREES, to_metres
from geo.tracing.proposals import Proposal

POINTS = {"name": 3.0, "place": 2.0, "overlap": 2.0, "area": 2.0}
AREA_HA = (0.05, 5_000.0)
"""No site is smaller than a pool or larger than the largest plant of the agglomeration."""

MOST_PROPOSALS = 8
_ACCURACIES = 2.0
_LEAST_REACH_M = 500.0


@dataclass(frozen=True)
class Site:
    """What is known of a site today.

    Parameters
    ----------
    site_id
        The site.
    geometry
        In EPSG:4326.
    accuracy_m
        Estimated error of the position in metres; NaN where unknown.
    area_ha
        Stated area in hectares; NaN where unknown.
    named
        Whether names are sought.
    """

    site_id: str
    geometry: BaseGeometry
    accuracy_m: float
    area_ha: float
    named: bool

    @property
    def reach_m(self) -> float:
        """Longest distance at which an area may still be the site: twice the error."""
        error = 0.0 if math.isnan(self.accuracy_m) else self.accuracy_m
        return max(_LEAST_REACH_M, _ACCURACIES * error)


def scored(site: Site, areas: gpd.GeoDataFrame) -> tuple[tuple[Proposal, ...], Counter[str]]:
    """Return the proposals for a site, best first, and how many areas were left out and why.

    Parameters
    ----------
    site
        Whose outline is sought.
    areas
        See `geo.tracing.sifting.sift`.

    Returns
    -------
    proposals, left_out
        At most `MOST_PROPOSALS`; the codes are those of `geo.tracing.reasons.LEFT_OUT`.
    """
    found = _measured(site, areas)
    faults = [_misfit(site, proposal) for proposal in found]
    kept = [proposal for proposal, fault in zip(found, faults, strict=True) if not fault]
    kept.sort(key=lambda one: (-one.score, one.area_ha, one.object))
    left_out = Counter(fault for fault in faults if fault)
    if len(kept) > MOST_PROPOSALS:
        left_out["more"] = len(kept) - MOST_PROPOSALS
    return tuple(kept[:MOST_PROPOSALS]), left_out


def _measured(site: Site, areas: gpd.GeoDataFrame) -> list[Proposal]:
    today = to_metres(gpd.GeoSeries([site.geometry], crs=DEGREES))[0]
    ground = to_metres(areas.geometry).to_numpy()
    hectares = shapely.area(ground) / 10_000
    away_m = shapely.distance(ground, today.centroid)
    # Of a point there is no share; without a stated area, no ratio.
    shared = shapely.area(shapely.intersection(ground, today)) / today.area if today.area else None
    stated = site.area_ha > 0
    proposals = []
    for i, area in enumerate(areas.itertuples()):
        overlap = None if shared is None else min(1.0, float(shared[i]))
        ratio = float(hectares[i]) / site.area_ha if stated else None
        evidence = {
            "name": area.likeness or 0.0 if site.named else None,
            "place": max(0.0, 1 - float(away_m[i]) / site.reach_m),
            "overlap": overlap,
            "area": None if ratio is None else min(ratio, 1 / ratio),
        }
        proposals.append(
            Proposal(
                site_id=site.site_id,
                object=area.object,
                name=area.name,
                area_ha=float(hectares[i]),
                distance_m=float(away_m[i]),
                overlap=overlap,
                area_ratio=ratio,
                name_likeness=area.likeness,
                score=_score(evidence),
                geometry=area.geometry,
                repaired_ha=area.repaired_ha,
            )
        )
    return proposals


def _score(evidence: Mapping[str, float | None]) -> float:
    known = {name: value for name, value in evidence.items() if value is not None}
    points = sum(POINTS[name] * value for name, value in known.items())
    return points / sum(POINTS[name] for name in known)


def _misfit(site: Site, proposal: Proposal) -> str:
    least, most = AREA_HA
    if proposal.area_ha < least:
        return "too_small"
    if proposal.area_ha > most:
        return "too_large"
    return "too_far" if proposal.distance_m > site.reach_m else ""
