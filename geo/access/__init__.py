"""Who comes to a place and what lies near it: the numbers of a park's sheet, with bounds."""

from geo.access.answer import Access, access
from geo.access.content import content_of
from geo.access.doubts import LEG_M, Doubt
from geo.access.nearest import STOP, STOPS_WITHIN_M, Nearest
from geo.access.numbers import Numbers, measure
from geo.access.place import Place, find_place, places
from geo.access.prepared import PREPARED, Prepared, at_minutes, network_of, prepare
from geo.access.reach import MOST_MINUTES, Reach, gain_of, union_of

__all__ = [
    "LEG_M",
    "MOST_MINUTES",
    "PREPARED",
    "STOP",
    "STOPS_WITHIN_M",
    "Access",
    "Doubt",
    "Nearest",
    "Numbers",
    "Place",
    "Prepared",
    "Reach",
    "access",
    "at_minutes",
    "content_of",
    "find_place",
    "gain_of",
    "measure",
    "network_of",
    "places",
    "prepare",
    "union_of",
]
