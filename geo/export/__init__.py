"""Results as files: one content, many formats, each with its provenance beside it."""

from geo.dictionary import Column
from geo.export.bundle import bundle
from geo.export.content import Content, Style
from geo.export.formats import FORMATS, Format, format_of
from geo.export.layer import of_layer, of_own
from geo.export.options import Options
from geo.export.shown import of_link, of_view
from geo.export.staging import Staging
from geo.export.writing import Written, to_bytes, write

__all__ = [
    "FORMATS",
    "Column",
    "Content",
    "Format",
    "Options",
    "Staging",
    "Style",
    "Written",
    "bundle",
    "format_of",
    "of_layer",
    "of_link",
    "of_own",
    "of_view",
    "to_bytes",
    "write",
]
