"""Geometries as well-known text from which they come back to the last bit."""

import numpy as np
import numpy.typing as npt
import shapely

_DECIMALS = 40
"""More than any number needs: each is written by its shortest text, cut after so many decimals.

The writer's own -1 stands for 16, which are too few for numbers below 0.5.
"""


def exact_wkt(geometry: npt.NDArray[np.object_]) -> npt.NDArray[np.object_]:
    """Return the text of each geometry, None where there is none; shape as given."""
    return np.asarray(shapely.to_wkt(geometry, rounding_precision=_DECIMALS), dtype=object)
