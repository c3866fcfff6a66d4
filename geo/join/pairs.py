"""The pairs of a join: those found by an engine, measured, chosen, and how certain they are."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from geo.join import certainty, choice, membership, vocabulary
from geo.join.candidates import allowed, found_of
from geo.join.engine import FindPairs, Found, Metres, Positions
from geo.join.ground import Ground
from geo.join.groups import numbers, runs
from geo.join.refusals import refuse
from geo.join.side import Sorted
from geo.join.spec import JoinSpec

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs by position in the sorted rows of both sides, sorted by left, then right.

    Every array has one value a pair; a measure is None where the join has no use for it. What
    stands here of a left row depends on that row and on the right layer alone, so an engine may
    take the left rows in parts.

    Parameters
    ----------
    left, right
        Positions.
    match_count
        How many matches the left row had before the choice.
    tie_count
        How many of them were equal to this one where it was decided.
    decided
        Whether these were more than could be kept, so that the tie rule had a say.
    certainty
        Codes of `geo.join.certainty`.
    distance_m, overlap_area_m2, overlap_length_m, share
        Measures; share is the part of the area of the left row. NaN where there is no evidence.
    """

    left: Positions
    right: Positions
    match_count: Positions
    tie_count: Positions
    decided: Mask
    certainty: npt.NDArray[np.int8]
    distance_m: Metres | None = None
    overlap_area_m2: Metres | None = None
    overlap_length_m: Metres | None = None
    share: Metres | None = None

    def __len__(self) -> int:
        return len(self.left)

    @cached_property
    def match_no(self) -> Positions:
        """Number of each pair among those kept of its left row, from 1."""
        return numbers(self.left) + 1


def pairs_of(left: Sorted, right: Sorted, spec: JoinSpec, ground: Ground, find: FindPairs) -> Pairs:
    """Return the pairs of a join.

    Raises
    ------
    JoinError
        If the options refuse what was found: a tie, several matches, no area to measure.
    """
    check_measurable(left, right, spec)
    return completed(found_of(left, right, spec, ground, find), left, right, spec, ground)


def completed(found: Found, left: Sorted, right: Sorted, spec: JoinSpec, ground: Ground) -> Pairs:
    """Return the pairs of a join for which an engine has found those that the predicate gives."""
    if spec.how == "anti":  # nothing is chosen among matches of which none is kept
        spec = spec.changed(multiplicity="all", tie_rule="id")
    sides = (left, right)
    p, q, distance, is_member = _with_members(found, sides, spec)
    pairs = _measured(p, q, distance, is_member, spec, ground)
    if spec.predicate == "share" and pairs.share is not None:
        pairs = _taken(pairs, (pairs.share >= float(spec.share or 0)) | is_member)
    pairs = _chosen(pairs, spec, sides, ground)
    codes = certainty.certainty(
        pairs.left,
        pairs.right,
        distance_m=pairs.distance_m,
        is_member=pairs.certainty == certainty.MEMBER,
        spec=spec,
        sides=sides,
        ground=ground,
    )
    return replace(pairs, certainty=codes)


def check_measurable(left: Sorted, right: Sorted, spec: JoinSpec) -> None:
    """Refuse to measure what neither side has.

    Raises
    ------
    JoinError
        If areas or lengths are asked for and there are none.
    """
    if not (left.placed.any() and right.placed.any()):
        return
    multiplicity = "all" if spec.how == "anti" else spec.multiplicity
    areal = [bool((side.dimensions == 2).any()) for side in (left, right)]
    for option, value in (("predicate", spec.predicate), ("multiplicity", multiplicity)):
        if value in ("share", "largest_overlap") and not all(areal):
            layer = (left, right)[areal.index(False)].layer.id
            raise refuse("no_area", option=f"{option}={value}", layer=layer)
    lines = any(bool((side.dimensions == 1).any()) for side in (left, right))
    if multiplicity == "longest_overlap" and not lines:
        names = {"left": left.layer.id, "right": right.layer.id}
        raise refuse("no_length", option="multiplicity=longest_overlap", **names)


