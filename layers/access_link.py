"""A question of access as a link: snapshot, places, mode, minutes, and what is counted."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import get_args

from geo.access import MOST_MINUTES
from geo.link import Note
from geo.network import Mode

LEAST_MINUTES = 5
FIRST_MINUTES = 15
MODES: tuple[Mode, ...] = get_args(Mode)
COUNTED = ("people", "buildings")
"""What a reach can count, the first one unless the link asks for another."""

DECIMALS = 5
"""Of degrees in a link: about a metre."""

MOST_BESIDE = 5
"""Sites that are compared with the place at once."""

_LONGEST = 80


@dataclass(frozen=True)
class AccessLink:
    """What the link of the page asks.

    Parameters
    ----------
    place
        Id of a site, or `lon,lat` in degrees; empty for the first site.
    beside
        Ids of the sites it is compared with, in their order; at most `MOST_BESIDE`.
    snapshot
        Id of the snapshot the link was made on; empty where it does not say.
    mode
        walk or drive.
    minutes
        From 5 to 60.
    of
        One of `COUNTED`.
    notes
        What of the link could not be used.
    """

    place: str = ""
    beside: tuple[str, ...] = ()
    snapshot: str = ""
    mode: Mode = MODES[0]
    minutes: int = FIRST_MINUTES
    of: str = COUNTED[0]
    notes: tuple[Note, ...] = ()

    @property
    def is_position(self) -> bool:
        """Whether the place is a position, not a site."""
        return "," in self.place

    def with_place(self, place: str) -> "AccessLink":
        """Return the same question about another place, which then stands beside no longer."""
        return replace(self, place=place, beside=tuple(one for one in self.beside if one != place))

    def turned(self, site: str) -> "AccessLink":
        """Return the same question with a site put beside the place, or taken from there."""
        rest = tuple(one for one in self.beside if one != site)
        if rest == self.beside and site != self.place:
            rest = (*rest, site)[-MOST_BESIDE:]
        return replace(self, beside=rest)

    def to_params(self) -> dict[str, list[str]]:
        """Write the link; equal questions have equal links."""
        params: dict[str, list[str]] = {
            "snapshot": [self.snapshot],
            "at": [self.place] if self.is_position else [],
            "site": [*([] if self.is_position else [self.place]), *self.beside],
            "mode": [self.mode],
            "minutes": [str(self.minutes)],
            "of": [] if self.of == COUNTED[0] else [self.of],
        }
        filled = {name: [*filter(None, values)] for name, values in params.items()}
        return {name: values for name, values in filled.items() if values}


def read_link(params: Mapping[str, Sequence[str]]) -> AccessLink:
    """Read a link; what cannot be used is left out and named in a note."""
    notes: list[Note] = []

    def asked(name: str) -> str:
        return next((value for value in params.get(name, ()) if value), "")[:_LONGEST]

    def one_of(name: str, allowed: Sequence[str]) -> str:
        value = asked(name)
        if value and value not in allowed:
            notes.append(Note("unknown_value", name, value))
        return value if value in allowed else allowed[0]

    sites, at = (
        [*dict.fromkeys(one[:_LONGEST] for one in params.get("site", ()) if one)],
        asked("at"),
    )
    found = position(at)
    if at and found is None:
        notes.append(Note("malformed", "at", at))
    others = [one for one in params.get("at", ()) if one][1:]
    notes += [Note("unknown_value", "at.second", one[:_LONGEST]) for one in others]
    most = MOST_BESIDE + (found is None)
    # A comma is what tells positions from sites.
    usable_sites = [one for one in sites if "," not in one][:most]
    notes += [Note("unknown_value", "site", one) for one in sites if one not in usable_sites]
    place, *beside = [found, *usable_sites] if found else usable_sites or [""]
    minutes = asked("minutes")
    usable = minutes.isascii() and minutes.isdigit()
    if minutes and not (usable and LEAST_MINUTES <= int(minutes) <= MOST_MINUTES):
        notes.append(Note("malformed", "minutes", minutes))
        minutes = ""
    mode = one_of("mode", MODES)
    return AccessLink(
        place=place,
        beside=tuple(beside),
        snapshot=asked("snapshot"),
        mode=next(one for one in MODES if one == mode),
        minutes=int(minutes or FIRST_MINUTES),
        of=one_of("of", COUNTED),
        notes=tuple(notes),
    )


def position(text: str) -> str | None:
    """Return `lon,lat` as links write it, from two numbers with a comma or a space between them.

    With a semicolon between them their commas are points, as Russian writes numbers.

    Examples
    --------
    >>> position("87.00123456, 60.0")
    '87.00123,60.0'
    >>> position("87,01; 60,003")
    '87.01,60.003'
    """
    parts = text.replace(",", ".").split(";") if ";" in text else text.replace(",", " ").split()
    if len(parts) != 2:
        return None
    try:
        lon, lat = (round(float(part), DECIMALS) for part in parts)
    except ValueError:
        return None
    if not (math.isfinite(lon) and math.isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90):
        return None
    return f"{lon},{lat}"
