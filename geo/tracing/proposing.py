"""Asks for the areas that a site's selector describes, and says of every site what came of it."""

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import geopandas as gpd
import pandas as pd

from geo.domains import TRUE_OUTLINES
from geo.errors import FetchError, TracingError
from geo.fetch import Answer, areas
from geo.fetch.elements import merged
from geo.tracing.mending import mended
from geo.tracing.proposals import Match
from geo.tracing.reasons import LEFT_OUT
from geo.tracing.scores import Site, scored
from geo.tracing.selectors import Selector, overpass_query
from geo.tracing.sifting import sift

Ask: TypeAlias = Callable[[str, str], Answer]
"""Given a site and the query for it, returns what the source answers."""


def propose(
    sites: gpd.GeoDataFrame,
    selectors: Mapping[str, Selector],
    ask: Ask,
    *,
    only: Sequence[str] = (),
) -> Iterator[Match]:
    """Yield what was found for each site, in the order of the sites.

    Parameters
    ----------
    sites
        Sites of the dataset by id, in EPSG:4326.
    selectors
        By site.
    ask
        Asks the source. A refusal of it concerns one site: it is the reason of that match.
    only
        Ids of the sites that are wanted; none means every one without a true outline.

    Raises
    ------
    TracingError
        If there is no such site.
    """
    unknown = [site_id for site_id in only if site_id not in sites.index]
    if unknown:
        raise TracingError(f"no site {', '.join(f'`{one}`' for one in unknown)} in the dataset")
    for site_id, record in sites.iterrows():
        if not only or site_id in only:
            yield _match(str(site_id), record, selectors.get(str(site_id)), ask, asked=bool(only))


def _match(site_id: str, record: Any, selector: Selector | None, ask: Ask, *, asked: bool) -> Match:
    if record["geometry_method"] in TRUE_OUTLINES and not asked:
        return Match(site_id, reason="traced")
    if selector is None:
        return Match(site_id, reason="no_selector")
    notes = {"note_ru": selector.note_ru, "note_en": selector.note_en}
    if selector.box is None:
        return Match(site_id, reason="not_selectable", values=notes)
    if record["geometry"] is None:
        return Match(site_id, reason="no_place", values=notes)
    try:
        answer = ask(site_id, overpass_query(selector))
    except FetchError as error:
        return Match(site_id, reason="not_asked", values=notes | {"why": str(error)})
    accuracy_m, area_ha = float(record["position_accuracy_m"]), float(record["area_ha"])
    site = Site(site_id, record["geometry"], accuracy_m, area_ha, named=bool(selector.names))
    return _judged(site, selector, answer, notes)


def _judged(site: Site, selector: Selector, answer: Answer, notes: Mapping[str, str]) -> Match:
    elements = merged([answer.elements])
    found, unusable = areas(elements, wanted=selector.fits)
    repaired = mended(elements, unusable)
    found = found.assign(repaired_ha=math.nan)
    found = pd.concat([found, repaired], ignore_index=True) if len(repaired) else found
    likely, left_out = sift(selector, found)
    proposals, unfit = scored(site, likely)
    left_out += unfit + Counter(broken=len(unusable) - len(repaired) + len(answer.refused))
    # A source that names a day to come is not believed.
    state = min(answer.timestamp or answer.asked, answer.asked).date().isoformat()
    reason, values = "", dict[str, str | int](notes)
    if not proposals:
        reason = "all_left_out" if left_out else "nothing_found"
        said = ", ".join(f"{left_out[code]} {LEFT_OUT[code]}" for code in sorted(left_out))
        values |= {"count": left_out.total(), "reasons": said}
    return Match(
        site.site_id, proposals, dict(sorted(left_out.items())), reason, values, state, answer.stale
    )