def _with_members(
    found: Found, sides: tuple[Sorted, Sorted], spec: JoinSpec
) -> tuple[Positions, Positions, Metres | None, Mask]:
    """Put the pairs by membership among those by place."""
    left, right = sides
    drawn_at_site = left.at_site.any() or right.at_site.any()
    if not drawn_at_site:
        return found.left, found.right, found.distance_m, np.zeros(len(found.left), dtype=bool)
    p, q = membership.members(left, right, spec.predicate)
    kept = allowed(p, q, left, right, spec)
    if kept is not None:
        p, q = p[kept], q[kept]
    is_member = np.repeat([False, True], [len(found.left), len(p)])
    p, q = np.concatenate([found.left, p]), np.concatenate([found.right, q])
    order = np.lexsort((q, p))
    distance = found.distance_m
    if distance is not None:
        distance = np.concatenate([distance, np.full(len(p) - len(distance), np.nan)])[order]
    return p[order], q[order], distance, is_member[order]


def _measured(
    p: Positions,
    q: Positions,
    distance: Metres | None,
    is_member: Mask,
    spec: JoinSpec,
    ground: Ground,
) -> Pairs:
    area = length = share = None
    weights = {summary.weight for summary in spec.summaries}
    if (
        spec.predicate == "share"
        or spec.multiplicity == "largest_overlap"
        or spec.transfer
        or "area" in weights
    ):
        area = _unless(is_member, ground.overlap_areas(p, q))
        own = ground.left_areas[p]
        share = np.divide(area, own, out=np.full(len(p), np.nan), where=own > 0)
    if spec.multiplicity == "longest_overlap" or spec.transfer or "length" in weights:
        length = _unless(is_member, ground.overlap_lengths(p, q))
    if spec.multiplicity == "nearest" and distance is None:
        distance = _unless(is_member, ground.distances(p, q))
    codes = np.where(is_member, certainty.MEMBER, certainty.POSSIBLE).astype(np.int8)
    ones = np.ones(len(p), dtype=np.int64)
    undecided = np.zeros(len(p), dtype=bool)
    return Pairs(p, q, ones, ones, undecided, codes, distance, area, length, share)


def _unless(is_member: Mask, measure: Metres) -> Metres:
    """Take out what would be measured from the place of a site."""
    return np.where(is_member, np.nan, measure) if is_member.any() else measure


def _chosen(pairs: Pairs, spec: JoinSpec, sides: tuple[Sorted, Sorted], ground: Ground) -> Pairs:
    if spec.predicate == "nearest" and pairs.distance_m is not None:
        # Membership takes no place among the neighbours.
        near = np.flatnonzero(~np.isnan(pairs.distance_m))
        kept, equal = np.ones(len(pairs), dtype=bool), np.ones(len(pairs), dtype=np.int64)
        decided = pairs.decided.copy()
        kept[near], equal[near], decided[near] = choice.choose(
            pairs.left[near],
            pairs.right[near],
            pairs.distance_m[near],
            most=spec.k,
            spec=spec,
            sides=sides,
            ground=ground,
        )
        pairs = _taken(replace(pairs, tie_count=equal, decided=decided), kept)
    if spec.multiplicity == "error":
        choice.check_single(pairs.left, sides)
    pairs = replace(pairs, match_count=_counts(pairs.left))
    if spec.multiplicity not in vocabulary.CHOICES:
        return pairs
    criteria = {
        "largest_overlap": pairs.overlap_area_m2,
        "longest_overlap": pairs.overlap_length_m,
        "nearest": pairs.distance_m,
    }
    measure = criteria.get(spec.multiplicity)
    if measure is not None:
        sign = 1.0 if spec.multiplicity == "nearest" else -1.0
        # Membership says more than any measure of a place.
        measure = np.where(np.isnan(measure), -np.inf, sign * measure)
    kept, equal, decided = choice.choose(
        pairs.left, pairs.right, measure, most=1, spec=spec, sides=sides, ground=ground
    )
    return _taken(replace(pairs, tie_count=equal, decided=decided), kept)


def _counts(left: Positions) -> Positions:
    _, sizes = runs(left)
    return np.repeat(sizes, sizes)


def _taken(pairs: Pairs, mask: Mask) -> Pairs:
    if mask.all():
        return pairs

    def part(values: Metres | None) -> Metres | None:
        return None if values is None else values[mask]

    return Pairs(
        pairs.left[mask],
        pairs.right[mask],
        pairs.match_count[mask],
        pairs.tie_count[mask],
        pairs.decided[mask],
        pairs.certainty[mask],
        part(pairs.distance_m),
        part(pairs.overlap_area_m2),
        part(pairs.overlap_length_m),
        part(pairs.share),
    )
