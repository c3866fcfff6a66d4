"""Where a file comes from: the document that stands beside every file that the Atlas writes."""

from geo.provenance.document import Output, document, to_bytes
from geo.provenance.origin import Input, Notice, Origin, Sum, layer_input

SUFFIX = ".provenance.json"
"""Follows the whole name of the file that the document is about."""

__all__ = [
    "SUFFIX",
    "Input",
    "Notice",
    "Origin",
    "Output",
    "Sum",
    "document",
    "layer_input",
    "to_bytes",
]
