"""Who comes to a place and what lies near it: the numbers of a park's sheet, with bounds."""

from geo.access.answer import MOST_MINUTES, STOP, STOPS_WITHIN_M, Access, access
from geo.access.content import content_of
from geo.access.place import Place, find_place, places
from geo.access.prepared import PREPARED, Prepared, Reach, at_minutes, prepare

__all__ = [
    "MOST_MINUTES",
    "PREPARED",
    "STOP",
    "STOPS_WITHIN_M",
    "Access",
    "Place",
    "Prepared",
    "Reach",
    "access",
    "at_minutes",
    "content_of",
    "find_place",
    "places",
    "prepare",
]
