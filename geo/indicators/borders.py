"""The three borders of a snapshot, each where it is known; the urban centre also by DEGURBA."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.crs import to_metres
from geo.errors import BorderShapeError, IndicatorError, PopulationError
from geo.indicators.degurba import centres_of
from geo.indicators.estimate import require_border
from geo.indicators.grid import people_grid
from geo.snapshot import BORDERS, Snapshot

SNAPSHOT = "snapshot"
DEGURBA = "degurba"


@dataclass(frozen=True, eq=False)
class Border:
    """One of the three borders: its ground in metres of EPSG:32645 and where it is from.

    `made` is snapshot, or degurba for an urban centre computed from the population.
    """

    id: str
    shape: BaseGeometry
    made: str

    @property
    def km2(self) -> float:
        """Area."""
        return float(self.shape.area) / 1e6


def borders_of(
    snapshot: Snapshot, people: gpd.GeoDataFrame | None, *, raster: Path | None = None
) -> Mapping[str, Border]:
    """Return the borders that there are, in the order of `BORDERS`.

    An urban centre that the snapshot lacks is the one with most people by the Degree of
    Urbanisation, if there is one. Borders that `faulty_borders` names are left out.

    Parameters
    ----------
    snapshot
        Its layer `boundaries` has the borders.
    people
        Points with `people`, None where nobody knows them.
    raster
        The GeoTIFF they are from, whose own cells then tell an urban centre.

    Raises
    ------
    SnapshotError
        If the layer breaks its rules.
    PopulationError
        If numbers of people are missing or negative, or as `geo.indicators.grid.people_grid`.
    """
    outlines = _outlines(snapshot)
    found = {
        border: Border(border, shapely.union_all(shapes), SNAPSHOT)
        for border, shapes in outlines.items()
        if _sound(shapes)
    }
    if "urban_centre" not in outlines and people is not None:
        centres = centres_of(people_grid(snapshot, people, raster))
        if centres:
            found["urban_centre"] = Border("urban_centre", centres[0].shape, DEGURBA)
    return {border: found[border] for border in BORDERS if border in found}


def faulty_borders(snapshot: Snapshot) -> tuple[str, ...]:
    """Return which borders of a snapshot cross themselves or have no area.

    What lies inside such a border is a guess, so it is not used, and not computed either.
    """
    return tuple(name for name, shapes in _outlines(snapshot).items() if not _sound(shapes))


def _outlines(snapshot: Snapshot) -> Mapping[str, NDArray[np.object_]]:
    """Return the outlines of each border that the snapshot has, in metres."""
    if "boundaries" not in snapshot:
        return {}
    frame = snapshot.layer("boundaries")
    shapes = to_metres(frame.geometry)
    every = {border: shapes[frame["border"] == border].to_numpy() for border in BORDERS}
    return {border: of_border for border, of_border in every.items() if len(of_border)}


def _sound(shapes: NDArray[np.object_]) -> bool:
    return bool(shapely.is_valid(shapes).all() and shapely.area(shapes).sum() > 0)


def border_of(
    snapshot: Snapshot,
    border: str,
    people: gpd.GeoDataFrame | None = None,
    *,
    raster: Path | None = None,
) -> Border:
    """Return one border, see `borders_of`.

    Raises
    ------
    IndicatorError
        If there is no such border, or the snapshot has none and none can be computed.
    BorderShapeError
        If it crosses itself or has no area.
    """
    require_border(border)
    if border in faulty_borders(snapshot):
        raise BorderShapeError(
            f"boundaries, border `{border}`: the outline crosses itself or has no area, so nobody "
            "knows what lies inside; repair it in the source and freeze the snapshot again"
        )
    try:
        found = borders_of(snapshot, people, raster=raster).get(border)
    except PopulationError as error:
        raise IndicatorError(f"the border cannot be computed: {error}") from error
    if found is None:
        raise IndicatorError(
            f"snapshot `{snapshot.about.id}` has no border `{border}`"
            + (
                ", and its people make no urban centre by the Degree of Urbanisation (50,000 on "
                "neighbouring cells of 1,500 a square kilometre)"
                if border == "urban_centre" and people is not None
                else ""
            )
        )
    return found
