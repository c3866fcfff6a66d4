"""The semantics of a query once more, row by row in plain Python: slow, and independent."""

import functools
import itertools
import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import shapely
from hypothesis import strategies as st
from pyproj import Transformer

from geo import domains
from geo.crs import DEGREES, METRES, to_metres
from geo.dataset import Dataset
from geo.domains import STATUSES
from geo.order import SORTS
from geo.places import Box, Inside, Near, Place
from geo.query import Query
from geo.search.documents import documents
from geo.search.index import Piece, pieces
from geo.search.spelling import sounding, stem, switched
from geo.text import words

TO_METRES = Transformer.from_crs(DEGREES, METRES, always_xy=True)
KEYS = ("parks", "directions", "clusters", "kinds", "statuses", "years", "money", "text", "place")
FACET_FIELDS = {
    "park": "parks", "direction": "directions", "cluster": "clusters", "kind": "kinds",
    "status": "statuses",
}  # fmt: skip


def queries(dataset: Dataset) -> st.SearchStrategy[Query]:
    """Any query that a link can hold."""

    def some(options: Any) -> st.SearchStrategy[tuple[str, ...]]:
        options = list(options)
        chosen = st.lists(st.sampled_from(options), max_size=3, unique=True)
        return st.just(()) | chosen.map(lambda ids: tuple(sorted(ids, key=options.index)))

    lon, lat = st.floats(84.4, 85.6), st.floats(56.1, 56.9)
    years = st.tuples(st.integers(1995, 2045), st.integers(2000, 2045) | st.just(9999))
    money = st.tuples(st.just(0.0) | st.floats(1e-6, 1e5), st.sampled_from([500.0, 1e4, math.inf]))
    tokens = sorted({word for text in dataset.rows["text"] for word in words(text)})
    near = st.builds(Near, lon, lat, st.floats(1, 60_000), st.sampled_from([0.0, 0.5, 700.0, None]))
    places: st.SearchStrategy[Place] = (
        st.builds(
            lambda a, b, c, d: Box(min(a, c), min(b, d), max(a, c), max(b, d)), lon, lat, lon, lat
        )
        | near
        | st.builds(Inside, st.sampled_from(list(dataset.sites.index)))
    )
    built = st.builds(
        Query,
        parks=some(domains.PARK_TYPES),
        directions=some(dataset.directions.index),
        clusters=some(dataset.clusters.index),
        kinds=some(domains.PROJECT_KINDS),
        statuses=some(domains.STATUSES),
        years=st.none() | years.map(lambda pair: tuple(sorted(pair))),
        money=st.none() | st.just("unknown") | money.map(lambda pair: tuple(sorted(pair))),
        text=st.just("")
        | st.lists(st.sampled_from(tokens).flatmap(slipped), max_size=2).map(" ".join),
        place=st.none() | places,
        sort=st.sampled_from([sort for sort in SORTS if sort != "near"]),
        selected=st.just("") | st.sampled_from(list(dataset.rows["id"])),
    )
    by_distance = st.tuples(built, near).map(
        lambda pair: replace(pair[0], place=pair[1], sort="near")
    )
    # With every key set nothing would be left to see.
    dropped = st.sets(st.sampled_from(KEYS[:-1]), min_size=4)
    return st.tuples(built | by_distance, dropped).map(
        lambda pair: replace(pair[0], **{key: getattr(Query(), key) for key in pair[1]})
    )


def slipped(word: str) -> st.SearchStrategy[str]:
    """A word as typed: whole, its beginning, without a letter, in another alphabet or layout."""
    place = st.integers(0, len(word) - 1)
    others = st.sampled_from([word, switched(word), sounding(word) or word])
    return others | place.map(lambda n: word[: n + 1]) | place.map(
        lambda n: word[:n] + word[n + 1 :] or word
    )  # fmt: skip


