"""The rows of a dataset as arrays, laid out once, so that a query costs a few comparisons."""

from dataclasses import dataclass, replace
from functools import cached_property
from weakref import WeakKeyDictionary, ref

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd

from geo.crs import to_metres
from geo.dataset import Dataset
from geo.dated import spans, year_of
from geo.facets import Membership, membership, vocabulary
from geo.names import LANGUAGES, ranks
from geo.own.layer import Layer
from geo.own.words import RowWords
from geo.places import Near, distances, distances_anywhere
from geo.search.ranking import SearchIndex, search_of


@dataclass(frozen=True, eq=False)
class Columns:
    """One value a row in each array, in the order of `dataset.rows`.

    `start` and `end` are years, equal where only one is known, NaN where none is. `dated_from` and
    `dated_to` are the days (ordinals) between which the date of its facts lies, NaN for none.
    `money` is in million roubles, `area` in hectares. `degrees` are the geometries in EPSG:4326,
    None where there is no place. `borrowed` marks a row that is drawn at its site for want of its
    own position.
    `own` is the layer of a viewer that the last rows are from. What follows from `rows` at some
    cost is laid out when it is first asked for.
    """

    dataset: ref[Dataset]
    rows: gpd.GeoDataFrame
    own: Layer | None
    ids: npt.NDArray[np.object_]
    positions: dict[str, int]
    facets: dict[str, Membership]
    start: npt.NDArray[np.float64]
    end: npt.NDArray[np.float64]
    dated_from: npt.NDArray[np.float64]
    dated_to: npt.NDArray[np.float64]
    money: npt.NDArray[np.float64]
    jobs: npt.NDArray[np.float64]
    area: npt.NDArray[np.float64]
    is_site: npt.NDArray[np.bool_]
    is_project: npt.NDArray[np.bool_]
    placed: npt.NDArray[np.bool_]
    borrowed: npt.NDArray[np.bool_]
    site_ids: npt.NDArray[np.object_]
    degrees: npt.NDArray[np.object_]

    @property
    def listed(self) -> int:
        """Number of rows before those of the viewer's layer."""
        return len(self.ids) - (0 if self.own is None else len(self.own))

    @cached_property
    def metres(self) -> npt.NDArray[np.object_]:
        """The geometries of the dataset's rows, without those of a viewer, in EPSG:32645."""
        listed = self.rows.geometry.iloc[: self.listed]
        return np.asarray(to_metres(listed).array, dtype=object)

    @cached_property
    def stated_to(self) -> npt.NDArray[np.float64]:
        """The year of each row's facts, NaN where nobody dated them."""
        return year_of(self.dated_from)

    def distances(self, near: Near) -> npt.NDArray[np.float64]:
        """Return how far each row is from a point in metres, see `geo.places`."""
        found = distances(self.metres, near)
        if self.own is None:
            return found
        # The layer may lie anywhere, the zone of the agglomeration does not reach so far.
        brought = distances_anywhere(self.degrees[self.listed :], near)
        return np.concatenate([found, brought])

    @cached_property
    def text(self) -> SearchIndex:
        """The search of the dataset, which knows the words of its own rows."""
        dataset = self.dataset()
        if dataset is None:
            raise ReferenceError("the dataset of these columns is gone")
        return search_of(dataset.shipped)

    @cached_property
    def own_words(self) -> RowWords:
        """The words of the rows of the viewer's layer."""
        return RowWords(self.rows["text"].iloc[self.listed :].tolist())

    def match(self, text: str) -> npt.NDArray[np.bool_]:
        """Return which rows hold every word of a text; all rows where it has none.

        The rows of the dataset are found as they are without a layer, whatever words that has.
        """
        found = self.text.match(text)
        return found if self.own is None else np.concatenate([found, self.own_words.match(text)])

    @cached_property
    def name_ranks(self) -> dict[str, npt.NDArray[np.float64]]:
        """Place of each name in the order of the alphabet, by language."""
        return {
            lang: ranks([str(name) for name in self.rows[f"name_{lang}"]], lang)
            for lang in LANGUAGES
        }


def columns_of(dataset: Dataset) -> Columns:
    """Return the arrays of a dataset: built at the first call, dropped with the dataset."""
    columns = _built.get(dataset)
    if columns is None:
        columns = _built[dataset] = _build(dataset)
    return columns


def lay_out(dataset: Dataset) -> None:
    """Make ahead of the first question what all of them need.

    Of a viewer's layer that is all but the order of its names, which few ask for.
    """
    columns = columns_of(dataset)
    _ = columns.metres, columns.text
    _ = columns.name_ranks if dataset.own is None else columns.own_words


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
    dated_from, dated_to = spans([*dataset.sites["as_of"], *dataset.projects["as_of"]], len(rows))
    size, listed = len(rows), dataset.listed
    is_site = (rows["row_type"] == "site").to_numpy(dtype=bool)
    facets = {
        key: membership(options[key], values[key].iloc[:listed], size=size) for key in options
    }
    facets["kind"] = replace(facets["kind"], inapplicable=is_site)
    return Columns(
        # Weak: the columns live as long as the dataset, and would never let a viewer's go.
        dataset=ref(dataset),
        rows=rows,
        own=dataset.own,
        ids=ids,
        positions={str(own_id): place for place, own_id in enumerate(ids)},
        facets=facets,
        start=_floats(rows["year_from"]),
        end=_floats(rows["year_to"]),
        dated_from=dated_from,
        dated_to=dated_to,
        money=_floats(rows["investment_mln_rub"]),
        jobs=_floats(rows["jobs"]),
        area=_floats(rows["area_ha"]),
        is_site=is_site,
        is_project=(rows["row_type"] == "project").to_numpy(dtype=bool),
        placed=~(rows.geometry.isna() | rows.geometry.is_empty).to_numpy(dtype=bool),
        borrowed=(rows["geometry_method"] == "position_of_site").to_numpy(dtype=bool),
        site_ids=rows["site_id"].to_numpy(dtype=object),
        degrees=np.asarray(rows.geometry.array, dtype=object),
    )


def _floats(values: "pd.Series[float]") -> npt.NDArray[np.float64]:
    return np.asarray(values, dtype=np.float64)
