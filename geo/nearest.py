"""What lies nearest to a place, and between which bounds, as no place is known exactly."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, overload
from weakref import WeakKeyDictionary

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely

from geo.columns import columns_of
from geo.crs import DEGREES, to_metres
from geo.dataset import Dataset


@dataclass(frozen=True)
class Neighbour:
    """Something near a place, with the distance between the two as they are drawn.

    `least_m` and `most_m` are the bounds that the accuracies of both allow, NaN where one of the
    accuracies is not stated.
    """

    id: str
    metres: float
    least_m: float
    most_m: float


@overload
def bounds(metres: float, *accuracies_m: float) -> tuple[float, float]: ...


@overload
def bounds(
    metres: npt.NDArray[np.float64], *accuracies_m: npt.NDArray[np.float64]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]: ...


def bounds(metres: Any, *accuracies_m: Any) -> tuple[Any, Any]:
    """Return the least and the greatest true distance of two places that may both lie off.

    Parameters
    ----------
    metres
        Between the two as they are drawn; a number, or an array of them.
    accuracies_m
        How far each may lie off, like `metres`; NaN where nobody says, and then the bounds are NaN.

    Examples
    --------
    >>> bounds(700.0, 300.0, 200.0) == (200.0, 1200.0)
    True
    >>> bounds(100.0, 300.0, 200.0) == (0.0, 600.0)
    True
    """
    slack = sum(accuracies_m)
    return np.maximum(metres - slack, 0.0), metres + slack


def nearest_rows(
    dataset: Dataset,
    geometry: shapely.Geometry,
    accuracy_m: float,
    *,
    leave_out: Collection[str] = (),
    limit: int = 5,
) -> list[Neighbour]:
    """Return the sites and projects nearest to a place.

    Rows that only borrow the place of their site are passed over: where they are drawn is no
    evidence of where they are.

    Parameters
    ----------
    dataset, geometry
        The rows, and the place in EPSG:4326. Distances are measured in EPSG:32645, outline to
        outline where there is one.
    accuracy_m
        How far the place may lie off, NaN where nobody says.
    leave_out
        Ids of rows that are not wanted.
    limit
        How many at most.

    Returns
    -------
    list
        Nearest first; rows equally far keep the order of the dataset.
    """
    columns = columns_of(dataset)
    place = to_metres(gpd.GeoSeries([geometry], crs=DEGREES))[0]
    wanted = columns.placed & ~columns.borrowed & ~np.isin(columns.ids, list(leave_out))
    numbers = np.flatnonzero(wanted)
    metres = shapely.distance(columns.metres[numbers], place)
    accuracies_m = dataset.rows["position_accuracy_m"].to_numpy(dtype=float)
    return [
        _neighbour(str(columns.ids[n]), float(m), accuracy_m, float(accuracies_m[n]))
        for m, n in sorted(zip(metres, numbers, strict=True))[:limit]
    ]


def settlement_of(dataset: Dataset, layer: str) -> dict[str, Neighbour]:
    """Return the settlement nearest to each placed row of a layer, by id.

    Measured in EPSG:32645 to the point of the settlement, which stands in the middle of it. That
    something lies in a settlement does not follow.

    Parameters
    ----------
    dataset
        The dataset.
    layer
        sites, projects or organisations.
    """
    found = _settlements.setdefault(dataset, {})
    if layer not in found:
        found[layer] = _nearest_settlements(dataset, getattr(dataset, layer))
    return found[layer]


_settlements: WeakKeyDictionary[Dataset, dict[str, dict[str, Neighbour]]] = WeakKeyDictionary()


def _nearest_settlements(dataset: Dataset, frame: gpd.GeoDataFrame) -> dict[str, Neighbour]:
    points = gpd.points_from_xy(
        dataset.settlements["longitude"].astype(float),
        dataset.settlements["latitude"].astype(float),
        crs=DEGREES,
    )
    towns = to_metres(gpd.GeoSeries(points, index=dataset.settlements.index))
    placed = frame[frame.geometry.notna()]
    if towns.empty or placed.empty:
        return {}
    shapes = np.asarray(to_metres(placed.geometry).array, dtype=object)
    apart_m = shapely.distance(shapes[:, None], np.asarray(towns.array, dtype=object)[None, :])
    nearest = apart_m.argmin(axis=1)
    return {
        str(own_id): _neighbour(str(towns.index[town]), float(row[town]), float(accuracy_m), 0.0)
        for own_id, accuracy_m, town, row in zip(
            placed.index, placed["position_accuracy_m"], nearest, apart_m, strict=True
        )
    }


def _neighbour(own_id: str, metres: float, *accuracies_m: float) -> Neighbour:
    least_m, most_m = bounds(metres, *accuracies_m)
    return Neighbour(own_id, metres, float(least_m), float(most_m))
