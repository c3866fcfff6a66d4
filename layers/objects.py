"""Everything in the dataset that has an id and a name: its kind and its permanent address."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pandas as pd

from geo.dataset import Dataset
from geo.errors import GeoError

Record = Mapping[Any, Any]

TABLES = {
    "site": "sites",
    "project": "projects",
    "park": "parks",
    "organisation": "organisations",
    "cluster": "clusters",
    "direction": "directions",
    "action": "roadmap",
    "settlement": "settlements",
}
"""Kind of object -> table of the dataset. Where kinds share an id, the first one has it alone in
its address; the others name their kind as well."""


class UnknownObjectError(GeoError, KeyError):
    """No object of the dataset has this id."""


@dataclass(frozen=True)
class Ref:
    """One object of the dataset: its kind (a key of `TABLES`) and its id."""

    kind: str
    id: str


def find(dataset: Dataset, object_id: str, kind: str = "") -> Ref:
    """Return the object with an id.

    A park that is one with its only site is found as that site.

    Parameters
    ----------
    dataset, object_id
        Where to look for what.
    kind
        Which one is meant if several kinds share the id; empty or not a kind means the first.

    Raises
    ------
    UnknownObjectError
        If no object, or none of this kind, has the id.
    """
    if kind == "park" and object_id in single_parks(dataset):
        kind = "site"
    for one in (kind,) if kind in TABLES else TABLES:
        if object_id in table(dataset, one).index:
            return Ref(one, object_id)
    raise UnknownObjectError(object_id)


def table(dataset: Dataset, kind: str) -> pd.DataFrame:
    """Return the table that holds a kind of object, indexed by id."""
    frame: pd.DataFrame = getattr(dataset, TABLES[kind])
    return frame


def record_of(dataset: Dataset, ref: Ref) -> Record:
    """Return the row of an object, `id` among its fields."""
    return {"id": ref.id, **table(dataset, ref.kind).loc[ref.id].to_dict()}


@functools.lru_cache(maxsize=2)
def everything(dataset: Dataset) -> tuple[Ref, ...]:
    """Return every object that has a page of its own, kind by kind in the order of the tables."""
    return tuple(
        Ref(kind, str(own_id))
        for kind in TABLES
        for own_id in table(dataset, kind).index
        if kind != "park" or own_id not in single_parks(dataset)
    )


@functools.lru_cache(maxsize=2)
def single_parks(dataset: Dataset) -> frozenset[str]:
    """Return the ids of the parks that have one site, of the same id: the two are one object."""
    members = dataset.sites.groupby("park_id").groups
    return frozenset(
        str(park) for park in dataset.parks.index if list(members.get(park, [])) == [park]
    )


def namesakes(dataset: Dataset, ref: Ref) -> list[Ref]:
    """Return the other objects that have the id of this one."""
    return [one for one in everything(dataset) if one.id == ref.id and one != ref]


def address(dataset: Dataset, ref: Ref, lang: str = "", **more: str) -> str:
    """Return the permanent address of an object, from the root of the server.

    Parameters
    ----------
    dataset, ref
        The object.
    lang
        Language of the page, ru or en; empty leaves it to the browser.
    more
        Further parameters.
    """
    parameters = {"id": ref.id}
    if find(dataset, ref.id) != ref:
        parameters["type"] = ref.kind
    return f"/object?{urlencode(parameters | ({'lang': lang} if lang else {}) | more)}"
