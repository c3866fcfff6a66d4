"""Actions of the road map under a query: the conditions that an action can satisfy."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from geo import domains
from geo.dataset import Dataset
from geo.facets import Facet, membership
from geo.filters import Outcome
from geo.link import FIELDS
from geo.query import Query

KEYS = ("status", "direction", "cluster")
"""Link keys that filter actions; an action has no kind of park, no money, no place."""

_COLUMNS = {"status": "status", "direction": "direction_id", "cluster": "cluster_id"}


@dataclass(frozen=True, eq=False)
class Actions:
    """Actions that a query shows.

    Parameters
    ----------
    ids
        Their ids, in the order of the table.
    facets
        By key of `KEYS`, each counted under the other ones.
    unused
        Conditions of the query that do not filter actions, as (link key, value).
    """

    ids: tuple[str, ...]
    facets: dict[str, Facet]
    unused: tuple[tuple[str, str], ...]


def choose(query: Query, dataset: Dataset) -> Actions:
    """Return the actions of the road map that satisfy a query.

    An action that lacks the field fails that filter and is counted under `no_data`.
    """
    table = dataset.roadmap
    options = {
        "status": domains.STATUSES,
        "direction": tuple(dataset.directions.index),
        "cluster": tuple(dataset.clusters.index),
    }
    members = {key: membership(options[key], _values(table[_COLUMNS[key]])) for key in KEYS}
    satisfied: dict[str, npt.NDArray[np.bool_]] = {
        key: members[key].any_of(chosen) for key in KEYS if (chosen := getattr(query, FIELDS[key]))
    }
    outcome = Outcome(satisfied, len(table))
    return Actions(
        ids=tuple(str(one) for one in table.index[outcome.passing()]),
        facets={key: members[key].count(outcome.passing(but=key)) for key in KEYS},
        unused=tuple(one for one in query.conditions() if one[0] not in KEYS),
    )


def _values(column: "pd.Series[str]") -> list[object]:
    return [value if isinstance(value, str) else None for value in column]
