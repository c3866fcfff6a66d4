"""Damaged layers: each is refused with a code or accounted for row by row, and soon.

`make mutations` tries 5,000; ATLAS_MUTATIONS sets the number.
"""

import csv
import io
import json
import os
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
import shapely

from geo.dataset import load
from geo.read import Limits, Reader, Reading, known_ids
from tests.mutations import CHANGES, Mutation, mutation

COUNT = int(os.environ.get("ATLAS_MUTATIONS", "200"))
CHUNK = 50
"""Mutations of one test."""

SECONDS = 5
OURS_TO_EXPLAIN = {"crashed", "out_of_time", "out_of_memory"}
"""Codes that mean a fault of ours, or a hang: no damaged layer of this size deserves them."""

SYNTAX = {"not_json", "truncated", "trailing_content"}


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    with Reader(Limits(seconds=SECONDS)) as reader:
        yield reader


@pytest.fixture(scope="module")
def references() -> dict[str, frozenset[str]]:
    return known_ids(load())


@pytest.mark.quick
@pytest.mark.parametrize("start", range(0, COUNT, CHUNK))
def test_a_damaged_layer_is_refused_or_accounted_for(
    start: int, reader: Reader, references: dict[str, frozenset[str]]
) -> None:
    faults = []
    for seed in range(start, min(start + CHUNK, COUNT)):
        damaged = mutation(seed)
        reading = reader.read(damaged.content, name=damaged.layer.name, references=references)
        faults += [f"{damaged}: {fault}" for fault in _faults(damaged, reading)]
    if faults:
        pytest.fail("\n".join(faults), pytrace=False)


def test_every_kind_of_change_comes_in_the_first_chunk() -> None:
    tried = {name for seed in range(CHUNK) for name in mutation(seed).changes}
    assert tried == CHANGES.keys()


def test_a_seed_gives_the_same_layer() -> None:
    assert mutation(7) == mutation(7)
    assert mutation(7).content != mutation(7 + len(CHANGES)).content


def _faults(damaged: Mutation, reading: Reading) -> Iterator[str]:
    report = reading.report
    if report.rejected:
        if report.rejected.code in OURS_TO_EXPLAIN:
            yield f"refused as {report.rejected.code}"
        elif report.rejected.code in SYNTAX and _strict(damaged) is not None:
            yield f"refused as {report.rejected.code}, but it is JSON"
        elif report.rejected.code == "not_utf8" and _is_utf8(damaged):
            yield "refused as not UTF-8, but it is"
        return
    frame, rows = reading.frame, reading.rows
    if frame is None or rows is None or len(frame) != report.kept:
        yield "kept and the frame disagree"
        return
    told = {finding.row for finding in report.dropped}
    if sorted([*told, *rows.tolist()]) != list(range(1, report.rows_in + 1)):
        yield "a row is neither kept nor dropped"
    placed = frame.geometry.dropna()
    if not placed.is_valid.all() or placed.is_empty.any():
        yield "a shape is not valid"
    if damaged.layer.suffix == ".csv":
        yield from _table_faults(damaged, reading)
    else:
        yield from _layer_faults(damaged, reading)


def _layer_faults(damaged: Mutation, reading: Reading) -> Iterator[str]:
    """Ask Python's own reader of JSON how many rows there were, and what was in them."""
    document = _lenient(damaged)
    if document is None:
        if not _has_features_one_by_one(damaged):
            yield "kept, but it is not JSON"
        return
    features = document.get("features") if document.get("type") != "Feature" else [document]
    if not isinstance(features, list):
        return
    if reading.report.rows_in != len(features):
        yield f"{len(features)} rows are {reading.report.rows_in} in the report"
        return
    assert reading.frame is not None
    assert reading.rows is not None
    about = {(f.row, f.field) for f in reading.report}
    touched = {f.row for f in reading.report.repaired}
    moved = None in {f.row for f in reading.report.repaired if f.code in {"reprojected", "swapped"}}
    renamed = {f.field for f in reading.report.warnings if f.code == "renamed_column"}
    for n, row in enumerate(reading.rows.tolist()):
        feature = features[row - 1]
        properties = feature.get("properties")
        for key, value in properties.items() if isinstance(properties, dict) else ():
            if value is None or (row, key) in about or renamed or (None, key) in about:
                continue
            if key not in reading.frame or not _same(reading.frame[key].iloc[n], value):
                yield f"row {row}: `{key}` was {value!r:.80}"
        stays = row not in touched and not moved and feature.get("geometry")
        if stays and not _same_place(reading.frame.geometry.iloc[n], feature["geometry"]):
            yield f"row {row}: another place"


def _table_faults(damaged: Mutation, reading: Reading) -> Iterator[str]:
    text = damaged.content.decode("utf-8-sig")
    lines = [cells for cells in csv.reader(io.StringIO(text, newline="")) if cells]
    if lines and reading.report.rows_in != len(lines) - 1:
        yield f"{len(lines) - 1} rows are {reading.report.rows_in} in the report"


def _is_utf8(damaged: Mutation) -> bool:
    try:
        damaged.content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _strict(damaged: Mutation) -> Any:
    return _json(damaged, strict=True)


def _lenient(damaged: Mutation) -> Any:
    document = _json(damaged, strict=False)
    return document if isinstance(document, dict) else None


def _json(damaged: Mutation, *, strict: bool) -> Any:
    if damaged.layer.suffix == ".csv":
        return None
    try:
        return json.loads(damaged.content.decode("utf-8-sig"), strict=strict)
    except (ValueError, RecursionError):
        return None


def _has_features_one_by_one(damaged: Mutation) -> bool:
    """Whether it is, by chance, the other form of GeoJSON: a feature after the other."""
    return damaged.content.lstrip(b"\xef\xbb\xbf \r\n\t\x1e").startswith(b'{"type": "Feature"')


def _same(kept: Any, given: Any) -> bool:
    if isinstance(given, list | dict):
        return kept is not None
    if isinstance(given, bool | str):
        return bool(str(kept) == str(given))
    if isinstance(kept, str):
        return kept in (str(given), "NaN") or bool(float(kept) == given)
    return bool(not pd.isna(kept) and kept == given)


def _same_place(kept: Any, given: Any) -> bool:
    try:
        shape = shapely.geometry.shape(given)
    except Exception:  # noqa: BLE001 - what shapely cannot read is no witness
        return True
    if kept is None:
        return bool(shape.is_empty)
    # Values beyond the world are dropped by now, so all are finite.
    same = shapely.get_coordinates(kept).shape == shapely.get_coordinates(shape).shape
    return bool(
        same and np.array_equal(shapely.get_coordinates(kept), shapely.get_coordinates(shape))
    )
