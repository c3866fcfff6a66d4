"""Reads the dataset's own files into frames and collects every fault with its place.

The dataset is trusted to be honest, not to be free of slips: a person edits it. Files of
strangers are another matter and are not read here.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pandera.errors
import pandera.pandas as pa
import shapely
from shapely.geometry import shape

from geo.crs import DEGREES
from geo.errors import Problem
from geo.read.ledger import excerpt
from geo.rules import RULES

LIST_COLUMNS = ("source_urls", "organisation_ids")

_OF_COLUMNS = {"column_in_dataframe": "column_missing", "column_in_schema": "column_unknown"}
_BY_BEGINNING = {
    "field_uniqueness": "id_repeated",
    "str_matches": "id_form",
    "not_nullable": "needed",
    "dtype": "number",
    "coerce_dtype": "number",
}
_BETWEEN = re.compile(r"in_range\((?P<low>[^,]+), (?P<high>[^,]+)\)")
_ONE_OF = re.compile(r"isin\([\[(](?P<allowed>.*)[\])]\)")


def read_features(
    path: Path, schema: pa.DataFrameSchema, name: str
) -> tuple[gpd.GeoDataFrame, list[Problem]]:
    """Read a GeoJSON FeatureCollection.

    Parameters
    ----------
    path, schema
        The file, and what its properties must look like.
    name
        What the file is called in messages.

    Returns
    -------
    frame, problems
        GeoDataFrame in EPSG:4326 in file order, its index counting from 0; a row without a place
        has geometry None. Lists become tuples. The problems are all that the schema, the
        geometries and the JSON itself show; the frame is then only good for further checks.
    """
    try:
        collection = json.loads(path.read_bytes())
        features = collection["features"]
        properties = pd.DataFrame(
            [feature["properties"] for feature in features],
            columns=None if features else list(schema.columns),
        )
        ids = [feature.get("id") for feature in features]
    except (ValueError, TypeError, KeyError, AttributeError):
        fault = Problem(name, None, None, None, "not_geojson")
        return gpd.GeoDataFrame(geometry=[], crs=DEGREES), [fault]
    geometries, problems = [], []
    if "crs" in collection:
        problems.append(Problem(name, None, None, "crs", "crs_member"))
    for row, (feature, feature_id) in enumerate(zip(features, ids, strict=True), start=1):
        own_id = feature["properties"].get("id")
        if feature_id != own_id:
            values = {"found": excerpt(feature_id), "expected": excerpt(own_id)}
            problems.append(Problem(name, row, own_id, "id", "id_differs", values))
        geometry, rule = _geometry(feature.get("geometry"))
        geometries.append(geometry)
        if rule:
            problems.append(Problem(name, row, own_id, "geometry", rule))
    table, faults = _checked(properties, schema, name)
    frame = gpd.GeoDataFrame(table, geometry=gpd.GeoSeries(geometries, crs=DEGREES))
    return frame, problems + faults


def read_records(
    path: Path, schema: pa.DataFrameSchema, name: str
) -> tuple[pd.DataFrame, list[Problem]]:
    """Read a CSV file; the same promises as `read_features`, without geometry."""
    try:
        # Empty means unknown; words such as "NA" or "None" are ordinary text.
        table = pd.read_csv(path, dtype=str, keep_default_na=False, na_values=[""])
    except (ValueError, pd.errors.ParserError):
        return pd.DataFrame(), [Problem(name, None, None, None, "not_csv")]
    return _checked(table, schema, name)


def _geometry(raw: Any) -> tuple[object, str]:
    """Turn a GeoJSON geometry into a shape, and name the rule that it breaks."""
    if raw is None:
        return None, ""
    try:
        geometry = shape(raw)
    except Exception:  # noqa: BLE001 - shapely raises many types for malformed coordinates
        return None, "not_a_geometry"
    if geometry.is_empty:
        return None, "geometry_empty"
    if not np.isfinite(shapely.get_coordinates(geometry)).all():
        return geometry, "geometry_infinite"
    if not geometry.is_valid:
        return geometry, "geometry_invalid"
    west, south, east, north = geometry.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        return geometry, "geometry_outside"
    return geometry, ""


def _checked(
    table: pd.DataFrame, schema: pa.DataFrameSchema, name: str
) -> tuple[pd.DataFrame, list[Problem]]:
    table = table.copy()
    for column in LIST_COLUMNS:
        if column in table:
            table[column] = pd.Series([_as_tuple(v) for v in table[column]], dtype=object)
    try:
        return schema.validate(table, lazy=True), []
    except pandera.errors.SchemaErrors as errors:
        return table, list(_problems(errors.failure_cases, table, name))


def _as_tuple(value: object) -> object:
    if isinstance(value, list):
        return tuple(value)
    if isinstance(value, str):
        return tuple(value.split())
    return () if value is None or value != value else value


def _problems(failures: pd.DataFrame, table: pd.DataFrame, name: str) -> Iterator[Problem]:
    for failure in failures.to_dict("records"):
        index, column = failure["index"], failure["column"]
        known = index is not None and index == index and index in table.index
        row = int(index) + 1 if known else None
        row_id = table.loc[index, "id"] if known and "id" in table else None
        check, value = str(failure["check"]), failure["failure_case"]
        if check in _OF_COLUMNS:
            yield Problem(name, None, None, str(value), _OF_COLUMNS[check])
            continue
        rule, values = _rule(check)
        values = {"found": excerpt(value), **values}
        yield Problem(name, row, None if row_id is None else str(row_id), str(column), rule, values)


def _rule(check: str) -> tuple[str, dict[str, str]]:
    """Return the rule for a check of pandera's by its text, and what the check expects."""
    if check in RULES:
        return check, {}
    if match := _BETWEEN.fullmatch(check):
        return "between", {"low": match["low"], "high": match["high"]}
    if match := _ONE_OF.fullmatch(check):
        allowed = match["allowed"].replace("'", "")
        return "one_of", {"expected": allowed}
    for beginning, rule in _BY_BEGINNING.items():
        if check.startswith(beginning):
            return rule, {}
    return "other", {"expected": check}
