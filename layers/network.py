"""What stands around one object of the programme: what it is part of, and what is part of it."""

from dataclasses import dataclass
from typing import Any

from geo.dataset import Dataset
from layers import objects
from layers.card import card
from layers.locale import Translator
from layers.relations import relations

KINDS = ("cluster", "direction", "park", "site", "project", "organisation", "action")
"""Kinds of objects one can walk between, in the order in which an id is looked for."""

_LEFT_OUT = {"settlement"}


@dataclass(frozen=True)
class Neighbour:
    """One object beside the centre; `sub` is its second line, perhaps empty."""

    kind: str
    id: str
    title: str
    sub: str


@dataclass(frozen=True)
class Ring:
    """Neighbours of one sort under their title, with a line about them, perhaps empty."""

    key: str
    title: str
    summary: str
    neighbours: tuple[Neighbour, ...]


@dataclass(frozen=True)
class Network:
    """An object and its neighbours: `above` holds what it belongs to, `below` what it holds."""

    ref: objects.Ref
    title: str
    kicker: str
    above: tuple[Ring, ...]
    below: tuple[Ring, ...]


def network(dataset: Dataset, ref: objects.Ref, translator: Translator) -> Network:
    """Return an object of one of `KINDS` with everything that the dataset ties to it."""
    told = card(dataset, ref.id, translator, kind=ref.kind)
    belongs = relations(dataset, ref, objects.record_of(dataset, ref), translator)
    above = tuple(_ring(one) for one in belongs if one["key"] not in _LEFT_OUT)
    known = {(one.kind, one.id) for ring in above for one in ring.neighbours}
    below = tuple(
        ring
        for ring in (_ring(one) for one in told["lists"])
        # A project's site stands in both.
        if not {(one.kind, one.id) for one in ring.neighbours} <= known
    )
    home = [ring for ring in below if ring.key == "site"]
    return Network(
        ref=ref,
        title=told["title"],
        kicker=told["kicker"],
        above=(*home, *above),
        below=tuple(ring for ring in below if ring.key != "site"),
    )


def find(dataset: Dataset, object_id: str, kind: str = "") -> objects.Ref | None:
    """Return the object to stand in the middle; None if the id is none that one can walk to."""
    try:
        found = objects.find(dataset, object_id, kind)
    except objects.UnknownObjectError:
        return None
    return found if found.kind in KINDS else None


def link(dataset: Dataset, kind: str, key: str) -> dict[str, str]:
    """Return the parameters that put an object into the middle."""
    rest = {} if objects.find(dataset, key).kind == kind else {"type": kind}
    return {"id": key} | rest


def _ring(told: dict[str, Any]) -> Ring:
    return Ring(
        key=told["key"],
        title=told["label"],
        summary=told["summary"],
        neighbours=tuple(
            Neighbour(one["type"], one["id"], one["title"], one["sub"]) for one in told["items"]
        ),
    )
