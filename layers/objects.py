"""Everything in the dataset that has an id and a name: its kind and its permanent address."""

import functools
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
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
    return records(dataset, ref.kind)[ref.id]


def records(dataset: Dataset, kind: str) -> Mapping[str, Record]:
    """Return the rows of a kind of object by id, in the order of the table; laid out once."""
    return _records(dataset.shipped, kind)


def belonging(dataset: Dataset, kind: str, field: str, *values: str) -> list[Record]:
    """Return the rows of a kind of object whose field is, or lists, one of some values.

    The table is grouped once for a field, and then not looked through again.

    Parameters
    ----------
    dataset, kind, field
        Which table, and its column of ids or of lists of ids.
    values
        What the column is asked for.

    Returns
    -------
    list
        In the order of the table, each row once.
    """
    rows, places = _rows(dataset.shipped, kind), _places(dataset.shipped, kind, field)
    found = {place for value in values for place in places.get(value, ())}
    return [rows[place] for place in sorted(found)]


@functools.lru_cache(maxsize=2 * len(TABLES))
def _records(dataset: Dataset, kind: str) -> Mapping[str, Record]:
    frame = table(dataset, kind)
    # As a plain frame: a column of shapes makes each step slow.
    found = pd.DataFrame(frame).reset_index().to_dict("records")
    return MappingProxyType({str(record["id"]): MappingProxyType(record) for record in found})


@functools.lru_cache(maxsize=2 * len(TABLES))
def _rows(dataset: Dataset, kind: str) -> tuple[Record, ...]:
    return tuple(_records(dataset, kind).values())


@functools.lru_cache(maxsize=4 * len(TABLES))
def _places(dataset: Dataset, kind: str, field: str) -> Mapping[str, Sequence[int]]:
    found = defaultdict(list)
    for place, value in enumerate(table(dataset, kind)[field]):
        for one in dict.fromkeys(value if isinstance(value, list | tuple) else (value,)):
            found[one].append(place)
    return found


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
    return [one for one in _by_id(dataset).get(ref.id, ()) if one != ref]


@functools.lru_cache(maxsize=2)
def _by_id(dataset: Dataset) -> Mapping[str, Sequence[Ref]]:
    found: defaultdict[str, list[Ref]] = defaultdict(list)
    for one in everything(dataset):
        found[one.id].append(one)
    return found


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
