"""What an edit has changed: rows added, removed and changed between two states of a layer."""

from geo.difference.compare import Change, Difference, Moved, compare
from geo.difference.states import State, pairs

__all__ = ["Change", "Difference", "Moved", "State", "compare", "pairs"]
