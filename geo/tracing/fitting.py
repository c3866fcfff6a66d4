"""Whether a proposal still fits its site: looked at anew before it is shown or taken over.

The proposals come from a file that lay about: it may have been altered, and the site may have
changed since. So everything by which an area was proposed is measured again, but for what the
file does not hold: the tags of the object.
"""

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import geopandas as gpd

from geo.crs import DEGREES
from geo.domains import TRUE_OUTLINES
from geo.tracing.proposals import Proposal
from geo.tracing.scores import Site, scored
from geo.tracing.selectors import Selector
from geo.tracing.sifting import LEAST_LIKENESS, sift

_AREA_TOLERANCE_HA = 0.001
"""Between the area in the file, which has four decimals, and the one measured anew."""


def is_outline_of(proposal: Proposal, record: Mapping[str, Any]) -> bool:
    """Tell whether the outline that a site has today rests on the object of a proposal.

    Parameters
    ----------
    proposal
        The proposal.
    record
        Fields of the site, with `geometry_method` and `source_urls`.
    """
    traced = record["geometry_method"] in TRUE_OUTLINES
    return traced and proposal.url in record["source_urls"]


def remeasured(
    proposal: Proposal, record: Mapping[str, Any], selector: Selector | None
) -> tuple[Proposal | None, str]:
    """Measure a proposal against what is known of its site today.

    Parameters
    ----------
    proposal
        As it was read.
    record
        Fields of the site, with `geometry` in EPSG:4326, `position_accuracy_m` in metres and
        `area_ha` in hectares.
    selector
        Of the site; None where there is none.

    Returns
    -------
    proposal, fault
        The measures of today, None where it cannot be the outline; and a code of
        `geo.tracing.reasons.UNFIT`, "" where it can be taken over. What was refused is measured.
    """
    if selector is None or selector.box is None:
        return None, "no_selector"
    if record["geometry"] is None:
        return None, "no_place"
    if proposal.name_likeness is not None and proposal.name_likeness < LEAST_LIKENESS:
        return None, "other_name"
    kind, number = proposal.object.split("/")
    columns = {"osm_type": [kind], "osm_id": [int(number)], "tags": [{}], "repaired_ha": [math.nan]}
    found = gpd.GeoDataFrame(columns, geometry=[proposal.geometry], crs=DEGREES)
    likely, left_out = sift(replace(selector, refused=()), found)
    # What the file alone tells.
    told = {"name": proposal.name, "likeness": proposal.name_likeness}
    likely = likely.assign(**told, repaired_ha=proposal.repaired_ha)
    accuracy_m, area_ha = float(record["position_accuracy_m"]), float(record["area_ha"])
    named = bool(selector.names)
    site = Site(proposal.site_id, record["geometry"], accuracy_m, area_ha, named=named)
    measured, unfit = scored(site, likely)
    if not measured:
        return None, next(iter(left_out + unfit))
    (today,) = measured
    near = math.isclose(today.area_ha, proposal.area_ha, rel_tol=1e-3, abs_tol=_AREA_TOLERANCE_HA)
    if not near:
        return None, "altered"
    return today, "refused" if proposal.object in selector.refused else ""
