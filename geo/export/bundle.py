"""A file, its provenance and the meaning of its columns as one ZIP archive."""

import csv
import io
import zipfile
from collections.abc import Mapping
from typing import Any

from geo.export.formulas import guard
from geo.export.writing import Written
from geo.provenance import SUFFIX
from geo.provenance import to_bytes as sidecar_bytes

DICTIONARY_SUFFIX = ".columns.csv"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first date that an archive can hold: its members need none, the provenance tells it."""


def bundle(written: Written) -> bytes:
    """Return an archive of a file made in memory; the file in it is the same, byte for byte."""
    members = {
        written.name: written.content,
        written.name + SUFFIX: sidecar_bytes(written.provenance),
        written.name + DICTIONARY_SUFFIX: dictionary(written.provenance),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, _LONG_AGO)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return out.getvalue()


def dictionary(provenance: Mapping[str, Any]) -> bytes:
    """Return the meaning of the columns as CSV: UTF-8 with byte order mark, commas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    both = ("unit", "description")
    writer.writerow(("column", "type", *(f"{n}_{lang}" for n in both for lang in _LANGS), "source"))
    for one in provenance["columns"]:
        texts = (one[name][lang] for name in both for lang in _LANGS)
        writer.writerow([guard(text) for text in (one["name"], one["type"], *texts, one["source"])])
    return out.getvalue().encode("utf-8-sig")


_LANGS = ("ru", "en")
