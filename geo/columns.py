"""The rows of a dataset as arrays, laid out once, so that a query costs a few comparisons."""

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.crs import to_metres
from geo.dataset import Dataset
from geo.facets import Membership, membership, vocabulary
from geo.names import LANGUAGES, ranks
from geo.text import TextIndex


@dataclass(frozen=True, eq=False)
class Columns:
    """One value a row in each array, in the order of `dataset.rows`.

    `start` and `end` are years, equal where only one is known, NaN where none is. `money` is in
    million roubles, `area` in hectares. `degrees` and `metres` are the geometries in EPSG:4326 and
    EPSG:32645, None where there is no place. `borrowed` marks a row that is drawn at its site for
    want of its own position. `name_ranks` has one array a language.
    """

    ids: npt.NDArray[np.object_]
    positions: dict[str, int]
    facets: dict[str, Membership]
    start: npt.NDArray[np.float64]
    end: npt.NDArray[np.float64]
    money: npt.NDArray[np.float64]
    jobs: npt.NDArray[np.float64]
    area: npt.NDArray[np.float64]
    is_site: npt.NDArray[np.bool_]
    placed: npt.NDArray[np.bool_]
    borrowed: npt.NDArray[np.bool_]
    site_ids: npt.NDArray[np.object_]
    degrees: npt.NDArray[np.object_]
    metres: npt.NDArray[np.object_]
    text: TextIndex
    name_ranks: dict[str, npt.NDArray[np.float64]]


def columns_of(dataset: Dataset) -> Columns:
    """Return the arrays of a dataset: built at the first call, dropped with the dataset."""
    columns = _built.get(dataset)
    if columns is None:
        columns = _built[dataset] = _build(dataset)
    return columns


_built: WeakKeyDictionary[Dataset, Columns] = WeakKeyDictionary()


def _build(dataset: Dataset) -> Columns:
    rows = dataset.rows
    options = vocabulary(dataset)
    values = {
        "park": rows["park_type"],
        "direction": rows["directions"],
        "cluster": rows["clusters"],
        "kind": rows["kind"],
        "status": rows["status"],
    }
    ids = rows["id"].to_numpy(dtype=object)
    return Columns(
        ids=ids,
        positions={str(own_id): place for place, own_id in enumerate(ids)},
        facets={key: membership(options[key], values[key]) for key in options},
        start=_floats(rows["year_from"]),
        end=_floats(rows["year_to"]),
        money=_floats(rows["investment_mln_rub"]),
        jobs=_floats(rows["jobs"]),
        area=_floats(rows["area_ha"]),
        is_site=(rows["row_type"] == "site").to_numpy(dtype=bool),
        placed=~(rows.geometry.isna() | rows.geometry.is_empty).to_numpy(dtype=bool),
        borrowed=(rows["geometry_method"] == "position_of_site").to_numpy(dtype=bool),
        site_ids=rows["site_id"].to_numpy(dtype=object),
        degrees=np.asarray(rows.geometry.array, dtype=object),
        metres=np.asarray(to_metres(rows.geometry).array, dtype=object),
        text=TextIndex([str(text) for text in rows["text"]]),
        name_ranks={
            lang: ranks([str(name) for name in rows[f"name_{lang}"]], lang) for lang in LANGUAGES
        },
    )


def _floats(values: "pd.Series[float]") -> npt.NDArray[np.float64]:
    return np.asarray(values, dtype=np.float64)
