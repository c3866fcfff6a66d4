"""FlatGeobuf, for programs that read a file over the network."""

from pathlib import Path

import numpy as np
import shapely

from geo.export.fitting import Fitted, Rules
from geo.export.options import Options
from geo.export.vector import write_vector
from geo.provenance.origin import Notice

_GEOMETRY = "geometry"
RULES = Rules(
    reserved=(_GEOMETRY,),
    fold_case=True,
    unprintable="\x00",
    unprintable_names="[\x00-\x1f\x7f]",
    as_text=("date", "list"),
    lists_as_json=True,
    placeless=False,
)


def write(fitted: Fitted, path: Path, options: Options) -> tuple[Notice, ...]:  # noqa: ARG001
    """Write the rows in their order.

    There is no spatial index in the file: building one would put the rows into another order and
    drop those without a place.
    """
    write_vector(
        fitted,
        path,
        driver="FlatGeobuf",
        layer="rows",
        geometry=_GEOMETRY,
        options={"SPATIAL_INDEX": "NO"},
    )
    nowhere = int(np.count_nonzero(shapely.is_missing(fitted.geometry)))
    reason = "rows without a place: some programs cannot read them from this format"
    return (Notice("null_geometry", reason, count=nowhere),) if nowhere else ()
