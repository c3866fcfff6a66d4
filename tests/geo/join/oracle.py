"""A join written as one would on paper: two loops and the DE-9IM matrix of each pair of rows.

Nothing of `geo.join` is used. Slow, and only for small layers in metres.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry


class RefusedJoin(Exception):  # noqa: N818 - the oracle's word for what the library raises
    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass
class Row:
    id: str
    shape: BaseGeometry | None
    group: str | None
    rank: str

    @property
    def placed(self) -> bool:
        return self.shape is not None and not self.shape.is_empty


@dataclass
class Match:
    left: Row
    right: Row
    distance: float | None = None
    area: float = 0.0
    length: float = 0.0
    ties: int = 1
    before: int = 1


@dataclass
class Answer:
    """(left id, right id, match_no, match_count, tie_count) of each row; pairs before `how`."""

    rows: list[tuple[Any, ...]] = field(default_factory=list)
    pairs: list[tuple[str, str]] = field(default_factory=list)


def fits(matrix: str, pattern: str) -> bool:
    return all(
        p == "*" or (p == "T" and m in "012") or p == m
        for m, p in zip(matrix, pattern, strict=True)
    )


def one_of(*patterns: str) -> Callable[[str, int, int], bool]:
    return lambda matrix, a, b: any(fits(matrix, pattern) for pattern in patterns)


def crosses(matrix: str, a: int, b: int) -> bool:
    if a == b:
        return a == 1 and fits(matrix, "0********")
    return fits(matrix, "T*T******" if a < b else "T*****T**")


def overlaps(matrix: str, a: int, b: int) -> bool:
    return a == b and fits(matrix, "1*T***T**" if a == 1 else "T*T***T**")


MEETS = ("T********", "*T*******", "***T*****", "****T****")
RELATIONS: dict[str, Callable[[str, int, int], bool]] = {
    "intersects": one_of(*MEETS),
    "disjoint": one_of("FF*FF****"),
    "within": one_of("T*F**F***"),
    "contains": one_of("T*****FF*"),
    "covers": one_of("T*****FF*", "*T****FF*", "***T**FF*", "****T*FF*"),
    "covered_by": one_of("T*F**F***", "*TF**F***", "**FT*F***", "**F*TF***"),
    "contains_properly": one_of("T**FF*FF*"),
    "equals": one_of("T*F**FFF*"),
    "touches": one_of("FT*******", "F**T*****", "F***T****"),
    "crosses": crosses,
    "overlaps": overlaps,
}


def dimension(shape: BaseGeometry) -> int:
    return {"Point": 0, "LineString": 1, "Polygon": 2}[shape.geom_type.removeprefix("Multi")]


def holds(left: BaseGeometry, right: BaseGeometry, options: dict[str, Any]) -> bool:
    predicate = options["predicate"]
    if predicate in RELATIONS:
        matrix = shapely.relate(left, right)
        return RELATIONS[predicate](matrix, dimension(left), dimension(right))
    if predicate == "pattern":
        return fits(shapely.relate(left, right), options["pattern"])
    if predicate == "dwithin":
        return left.distance(right) <= options["distance_m"]
    if predicate == "centre_in":
        return left.representative_point().distance(right) == 0
    if predicate == "share":
        return left.area > 0 and left.intersection(right).area / left.area >= options["share"]
    raise AssertionError(predicate)


def candidates(left: Row, rights: list[Row], options: dict[str, Any]) -> list[Match]:
    found = []
    for right in rights:
        if not (left.placed and right.placed):
            continue
        if options["exclusive"] and left.id == right.id:
            continue
        if options["on"] and (left.group is None or left.group != right.group):
            continue
        if options["predicate"] == "nearest" or holds(left.shape, right.shape, options):
            common = left.shape.intersection(right.shape)
            lines = 1 in (dimension(left.shape), dimension(right.shape))
            found.append(
                Match(
                    left,
                    right,
                    distance=round(left.shape.distance(right.shape), 6),
                    area=round(common.area, 6),
                    length=round(common.length, 6) if lines else 0.0,
                )
            )
    return found


def neighbours(found: list[Match], options: dict[str, Any]) -> list[Match]:
    limit = options["distance_m"]
    if limit is not None:
        found = [m for m in found if m.left.shape.distance(m.right.shape) <= limit]
    return best(found, options["k"], lambda match: match.distance, options)


def preference(match: Match, options: dict[str, Any]) -> Any:
    if options["tie_rule"] == "smaller_area":
        return round(match.right.shape.area, 6)
    if options["tie_rule"] == "priority":
        order = list(options["priority"])
        return order.index(match.right.rank) if match.right.rank in order else len(order)
    return 0


def best(
    found: list[Match], most: int, measure: Callable[[Match], Any], options: dict[str, Any]
) -> list[Match]:
    for match in found:
        match.ties = sum(measure(other) == measure(match) for other in found)
    kept: list[Match] = []
    for value in sorted({measure(match) for match in found}):
        if len(kept) >= most:
            break
        equal = [match for match in found if measure(match) == value]
        room = most - len(kept)
        if len(equal) > room and options["tie_rule"] == "error":
            raise RefusedJoin("ties")
        equal.sort(key=lambda match: (preference(match, options), match.right.id))
        kept += equal if options["tie_rule"] == "all" else equal[:room]
    return sorted(kept, key=lambda match: match.right.id)


MEASURES: dict[str, Callable[[Match], Any]] = {
    "first": lambda match: 0,
    "largest_overlap": lambda match: -match.area,
    "longest_overlap": lambda match: -match.length,
    "nearest": lambda match: match.distance,
}


def refuse_what_cannot_be_measured(
    lefts: list[Row], rights: list[Row], options: dict[str, Any]
) -> None:
    sides = [[dimension(row.shape) for row in rows if row.placed] for rows in (lefts, rights)]
    if not all(sides):
        return
    wants_area = options["predicate"] == "share" or options["multiplicity"] == "largest_overlap"
    if wants_area and not all(2 in side for side in sides):
        raise RefusedJoin("no_area")
    if options["multiplicity"] == "longest_overlap" and not any(1 in side for side in sides):
        raise RefusedJoin("no_length")


def join(lefts: list[Row], rights: list[Row], options: dict[str, Any]) -> Answer:
    if options["how"] == "anti":
        options = options | {"multiplicity": "all", "tie_rule": "id"}
    refuse_what_cannot_be_measured(lefts, rights, options)
    lefts, rights = sorted(lefts, key=lambda r: r.id), sorted(rights, key=lambda r: r.id)
    found: dict[str, list[Match]] = {}
    for left in lefts:
        matches = candidates(left, rights, options)
        if options["predicate"] == "nearest":
            matches = neighbours(matches, options)
        found[left.id] = matches
    if options["multiplicity"] == "error" and any(len(m) > 1 for m in found.values()):
        raise RefusedJoin("many_matches")
    for left in lefts:
        matches = found[left.id]
        for match in matches:
            match.before = len(matches)
        if options["multiplicity"] in MEASURES:
            found[left.id] = best(matches, 1, MEASURES[options["multiplicity"]], options)
    return written(lefts, rights, found, options)


def written(
    lefts: list[Row], rights: list[Row], found: dict[str, list[Match]], options: dict[str, Any]
) -> Answer:
    answer = Answer()
    how, grouped = options["how"], options["multiplicity"] in ("list", "count")
    for left in lefts:
        matches = found[left.id]
        answer.pairs += [(match.left.id, match.right.id) for match in matches]
        if not matches:
            if how in ("left", "outer", "anti"):
                answer.rows.append((left.id, None, None, 0, None))
        elif how == "anti":
            continue
        elif grouped:
            rights_of = tuple(match.right.id for match in matches)
            answer.rows.append((left.id, rights_of, None, len(matches), None))
        else:
            for number, match in enumerate(matches, start=1):
                row = (left.id, match.right.id, number, match.before, match.ties)
                answer.rows.append(row)
    if how in ("right", "outer"):
        matched = {match.right.id for matches in found.values() for match in matches}
        for right in rights:
            if right.id not in matched:
                answer.rows.append((None, right.id, None, None, None))
    return answer
