"""Makes a file again from its provenance and says whether it is the same, or what is not."""

from geo.replay.outcome import Outcome, replay
from geo.replay.sources import Sources

__all__ = ["Outcome", "Sources", "replay"]
