"""One question to the dataset: how it is written as a link, and what it shows.

`apply` is the only filter of the Atlas. Values under one key are alternatives, keys hold together;
a row that lacks the field fails the filter and is counted as `no_data`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

import numpy as np

from geo.columns import Columns, columns_of
from geo.dataset import Dataset
from geo.dated import Dates, unclear
from geo.facets import FACETS, vocabulary
from geo.filters import Outcome, masks
from geo.histograms import count_money, count_years
from geo.link import (
    FIELDS,
    OWN,
    UNKNOWN,
    Link,
    Money,
    Note,
    is_own_key,
    written,
    written_near,
    year,
)  # fmt: skip
from geo.order import SORTS, ordered
from geo.own.conditions import Condition, count_own, is_own, key_of, read_own, texts_of
from geo.places import Box, Inside, Near, Place
from geo.rows import STILL_GOING
from geo.suggestions import suggest
from geo.view import View, count_totals

__all__ = ["Note", "Query", "View", "apply"]


@dataclass(frozen=True)
class Query:
    """What is asked of the dataset; without arguments, everything.

    Parameters
    ----------
    parks, directions, clusters, kinds, statuses
        Options of the facets; a site's park is its kind of park.
    years
        First and last year; a row is meant when its own years overlap them. 9999 leaves the end
        open.
    money
        Least and largest investment, million roubles, both included; infinity leaves it open.
        `geo.link.UNKNOWN` means the rows of which no sum is known.
    known
        A date: rows whose facts are certainly not later are meant (see `geo.dated`).
    since
        A date: rows whose facts are certainly later are meant.
    text
        Words to find, see `geo.search.index.TextIndex.find`.
    place
        Where.
    sort
        One of `geo.order.SORTS`.
    selected
        Id of the row that is open. Does not filter.
    own
        Conditions on columns of the layer that a viewer brought, in the order of the columns.
    layer
        Key of that layer (`geo.own.layer.Layer.key`) where `own` or `selected` needs it.
    """

    parks: tuple[str, ...] = ()
    directions: tuple[str, ...] = ()
    clusters: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    years: tuple[int, int] | None = None
    money: Money | None = None
    text: str = ""
    place: Place | None = None
    sort: str = "default"
    selected: str = ""
    own: tuple[Condition, ...] = ()
    layer: str = ""
    known: str = ""
    since: str = ""

    @classmethod
    def from_params(
        cls, params: Mapping[str, Sequence[str]] | str, dataset: Dataset
    ) -> tuple["Query", tuple[Note, ...]]:
        """Read a link; whatever cannot be used is left out and named in a note.

        Parameters
        ----------
        params
            Values by key, or a query string.
        dataset
            Knows the ids that a link may name.
        """
        link = Link(params)
        options = vocabulary(dataset)
        # In the order of `geo.link.KEYS`, which is that of the notes.
        facets = {FIELDS[key]: link.ids(key, options[key]) for key in FACETS}
        years = link.span("years", year, STILL_GOING)
        money = link.money()
        known, since = link.date("known"), link.date("since")
        text = link.text("q")
        place = link.place(tuple(dataset.sites.index))
        own = read_own(link, dataset.own)
        selected = link.one_of("sel", columns_of(dataset).positions, "")
        sort = link.one_of("sort", SORTS, "default")
        if sort == "near" and not isinstance(place, Near):
            link.note("needs_point", "sort", sort)
            sort = "default"
        layer = "" if dataset.own is None or not (own or is_own(selected)) else dataset.own.key
        query = cls(
            **facets,
            years=None if years is None else (int(years[0]), int(years[1])),
            money=money,
            known=known,
            since=since,
            text=text,
            place=place,
            sort=sort,
            selected=selected,
            own=own,
            layer=layer,
        )
        return query, link.notes

    def to_params(self) -> dict[str, list[str]]:
        """Write the query as the parameters of a link, defaults left out.

        The keys stand in the order of `geo.link.KEYS`, own columns last. Equal queries give equal
        links, and every query that `from_params` gives is read back the same.
        """
        params = {key: list(getattr(self, FIELDS[key])) for key in FACETS}
        if self.years:
            low, high = self.years
            params["years"] = [str(low)] + ([] if high == STILL_GOING else [str(high)])
        if self.money == UNKNOWN:
            params["money"] = [UNKNOWN]
        elif self.money:
            least, most = self.money
            params["money"] = [written(least)] + ([] if math.isinf(most) else [written(most)])
        params["known"] = [self.known]
        params["since"] = [self.since]
        params["q"] = [self.text]
        match self.place:
            case Box(west, south, east, north):
                params["bbox"] = [",".join(map(written, (west, south, east, north)))]
            case Near():
                params["near"] = [written_near(self.place)]
            case Inside(site_id):
                params["in"] = [site_id]
        params["sel"] = [self.selected]
        params["sort"] = [] if self.sort == "default" else [self.sort]
        params[OWN] = [self.layer]
        params |= {key_of(column): texts_of(chosen) for column, chosen in self.own}
        return {key: values for key, values in params.items() if any(values)}

    def to_string(self) -> str:
        """Write the query as a query string without question mark."""
        return urlencode(self.to_params(), doseq=True, safe=",")

    def conditions(self) -> tuple[tuple[str, str], ...]:
        """Return what filters, as (link key, value), in the order of the link.

        Facets give one condition for each option; the ends of a span are joined by a comma.
        """
        params = self.to_params()
        listed = tuple(
            (key, value)
            for key in FIELDS
            for value in (params.get(key, []) if key in FACETS else [",".join(params.get(key, []))])
            if value
        )
        own = tuple(
            (key_of(column), value) for column, chosen in self.own for value in texts_of(chosen)
        )
        return listed + own

    def without(self, key: str, value: str | None = None) -> "Query":
        """Return the query without the conditions of a link key, or without one facet option.

        An order by distance goes with its point, the name of a layer with the last need for it.

        Examples
        --------
        >>> Query(parks=("medical", "sport"), text="арена").without("park", "medical")
        Query(parks=('sport',), directions=(), clusters=(), kinds=(), statuses=(), years=None, \
money=None, text='арена', place=None, sort='default', selected='', own=(), layer='', \
known='', since='')
        """
        if is_own_key(key):
            return self._without_own(key, value)
        field = FIELDS[key]
        changed: dict[str, Any] = {field: getattr(_EVERYTHING, field)}
        if key in FACETS and value is not None:
            changed[field] = tuple(v for v in getattr(self, field) if v != value)
        if field == "place" and self.sort == "near":
            changed["sort"] = "default"
        return replace(self, **changed)

    def _without_own(self, key: str, value: str | None) -> "Query":
        kept: list[Condition] = []
        for column, chosen in self.own:
            if key_of(column) != key:
                kept.append((column, chosen))
            elif value is not None and isinstance(chosen, tuple):
                left = tuple(option for option in chosen if option != value)
                kept += [(column, left)] if left else []
        needed = bool(kept) or is_own(self.selected)
        return replace(self, own=tuple(kept), layer=self.layer if needed else "")


_EVERYTHING = Query()


def _dates(query: Query, columns: Columns, outcome: Outcome, lang: str) -> Dates | None:
    """Return what the conditions on dates leave out because nobody can tell; None without any."""
    if not (query.known or query.since):
        return None
    others = outcome.passing(but=("known", "since"))
    near = query.place if isinstance(query.place, Near) else None
    undated = ordered(
        others & np.isnan(columns.dated_from), columns, sort=query.sort, near=near, lang=lang
    )
    undated.flags.writeable = False
    open_to_both = unclear(query.known, query.since, columns.dated_from, columns.dated_to)
    return Dates(undated, int(np.count_nonzero(others & open_to_both)))


def apply(query: Query, dataset: Dataset, *, lang: str = "ru") -> View:
    """Answer a query.

    Parameters
    ----------
    query
        What is asked; an option or id that the dataset does not have matches no row.
    dataset
        Where.
    lang
        Language of the names when they are sorted (ru or en). Changes nothing else.
    """
    columns = columns_of(dataset)
    outcome = Outcome(masks(query, columns), len(columns.ids))
    visible = outcome.passing()
    positions = ordered(
        visible,
        columns,
        sort=query.sort,
        near=query.place if isinstance(query.place, Near) else None,
        lang=lang,
    )
    positions.flags.writeable = False
    placeless = outcome.passing(but="place") & ~columns.placed
    return View(
        query=query,
        positions=positions,
        ids=tuple(columns.ids[positions]),
        own={
            field.name: count_own(field, outcome.passing(but=key_of(field.name)))
            for field in (() if dataset.own is None else dataset.own.filters)
        },
        facets={key: columns.facets[key].count(outcome.passing(but=FIELDS[key])) for key in FACETS},
        years=count_years(
            columns.start, columns.end, columns.stated_to, outcome.passing(but="years")
        ),
        money=count_money(columns.money, outcome.passing(but="money")),
        dates=_dates(query, columns, outcome, lang),
        totals=count_totals(visible, placeless, columns),
        suggestion=None if len(positions) else suggest(query, outcome),
        lang=lang,
    )
