"""What every reader of a format gives: shapes as they stand in the file, and columns."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from geo.read.columns import Columns
from geo.read.positions import Shapes


@dataclass
class Parsed:
    """The rows of a file that could be read at all.

    Parameters
    ----------
    rows_in
        Rows found, those dropped included.
    rows, ids, shapes
        Number in the file from 1, own id as text, and flat shape (None: no place) of each row that
        was not dropped; in the coordinate system of the file.
    columns
        Their values.
    stated_crs
        What the file says of its coordinate system: `EPSG:n`, an OGC name, WKT or PROJJSON; None
        if nothing.
    degrees_by_rule
        The format says that without a statement the coordinates are degrees of WGS 84.
    wound
        The format says which way rings run.
    """

    rows_in: int
    rows: npt.NDArray[np.int64]
    ids: Sequence[str | None]
    shapes: Shapes
    columns: Columns
    stated_crs: str | None = None
    degrees_by_rule: bool = True
    wound: bool = False
