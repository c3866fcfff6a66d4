"""What a caller may choose about a file beyond its format."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Options:
    """Choices for formats that have them; the others do not look at them.

    Parameters
    ----------
    places
        Columns that CSV and XLSX have for the place: `lonlat` a point inside it in degrees, `wkt`
        the whole geometry as text, or both.
    """

    places: Literal["both", "lonlat", "wkt"] = "both"
