"""How far the rows of a view lie from the point it asks about, as far as that can be known."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.columns import columns_of
from geo.dataset import Dataset
from geo.filters import Outcome, masks
from geo.nearest import Neighbour, bounds
from geo.places import Near
from geo.view import View


@dataclass(frozen=True, eq=False)
class Around:
    """Distances from a point.

    Parameters
    ----------
    metres
        Of all rows of the dataset, from the point to the outline or point as it is drawn, shape
        (rows,); 0 inside an outline, NaN without a place, infinity where it is far beyond.
    accuracy_m
        How far each may lie off, shape (rows,); NaN where nobody says.
    perhaps
        Number of rows that satisfy the other filters, are drawn outside the circle, and may still
        lie in it.
    nearest
        The nearest row that satisfies the other filters; None if none of them has a place.
    """

    metres: npt.NDArray[np.float64]
    accuracy_m: npt.NDArray[np.float64]
    perhaps: int
    nearest: Neighbour | None


def around(view: View, dataset: Dataset) -> Around | None:
    """Return the distances of a view that asks for the surroundings of a point, otherwise None.

    Parameters
    ----------
    view
        Answer to a query.
    dataset
        What was asked.
    """
    near = view.query.place
    if not isinstance(near, Near):
        return None
    columns = columns_of(dataset)
    metres = columns.distances(near)
    accuracy_m = dataset.rows["position_accuracy_m"].to_numpy(dtype=float)
    outcome = Outcome(masks(view.query, columns), len(columns.ids))
    others = outcome.passing(but="place")
    least = np.maximum(metres - accuracy_m, 0.0)
    perhaps = others & (metres > near.metres) & (least <= near.metres)
    return Around(
        metres,
        accuracy_m,
        int(np.count_nonzero(perhaps)),
        _nearest(columns.ids, metres, accuracy_m, others & np.isfinite(metres)),
    )


def _nearest(
    ids: npt.NDArray[np.object_],
    metres: npt.NDArray[np.float64],
    accuracy_m: npt.NDArray[np.float64],
    wanted: npt.NDArray[np.bool_],
) -> Neighbour | None:
    if not wanted.any():
        return None
    number = int(np.argmin(np.where(wanted, metres, np.inf)))
    away = float(metres[number])
    return Neighbour(str(ids[number]), away, *bounds(away, float(accuracy_m[number])))