class Oracle:
    def __init__(self, dataset: Dataset) -> None:
        self.dataset = dataset
        self.rows = dataset.rows.to_dict("records")
        self.metres = list(to_metres(dataset.rows.geometry))
        self.words = [
            {
                piece
                for text, _ in document.fields
                for word in words(text)
                for piece in (*word.split("-"), word.replace("-", ""))
            }
            for document in documents(dataset)
        ]
        self.vocabulary = set().union(*self.words)
        self.found = functools.cache(self._found)

    def passes(self, key: str, query: Query, number: int) -> bool:
        row, asked = self.rows[number], getattr(query, key)
        if not asked:
            return True
        match key:
            case "parks" | "kinds" | "statuses":
                return (
                    row[{"parks": "park_type", "kinds": "kind", "statuses": "status"}[key]] in asked
                )
            case "directions" | "clusters":
                return any(option in asked for option in row[key])
            case "years":
                known = [y for y in (row["year_from"], row["year_to"]) if not math.isnan(y)]
                return bool(known) and known[0] <= asked[1] and known[-1] >= asked[0]
            case "money" if asked == "unknown":
                return math.isnan(row["investment_mln_rub"])
            case "money":
                return asked[0] <= row["investment_mln_rub"] <= asked[1]
            case "text":
                return number in self.found(asked)
        return self.lies(asked, number)

    def lies(self, place: Place, number: int) -> bool:
        row = self.rows[number]
        geometry = row["geometry"]
        if isinstance(place, Inside) and row["site_id"] == place.site_id:
            return True
        if geometry is None:
            return False
        if isinstance(place, Inside):
            outline = self.dataset.sites.geometry[place.site_id]
            return (
                outline is not None
                and outline.area > 0
                and row["geometry_method"] != "position_of_site"
                and geometry.covered_by(outline)
            )
        if isinstance(place, Box):
            return geometry.intersects(
                shapely.box(place.west, place.south, place.east, place.north)
            )
        return self.distance(place, number) <= place.metres

    def distance(self, near: Near, number: int) -> float:
        here = TO_METRES.transform(near.lon, near.lat)
        geometry = self.metres[number]
        return math.nan if geometry is None else shapely.Point(here).distance(geometry)

    def _found(self, text: str) -> set[int]:
        """Documents that hold every piece of a text, by the first ways, else by any."""
        asked = pieces(text)
        everything = set(range(len(self.words)))
        first = everything.intersection(*(self.first_way(piece) for piece in asked))
        if first:
            return first
        return everything.intersection(
            *(
                set().union(*(self.held(reading, self.anyhow) for reading in piece.readings))
                for piece in asked
            )
        )

    def first_way(self, piece: Piece) -> set[int]:
        for way in (self.right, self.sounding, self.slipped):
            for reading in piece.readings:
                if found := self.held(reading, way):
                    return found
        return set()

    def held(self, reading: tuple[str, ...], way: Callable[[str], set[str]]) -> set[int]:
        found = set(range(len(self.words)))
        for word in reading:
            whole = self.with_any(way(word.replace("-", "")))
            parts = [self.with_any(way(part)) for part in word.split("-")]
            found &= whole | (set.intersection(*parts) if "-" in word else set())
        return found

    def with_any(self, known: set[str]) -> set[int]:
        return {number for number, held in enumerate(self.words) if held & known}

    def right(self, token: str) -> set[str]:
        edits = slips_allowed(token)

        def as_typed(word: str) -> bool:
            ending = edits and word.startswith(token[:-edits]) and osa(token, word)[-1] <= edits
            heard = len(sounding(token)) > 1 and sounding(word) == sounding(token)
            return word.startswith(token) or bool(ending) or stem(word) == stem(token) or heard

        return {word for word in self.vocabulary if as_typed(word)}

    def sounding(self, token: str) -> set[str]:
        start = sounding(token)
        if found := self.right(token):
            return found
        return {w for w in self.vocabulary if len(start) > 1 and sounding(w).startswith(start)}

    def slipped(self, token: str) -> set[str]:
        return self.sounding(token) or self.with_slips(token)

    def anyhow(self, token: str) -> set[str]:
        return self.sounding(token) | self.with_slips(token)

    def with_slips(self, token: str) -> set[str]:
        def near(one: str, other: str) -> bool:
            edits = slips_allowed(one)
            return edits > 0 and min(osa(one, other)) <= edits

        return {
            word
            for word in self.vocabulary
            if near(token, word) or near(sounding(token), sounding(word))
        }

    def shown(self, query: Query, *, but: tuple[str, ...] = ()) -> list[int]:
        return [
            number
            for number in range(len(self.rows))
            if all(self.passes(key, query, number) for key in KEYS if key not in but)
        ]

    def in_order(self, query: Query) -> list[int]:
        column = {
            "year": "year_from",
            "money": "investment_mln_rub",
            "area": "area_ha",
            "jobs": "jobs",
        }
        shown, sort = self.shown(query), query.sort.removeprefix("-")
        if sort == "near":
            values = {n: self.distance(query.place, n) for n in shown}
        elif sort in column:
            values = {n: self.rows[n][column[sort]] for n in shown}
        elif sort == "status":
            place = {status: float(n) for n, status in enumerate(STATUSES)}
            values = {n: place.get(self.rows[n]["status"], math.nan) for n in shown}
        else:
            return shown
        sign = -1 if query.sort.startswith("-") else 1
        known = [n for n in shown if not math.isnan(values[n])]
        return sorted(known, key=lambda n: sign * values[n]) + [
            n for n in shown if math.isnan(values[n])
        ]

    def facet(self, key: str, options: tuple[str, ...], query: Query) -> tuple[list[int], int]:
        column = {"park": "park_type", "direction": "directions", "cluster": "clusters"}.get(
            key, key
        )
        cells = [self.rows[n][column] for n in self.shown(query, but=(FACET_FIELDS[key],))]
        found = [c if isinstance(c, tuple) else (c,) if isinstance(c, str) else () for c in cells]
        return [sum(option in cell for cell in found) for option in options], found.count(())

    def fewest_keys(self, query: Query) -> tuple[int, int, int]:
        """Keys to give up, conditions that go with them, and rows shown then."""
        active = [key for key in KEYS if getattr(query, key)]
        for size in itertools.count(1):
            found = [
                (sum(len(getattr(query, k)) if k in FACET_FIELDS.values() else 1 for k in keys), -n)
                for keys in itertools.combinations(active, size)
                if (n := len(self.shown(query, but=keys)))
            ]
            if found:
                conditions, rows = min(found)
                return size, conditions, -rows
        raise AssertionError


def slips_allowed(token: str) -> int:
    return 0 if len(token) < 4 or not token.isalpha() else 1 if len(token) < 8 else 2


@functools.cache
def osa(a: str, b: str) -> tuple[int, ...]:
    """Optimal string alignment distances by definition: from a to b[:0], b[:1] … b."""
    d = [[i + j if i == 0 or j == 0 else 0 for j in range(len(b) + 1)] for i in range(len(a) + 1)]
    for i, j in itertools.product(range(1, len(a) + 1), range(1, len(b) + 1)):
        d[i][j] = min(d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (a[i - 1] != b[j - 1]))
        if i > 1 and j > 1 and a[i - 1] == b[j - 2] and a[i - 2] == b[j - 1]:
            d[i][j] = min(d[i][j], d[i - 2][j - 2] + 1)
    return tuple(d[-1])
