"""All indicators of a snapshot at once: three borders, bounds, sensitivity, and what is missing."""

import functools
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geo.errors import IndicatorError, NetworkError, NobodyError, PopulationError
from geo.indicators.borders import Border, borders_of, faulty_borders
from geo.indicators.built_up import built_up
from geo.indicators.degurba import Centre, centres_of
from geo.indicators.estimate import Estimate
from geo.indicators.grid import people_grid
from geo.indicators.population import checked_population, houses
from geo.indicators.variants import Variants, measures, sensitivity_of
from geo.snapshot import BORDERS, Snapshot

PEOPLE, BUILDINGS = "people", "buildings"
_ACCESS_LAYERS: Mapping[str, tuple[str, ...]] = {
    "11.2.1": ("walk_nodes", "walk_edges", "stops"),
    "11.7.1": ("walk_nodes", "walk_edges", "open_space"),
    "11.3.1": ("buildings",),
}
"""Without one of these an indicator is not computed at all."""

Tell = Callable[[float], None]
Ask = Callable[[], bool]


@dataclass(frozen=True)
class Gap:
    """Something that is not computed: of which indicator and border (empty: all), and why.

    `code` is no_layer, no_border, faulty_border, no_people, faulty_people, faulty_streets, nobody
    or not_computable (what is given breaks the indicator's definition); `what` names the layer,
    border or column.
    """

    code: str
    what: str
    indicator: str = ""
    border: str = ""


@dataclass(frozen=True, eq=False)
class Assessment:
    """What is known of a snapshot; every number is an estimate from open data.

    `counted` is people, buildings where nobody knows the people, or empty. `estimates` are in the
    order of indicators and of `BORDERS`; `sensitivities` are tables of
    `geo.indicators.sensitivity` by border and measure. `raster` describes a raster the people are
    from (name, sha256, crs, cells, no_data); empty for those of the snapshot.
    """

    snapshot: Snapshot
    counted: str
    borders: Mapping[str, Border]
    estimates: tuple[Estimate, ...]
    sensitivities: Mapping[tuple[str, str], pd.DataFrame]
    gaps: tuple[Gap, ...]
    raster: Mapping[str, str | int]
    variants: Variants

    def of(self, indicator: str) -> tuple[Estimate, ...]:
        """Return the estimates of one indicator, one for each border there is."""
        return tuple(one for one in self.estimates if one.indicator == indicator)

    @functools.cached_property
    def centres(self) -> tuple[Centre, ...] | None:
        """Urban centres that the people make, whatever border was given; None of no people."""
        people = self.variants.population
        if people is None or self.counted != PEOPLE:
            return None
        return centres_of(people_grid(self.snapshot, people, self.variants.raster))

    @property
    def main_border(self) -> str:
        """The border that is shown first: the urban centre where there is one; empty for none."""
        return next(iter(self.borders), "")


def assess(
    snapshot: Snapshot,
    *,
    population: gpd.GeoDataFrame | None = None,
    raster: Path | None = None,
    progress: Tell = lambda _: None,
    cancelled: Ask = lambda: False,
) -> Assessment | None:
    """Compute what `Assessment` holds; None as soon as nobody wants it any more.

    What one indicator lacks does not stop the others: it is a `Gap`.

    Parameters
    ----------
    snapshot
        With as many of its layers as there are.
    population
        Points with `people` instead of the snapshot's, as `population_from_raster` gives them.
    raster
        The GeoTIFF they are from, on whose cells an urban centre that is not given is looked for.
    progress, cancelled
        Told the share done (0 to 1); asked between two steps.

    Raises
    ------
    SnapshotError
        If a layer of the snapshot was changed or breaks its rules.
    """
    gaps: list[Gap] = []
    people = _people(snapshot, population, gaps)
    counting = people
    if counting is None and BUILDINGS in snapshot:
        counting = houses(snapshot.layer(BUILDINGS))
    counted = PEOPLE if people is not None else BUILDINGS if counting is not None else ""
    borders = borders_of(snapshot, people, raster=raster)
    faulty = faulty_borders(snapshot)
    gaps += [
        Gap("faulty_border" if border in faulty else "no_border", border, border=border)
        for border in BORDERS
        if border not in borders
    ]
    variants = Variants(snapshot, counting, counted, borders, raster)
    wanted = _computable(snapshot, counted, gaps)
    estimates: list[Estimate] = []
    tables: dict[tuple[str, str], pd.DataFrame] = {}
    steps, done = max(1, 2 * len(wanted) * len(borders)), 0
    for indicator in wanted:
        for border in borders:
            if cancelled():
                return None
            progress(done / steps)
            found = _estimate(variants, indicator, border, people, gaps)
            estimates += [found] if found else []
            done += 1
    for one in estimates:
        for measure in measures(one, counted):
            if cancelled():
                return None
            progress(min(1.0, done / steps))
            tables[one.border, measure] = sensitivity_of(
                variants, one.border, measure, tuple(borders)
            )
        done += 1
    described = dict(population.attrs) if population is not None else {}
    return Assessment(
        snapshot, counted, borders, tuple(estimates), tables, tuple(gaps), described, variants
    )


def _people(
    snapshot: Snapshot, given: gpd.GeoDataFrame | None, gaps: list[Gap]
) -> gpd.GeoDataFrame | None:
    if given is None and "population" not in snapshot:
        gaps.append(Gap("no_people", "population"))
        return None
    try:
        return checked_population(snapshot.layer("population") if given is None else given)
    except PopulationError:
        gaps.append(Gap("faulty_people", "population"))
        return None


def _computable(snapshot: Snapshot, counted: str, gaps: list[Gap]) -> list[str]:
    """Return the indicators whose layers are there; the others become gaps."""
    wanted = []
    for indicator, layers in _ACCESS_LAYERS.items():
        missing = [layer for layer in layers if layer not in snapshot]
        gaps += [Gap("no_layer", layer, indicator) for layer in missing]
        if not missing and not (indicator == "11.2.1" and not counted):
            wanted.append(indicator)
    return wanted


def _estimate(
    variants: Variants,
    indicator: str,
    border: str,
    people: gpd.GeoDataFrame | None,
    gaps: list[Gap],
) -> Estimate | None:
    try:
        if indicator == "11.3.1":
            shape = variants.borders[border].shape
            return built_up(variants.snapshot.layer("buildings"), people, shape, border=border)
        return variants.estimate(indicator, border)
    except NobodyError:
        gaps.append(Gap("nobody", border, indicator, border))
    except IndicatorError:
        gaps.append(Gap("not_computable", border, indicator, border))
    except NetworkError:
        if not any(gap.code == "faulty_streets" for gap in gaps):
            gaps.append(Gap("faulty_streets", "walk_edges"))
    return None
