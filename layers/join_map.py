"""The matches of a join for the script that draws them: shapes in metres, and pairs of numbers."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

from geo.dataset import Dataset
from geo.join import JoinResult
from geo.join.side import Sorted
from geo.own.fields import name_column
from layers.locale import Translator, is_missing
from layers.towns import towns_in_metres

MOST_PAIRS = 2_000
MOST_ROWS = 2_000
"""Of each side that are drawn beside those in a pair."""

_CORE = (0.12, 0.88)
"""Quantiles of the places between which the first view lies: one far row must not shrink it."""

_DETAIL = 1 / 1_500
"""Part of the width of the view below which the shape of an outline is not drawn."""


def linked(result: JoinResult, dataset: Dataset, translator: Translator) -> dict[str, Any]:
    """Return rows, pairs and names of places around them, as JSON has it.

    `left` and `right` are lists of rows: `id`, `name`, `shape` (rings, lines or points as lists of
    [east, north] in metres of EPSG:32645 from `origin`; None without a place), `kind` (area, line,
    point), `on_map` (the id is known to the map of the dataset). `pairs` are the first pairs in
    the order of the result, by places in those lists. `view` is the first view [west, south,
    east, north], `towns` are settlements to find one's way by.
    """
    pairs = result.pairs.head(MOST_PAIRS)
    left, right = result.sides
    # By their places: ids may stand more than once.
    matched = [rows[: len(pairs)] for rows in result.places]
    chosen = [_chosen(side, rows) for side, rows in zip((left, right), matched, strict=True)]
    shapes = [side.metres[rows] for side, rows in zip((left, right), chosen, strict=True)]
    view = _view(np.concatenate(shapes))
    origin = np.round([(view[0] + view[2]) / 2, (view[1] + view[3]) / 2])
    detail = max(view[2] - view[0], view[3] - view[1]) * _DETAIL
    shipped = set(dataset.rows["id"])
    rows = [
        [
            {
                "id": str(side.ids[at]),
                "name": _name(side, int(at), translator),
                **_drawn(shape, origin, detail),
                "on_map": str(side.ids[at]) in shipped and side.layer.source == "shipped",
            }
            for at, shape in zip(found, drawn, strict=True)
        ]
        for side, found, drawn in zip((left, right), chosen, shapes, strict=True)
    ]
    numbers = [
        np.searchsorted(found, at).tolist() for found, at in zip(chosen, matched, strict=True)
    ]
    measured = {
        name: [None if is_missing(value) else round(float(value), 4) for value in pairs[name]]
        for name in ("distance_m", "share")
        if name in pairs
    }
    return {
        "left": rows[0],
        "right": rows[1],
        "pairs": {
            "left": numbers[0],
            "right": numbers[1],
            "no": pairs["match_no"].tolist(),
            "of": pairs["match_count"].tolist(),
            "certainty": pairs["certainty"].tolist(),
            **measured,
        },
        "all": len(result.pairs),
        "view": (view - np.tile(origin, 2)).round(1).tolist(),
        "towns": _towns(dataset, origin, translator),
    }


def _chosen(side: Sorted, matched: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Return the rows to draw: all that are in a pair, then others up to a limit; sorted."""
    alone = side.placed.copy()
    alone[matched] = False
    return np.union1d(matched, np.flatnonzero(alone)[:MOST_ROWS])


def naming_column(columns: Iterable[str], translator: Translator) -> str | None:
    """Return the column that names rows in the language of the page; None if there is none."""
    names, translated = list(columns), f"name_{translator.lang}"
    return translated if translated in names else name_column(names)


def _name(side: Sorted, at: int, translator: Translator) -> str:
    column = naming_column(map(str, side.columns.columns), translator)
    value = None if column is None else side.columns[column].iloc[at]
    return value if isinstance(value, str) and value else str(side.ids[at])


def _view(shapes: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
    known = shapes[~(shapely.is_missing(shapes) | shapely.is_empty(shapes))]
    bounds = shapely.bounds(known)
    bounds = bounds[np.isfinite(bounds).all(axis=1)]
    if not len(bounds):
        return np.array([0.0, 0.0, 1_000.0, 1_000.0])
    low, high = (
        np.quantile(bounds[:, :2], _CORE[0], axis=0),
        np.quantile(bounds[:, 2:], _CORE[1], axis=0),
    )
    margin = np.maximum((high - low) * 0.12, 500.0)
    return np.concatenate([low - margin, high + margin])


def _drawn(shape: Any, origin: npt.NDArray[np.float64], detail: float) -> dict[str, Any]:
    # EPSG:32645 knows no place on the other side of the earth.
    if shape is None or shape.is_empty or not np.isfinite(shape.bounds).all():
        return {"kind": None, "shape": None}
    kind = ("point", "line", "area")[int(shapely.get_dimensions(shape))]
    simple = shapely.simplify(shape, detail) if kind != "point" else shape
    simple = shape if simple.is_empty else simple
    parts = shapely.get_parts(simple)
    lines = (
        [ring for part in parts for ring in shapely.get_rings(part)] if kind == "area" else parts
    )
    return {
        "kind": kind,
        "shape": [np.round(shapely.get_coordinates(line) - origin, 1).tolist() for line in lines],
    }


def _towns(
    dataset: Dataset, origin: npt.NDArray[np.float64], translator: Translator
) -> list[dict[str, Any]]:
    towns = towns_in_metres(dataset.shipped)
    return [
        {
            "name": str(translator.pick(dataset.settlements.loc[own_id], "name")),
            "at": np.round(shapely.get_coordinates(point)[0] - origin, 1).tolist(),
        }
        for own_id, point in towns.items()
    ]
