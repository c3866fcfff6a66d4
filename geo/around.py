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
    perhaps
        Number of rows that satisfy the other filters, are drawn outside the circle, and may still
        lie in it.
    nearest
        The nearest row that satisfies the other filters; None if none of them has a place.
    """

    metres: npt.NDArray[np.float64]
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
    least_m, most_m = bounds(
        metres,
        dataset.rows["position_accuracy_m"].to_numpy(dtype=float),
        np.full(len(metres), np.nan if near.accuracy_m is None else near.accuracy_m),
    )
    outcome = Outcome(masks(view.query, columns), len(columns.ids))
    others = outcome.passing(but="place")
    perhaps = others & (metres > near.metres) & (least_m <= near.metres)
    reached = others & np.isfinite(metres)
    nearest = None
    if reached.any():
        n = int(np.argmin(np.where(reached, metres, np.inf)))
        found = (float(numbers[n]) for numbers in (metres, least_m, most_m))
        nearest = Neighbour(str(columns.ids[n]), *found)
    return Around(metres, int(np.count_nonzero(perhaps)), nearest)
