"""The rows of a view with everything that the dataset says of them, as plain Python values."""

from typing import TypeAlias

import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geo.dataset import Dataset
from geo.view import View

Value: TypeAlias = str | int | float | bool | tuple[str, ...] | None
Record: TypeAlias = dict[str, Value]

FIELDS = (
    "id", "row_type", "park_id", "park_type", "kind", "name_ru", "name_en", "status",
    "status_source", "direction_id", "cluster_id", "site_id", "organisation_ru", "organisation_en",
    "organisation_ids", "start_year", "end_year", "investment_mln_rub", "investment_bound", "jobs",
    "residents", "area_ha", "public_access", "public_access_evidence_ru",
    "public_access_evidence_en", "municipality_ru", "municipality_en", "address_ru", "address_en",
    "geometry_method", "position_accuracy_m", "position_basis_ru", "position_basis_en",
    "source_urls", "as_of", "note_ru", "note_en",
)  # fmt: skip
"""Order of the fields in every export; one that the dataset has beyond these comes after them."""


def records(dataset: Dataset, view: View) -> list[Record]:
    """Return the rows of a view in its order, a site with a site's fields, a project with its own.

    Parameters
    ----------
    dataset
        The dataset that the view was made from.
    view
        Which rows, in which order.

    Returns
    -------
    list
        One dict a row, keys in the order of FIELDS. What is not known is None, a whole number is
        an int whatever the column's type, a list is a tuple.
    """
    types = dataset.rows["row_type"].to_numpy(dtype=object)[view.positions]
    tables = {"site": dataset.sites, "project": dataset.projects}
    known = {
        row_type: _plain(
            table.loc[[i for i, t in zip(view.ids, types, strict=True) if t == row_type]]
        )
        for row_type, table in tables.items()
    }
    return [
        _in_order({"id": own_id, "row_type": row_type, **known[row_type][own_id]})
        for own_id, row_type in zip(view.ids, types, strict=True)
    ]


def geometries(dataset: Dataset, view: View) -> list[BaseGeometry | None]:
    """Return the geometries of a view in its order: EPSG:4326, outer rings anticlockwise."""
    shapes = np.asarray(dataset.rows.geometry.array, dtype=object)[view.positions]
    return list(shapely.orient_polygons(shapes, exterior_cw=False))


def fields_of(found: list[Record]) -> tuple[str, ...]:
    """Return the fields of any of the records, in the order of FIELDS."""
    present = dict.fromkeys(name for record in found for name in record)
    return (*FIELDS, *(name for name in present if name not in FIELDS))


def _in_order(record: Record) -> Record:
    return {name: record[name] for name in fields_of([record]) if name in record}


def _plain(table: pd.DataFrame) -> dict[str, Record]:
    columns = table.drop(columns="geometry").astype(object)
    known = columns.where(columns.notna(), None)
    return {
        str(own_id): {str(name): _value(value) for name, value in record.items()}
        for own_id, record in zip(known.index, known.to_dict("records"), strict=True)
    }


def _value(value: object) -> Value:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if value is None or isinstance(value, str | int | float | bool | tuple):
        return value
    raise TypeError(f"no way to export {value!r} of type {type(value).__name__}")
