"""A join as a link: two layers, the options of `JoinSpec`, and whether it was run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geo.catalog import Catalog
from geo.domains import PARK_TYPES
from geo.join import JoinSpec
from geo.join.layer import SITES
from geo.join.params import KEY_OF
from geo.link import Note

OWN = "own-"
"""Before the beginning of the sha256 of a viewer's own file."""

LEFT, RIGHT, RUN = "left", "right", "run"
_FIRST = {LEFT: "projects", RIGHT: SITES}
_WITH_PLACES = ("settlements", "reference_points")


@dataclass(frozen=True)
class JoinLink:
    """What the link of the page asks.

    Parameters
    ----------
    left, right
        Ids of layers; `own-…` is a file of the viewer.
    spec
        The options.
    run
        Whether the tables are wanted as well.
    notes
        What of the link could not be used.
    """

    left: str
    right: str
    spec: JoinSpec
    run: bool = False
    notes: tuple[Note, ...] = ()

    def to_params(self) -> dict[str, list[str]]:
        """Write the link; equal joins have equal links."""
        params = {LEFT: [self.left], RIGHT: [self.right], **self.spec.to_params()}
        return {**params, RUN: ["1"]} if self.run else params


def read_link(params: Mapping[str, Sequence[str]], catalog: Catalog) -> JoinLink:
    """Read a link; what cannot be used is left out and named in a note."""
    known = layer_ids(catalog)
    notes: list[Note] = []
    chosen = {}
    for side, first in _FIRST.items():
        asked = [value for value in params.get(side, ()) if value][:1] or [first]
        if asked[0] not in known and not is_own(asked[0]):
            notes.append(Note("unknown_value", side, asked[0][:80]))
            asked = [first]
        chosen[side] = asked[0]
    spec, more = JoinSpec.from_params(params)
    run = list(params.get(RUN, ()))[:1] == ["1"]
    keys = {LEFT, RIGHT, RUN, "lang", *KEY_OF.values()}
    strange = (Note("unknown_key", key[:80], "") for key in params if key not in keys)
    return JoinLink(chosen[LEFT], chosen[RIGHT], spec, run, (*notes, *more, *strange))


def layer_ids(catalog: Catalog) -> tuple[str, ...]:
    """Return the layers of the dataset that have places, in the order in which they are offered."""
    present = {entry.id for entry in catalog}
    order = (SITES, "projects", "organisations", *PARK_TYPES, *_WITH_PLACES)
    return tuple(one for one in order if one == SITES or one in present)


def is_own(layer_id: str) -> bool:
    """Tell whether an id is that of a viewer's own file."""
    return layer_id.startswith(OWN) and set(layer_id[len(OWN) :]) <= set("0123456789abcdef")
