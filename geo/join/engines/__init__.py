"""Engines behind one function: a join in memory, out of memory, or on a cluster.

`run(left, right, spec, out=…, engine="auto")` does it; `choose` says which engine that would be.
"""

from geo.join.engines.running import Done, again, is_by_files, run
from geo.join.engines.selection import ENGINES, MEMORY, Choice, choose

__all__ = ["ENGINES", "MEMORY", "Choice", "Done", "again", "choose", "is_by_files", "run"]
