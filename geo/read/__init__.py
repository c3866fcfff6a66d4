"""Reading files of strangers: nothing is trusted, and nothing is lost without a word.

`read` and `Reader` are the only doors. Everything that looks into a file runs in a child process
with limits; this package is imported by that process too, so it must stay light to import.
"""

from geo.read.codes import CODES, Code, Outcome
from geo.read.limits import Limits
from geo.read.reader import Reader, Reading, known_ids, read
from geo.read.report import Finding, Report

__all__ = [
    "CODES",
    "Code",
    "Finding",
    "Limits",
    "Outcome",
    "Reader",
    "Reading",
    "Report",
    "known_ids",
    "read",
]
