"""What only shows when rows are compared with each other."""

from collections.abc import Collection, Mapping

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import shapely
from shapely import GeometryType

from geo.read.columns import Place
from geo.read.ledger import Ledger, excerpt, shown
from geo.read.limits import PAIRS
from geo.read.positions import Shapes
from geo.read.repair import area_m2

SLIVER_M = 1.0
"""Mean width (twice the area by the outline's length) below which an area is a sliver."""

LEAST_OVERLAP_M2 = 1.0
"""Below this two areas share a border that was drawn twice, not ground."""

_METRES_OF_DEGREE = 111_320.0
_AREAS = (GeometryType.POLYGON, GeometryType.MULTIPOLYGON)
_FAMILIES = {
    GeometryType.POINT: "Point",
    GeometryType.MULTIPOINT: "Point",
    GeometryType.LINESTRING: "LineString",
    GeometryType.MULTILINESTRING: "LineString",
    GeometryType.POLYGON: "Polygon",
    GeometryType.MULTIPOLYGON: "Polygon",
}
_PART = 20_000


def compare_rows(
    shapes: Shapes,
    wkb: pa.Array,
    columns: Mapping[str, pa.Array],
    place: Place,
    ledger: Ledger,
    references: Mapping[str, Collection[str]],
) -> None:
    """Enter what rows show only together: ids, repeats, kinds, overlaps, slivers, references.

    Parameters
    ----------
    shapes, wkb
        Valid and in EPSG:4326, None for no place; the same as WKB.
    columns, place
        Values, row numbers and ids of the same rows.
    ledger
        Where findings go; all are warnings.
    references
        Column -> ids that may stand in it.
    """
    _ids(place, ledger)
    _repeats(wkb, columns, place, ledger)
    _families(shapes, ledger)
    areas = np.flatnonzero(np.isin(shapely.get_type_id(shapes), _AREAS))
    _slivers(shapes, areas, place, ledger)
    _overlaps(shapes, areas, place, ledger)
    for column, ids in references.items():
        if column in columns:
            _references(column, columns[column], ids, place, ledger)


def _ids(place: Place, ledger: Ledger) -> None:
    first: dict[str, int] = {}
    for row, own_id in zip(place.rows.tolist(), place.ids, strict=True):
        if own_id is not None and first.setdefault(own_id, row) != row:
            ledger.add("duplicate_id", row, own_id, "id", found=own_id, first=first[own_id])


def _repeats(wkb: pa.Array, columns: Mapping[str, pa.Array], place: Place, ledger: Ledger) -> None:
    codes = wkb.dictionary_encode().indices.fill_null(-1).to_numpy(zero_copy_only=False)
    _, groups, counts = np.unique(codes, return_inverse=True, return_counts=True)
    candidates = np.flatnonzero(counts[groups] > 1)
    if not len(candidates):
        return
    chosen = pa.array(candidates)
    values = [column.take(chosen).to_pylist() for column in columns.values()]
    first: dict[tuple[object, ...], int] = {}
    for n, *row_values in zip(candidates.tolist(), *values, strict=True):
        key = (int(codes[n]), *(tuple(v) if isinstance(v, list) else v for v in row_values))
        if all(value is None for value in key[1:]) and codes[n] < 0:
            continue
        row = int(place.rows[n])
        if first.setdefault(key, row) != row:
            ledger.add("repeated_feature", row, place.ids[n], first=first[key])


def _families(shapes: Shapes, ledger: Ledger) -> None:
    parts = shapes[~shapely.is_missing(shapes)]
    kinds = shapely.get_type_id(parts)
    while (collections := kinds == GeometryType.GEOMETRYCOLLECTION).any():
        parts = np.concatenate([parts[~collections], shapely.get_parts(parts[collections])])
        kinds = shapely.get_type_id(parts)
    names = sorted({_FAMILIES[GeometryType(kind)] for kind in np.unique(kinds)})
    if len(names) > 1:
        ledger.add("mixed_geometry", field="geometry", types=", ".join(names))


def _slivers(shapes: Shapes, areas: npt.NDArray[np.int64], place: Place, ledger: Ledger) -> None:
    for start in range(0, len(areas), _PART):
        part = areas[start : start + _PART]
        flat = shapely.transform(shapes[part], _in_metres)
        widths = 2 * shapely.area(flat) / shapely.length(flat)
        for n, width in zip(part, widths, strict=True):
            if width < SLIVER_M:
                row, own_id = int(place.rows[n]), place.ids[n]
                ledger.add("sliver", row, own_id, "geometry", width_m=round(float(width), 2))


def _in_metres(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Stretch degrees so that shapes a few kilometres wide have their true widths within 1 %."""
    lon, lat = points[:, 0], points[:, 1]
    return np.column_stack((lon * np.cos(np.radians(lat)), lat)) * _METRES_OF_DEGREE


def _overlaps(shapes: Shapes, areas: npt.NDArray[np.int64], place: Place, ledger: Ledger) -> None:
    if len(areas) < 2:
        return
    first, second = _pairs(shapes[areas])
    if len(first) > PAIRS:
        found = len(first)
        ledger.add("overlaps_unchecked", field="geometry", checked=PAIRS, found=found)
        first, second = first[:PAIRS], second[:PAIRS]
    left, right = shapes[areas[first]], shapes[areas[second]]
    shared = shapely.relate_pattern(left, right, "T********")
    for n in np.flatnonzero(shared).tolist():
        common = area_m2(shapely.intersection(left[n], right[n]))
        if common >= LEAST_OVERLAP_M2:
            here, other = areas[second[n]], int(place.rows[areas[first[n]]])
            row, own_id = int(place.rows[here]), place.ids[here]
            ledger.add("overlap", row, own_id, "geometry", area_m2=common, other=other)


def _pairs(shapes: Shapes) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the pairs, each once, whose boxes share more than a border."""
    boxes = shapely.bounds(shapes)
    first, second = shapely.STRtree(shapes).query(shapes)
    once = first < second
    first, second = first[once], second[once]
    low = np.maximum(boxes[first, :2], boxes[second, :2])
    high = np.minimum(boxes[first, 2:], boxes[second, 2:])
    wide = (high > low).all(axis=1)
    first, second = first[wide], second[wide]
    order = np.lexsort((second, first))
    return first[order], second[order]


def _references(
    column: str, array: pa.Array, ids: Collection[str], place: Place, ledger: Ledger
) -> None:
    for n, value in enumerate(array.to_pylist()):
        for given in value if isinstance(value, list) else (value,):
            if given is not None and str(given) not in ids:
                row, own_id = int(place.rows[n]), place.ids[n]
                found = shown(given) if isinstance(given, str) else excerpt(given)
                ledger.add("broken_reference", row, own_id, column, found=found, target=column)
