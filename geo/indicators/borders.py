"""The three borders of a snapshot, each where it is known; the urban centre also by DEGURBA."""

from collections.abc import Mapping
from dataclasses import dataclass

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.crs import to_metres
from geo.errors import IndicatorError, PopulationError
from geo.indicators.degurba import centres_of
from geo.indicators.estimate import require_border
from geo.indicators.grid import grid_of_points
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


def borders_of(snapshot: Snapshot, people: gpd.GeoDataFrame | None) -> Mapping[str, Border]:
    """Return the borders that there are, in the order of `BORDERS`.

    An urban centre that the snapshot lacks is the one with most people by the Degree of
    Urbanisation, if there is one.

    Parameters
    ----------
    snapshot
        Its layer `boundaries` has the borders.
    people
        Points with `people`, None where nobody knows them.

    Raises
    ------
    SnapshotError
        If the layer breaks its rules.
    PopulationError
        If numbers of people are missing or negative.
    """
    found = {}
    if "boundaries" in snapshot:
        frame = snapshot.layer("boundaries")
        shapes = to_metres(frame.geometry)
        for border in BORDERS:
            of_border = shapes[frame["border"] == border].to_numpy()
            if len(of_border):
                found[border] = Border(border, shapely.union_all(of_border), SNAPSHOT)
    if "urban_centre" not in found and people is not None:
        centres = centres_of(grid_of_points(people))
        if centres:
            found["urban_centre"] = Border("urban_centre", centres[0].shape, DEGURBA)
    return {border: found[border] for border in BORDERS if border in found}


def border_of(snapshot: Snapshot, border: str, people: gpd.GeoDataFrame | None = None) -> Border:
    """Return one border.

    Raises
    ------
    IndicatorError
        If there is no such border, or the snapshot has none and none can be computed.
    """
    require_border(border)
    try:
        found = borders_of(snapshot, people).get(border)
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
