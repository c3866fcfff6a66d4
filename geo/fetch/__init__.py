"""OpenStreetMap into a frozen snapshot: the only code of the Atlas that uses the network.

`Overpass` asks one host and no other; everything after the answer works without a network.
"""

from geo.fetch.answers import Answer
from geo.fetch.areas import Areas, areas
from geo.fetch.deadline import Deadline
from geo.fetch.elements import Element, Refused
from geo.fetch.overpass import Overpass, Progress, Step

__all__ = [
    "Answer",
    "Areas",
    "Deadline",
    "Element",
    "Overpass",
    "Progress",
    "Refused",
    "Step",
    "areas",
]
