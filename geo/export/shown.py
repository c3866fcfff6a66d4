"""The rows that a link shows, as a content to write."""

from collections.abc import Mapping
from typing import Any

import geopandas as gpd
import pandas as pd

from geo import colours, dictionary
from geo.crs import DEGREES
from geo.dataset import Dataset
from geo.dictionary import Column
from geo.domains import PARK_TYPES
from geo.errors import NotWritableError
from geo.export.content import Content, Style
from geo.export.layer import own_columns
from geo.own.rows import ROW_TYPE as OWN
from geo.provenance.origin import Input, Origin, layer_input
from geo.query import Query, apply
from geo.view import View

FIELDS = (
    "id", "row_type", "park_id", "park_type", "kind", "name_ru", "name_en", "status",
    "status_source", "direction_id", "cluster_id", "site_id", "organisation_ru", "organisation_en",
    "organisation_ids", "start_year", "end_year", "investment_mln_rub", "investment_bound", "jobs",
    "residents", "area_ha", "public_access", "public_access_evidence_ru",
    "public_access_evidence_en", "municipality_ru", "municipality_en", "address_ru", "address_en",
    "geometry_method", "position_accuracy_m", "position_basis_ru", "position_basis_en",
    "source_urls", "as_of", "note_ru", "note_en",
)  # fmt: skip
"""Order of the columns; those that the dataset has beyond these come after them."""

_LOOKED_UP = ("organisations", "directions", "clusters")
"""Layers whose names and members a question looks through."""

TITLES = (
    "Площадки и проекты Атласа томской агломерации",
    "Sites and projects of the Tomsk Agglomeration Atlas",
)


def of_view(dataset: Dataset, view: View) -> Content:
    """Return the rows of a view in its order, with everything that the dataset says of them.

    Sites and projects have their own fields. Rows of a layer that the viewer brought have its
    columns, each called "<name of the file>.<column>".

    Parameters
    ----------
    dataset
        The dataset that the view was made from.
    view
        Which rows, in which order.
    """
    found = dataset.rows.iloc[view.positions]
    own = own_columns(dataset.own) if dataset.own is not None else {}
    tables = {"site": dataset.sites, "project": dataset.projects}
    names = dict.fromkeys((*FIELDS, *(n for t in tables.values() for n in t.columns)))
    names.pop("geometry", None)
    parts = [
        _part(frame, found, row_type)
        for row_type, frame in {**tables, **_own_table(dataset, own)}.items()
    ]
    table = pd.concat(parts).reindex(index=view.ids, columns=[*names, *own])
    table["id"] = list(view.ids)
    return Content(
        table=gpd.GeoDataFrame(
            table.reset_index(drop=True),
            geometry=gpd.GeoSeries(found.geometry.to_numpy(), crs=DEGREES),
        ),
        title_ru=TITLES[0],
        title_en=TITLES[1],
        origin=_origin(dataset, view, found),
        key="id",
        columns=[*(_column(dataset, name, tables) for name in names), *own.values()],
        lang=view.lang,
        style=park_style(dataset, view.lang),
    )


def of_link(dataset: Dataset, where: str, lang: str) -> Content:
    """Return the rows that the parameters of a link show.

    Raises
    ------
    NotWritableError
        If a part of the link is not understood: a file that holds other rows than were asked for
        would not show it.
    """
    query, notes = Query.from_params(where, dataset)
    if notes:
        found = "; ".join(f"{note.code}: `{note.key}` = `{note.value}`" for note in notes)
        raise NotWritableError(f"the link: {found}")
    return of_view(dataset, apply(query, dataset, lang=lang))


def park_style(dataset: Dataset, lang: str) -> Style:
    """Return the colours of the six kinds of park, labelled as the catalogue names them."""
    titles = {
        entry.id: entry.title_ru if lang == "ru" else entry.title_en for entry in dataset.catalog
    }
    return Style(
        "park_type",
        tuple((park, colour, titles.get(park, park)) for park, colour in colours.PARKS.items()),
        colours.NO_PARK,
    )


def _part(frame: pd.DataFrame, found: pd.DataFrame, row_type: str) -> pd.DataFrame:
    ids = found.loc[found["row_type"] == row_type, "id"]
    part = pd.DataFrame(frame.loc[ids]).drop(columns="geometry", errors="ignore").astype(object)
    return part.assign(row_type=row_type)


def _own_table(dataset: Dataset, own: Mapping[str, Column]) -> dict[str, pd.DataFrame]:
    layer = dataset.own
    if layer is None:
        return {}
    frame = pd.DataFrame(layer.frame.drop(columns=layer.frame.geometry.name)).astype(object)
    return {OWN: frame.set_axis(list(own), axis=1).set_axis(dataset.rows["id"].iloc[-len(layer) :])}


def _column(dataset: Dataset, name: str, tables: Mapping[str, pd.DataFrame]) -> Column:
    if name == "row_type":
        return dictionary.describe(dataset.catalog.folder, "rows", name)
    layers = {"site": dictionary.SITES, "project": "projects"}
    having = [t for t, frame in tables.items() if name in frame.columns or name == "id"]
    folder = dataset.catalog.folder
    columns = [dictionary.describe(folder, layers[row_type], name) for row_type in having]
    first = columns[0] if columns else Column(name)
    return Column(
        name,
        first.kind,
        first.unit_ru,
        first.unit_en,
        " / ".join(dict.fromkeys(c.description_ru for c in columns if c.description_ru)),
        " / ".join(dict.fromkeys(c.description_en for c in columns if c.description_en)),
        ", ".join(layers[row_type] for row_type in having),
        () if name == "id" else tuple(having),
    )


def _origin(dataset: Dataset, view: View, found: pd.DataFrame) -> Origin:
    types = set(found["row_type"])
    parks = set(found.loc[found["row_type"] == "site", "park_type"])
    used = {park for park in PARK_TYPES if park in parks} | (
        {"projects"} & {f"{t}s" for t in types}
    )
    inputs = [
        layer_input(entry, role="content" if entry.id in used else "lookup")
        for entry in dataset.catalog
        if entry.id in (*PARK_TYPES, "projects", *_LOOKED_UP)
    ]
    if dataset.own is not None:
        inputs.append(
            Input(
                dataset.own.name,
                "file",
                dataset.own.sha256,
                len(dataset.own),
                options=dataset.own.options,
                role="content" if OWN in types else "lookup",
            )
        )
    counts = {"rows": len(dataset.rows), "shown": len(found)}
    counts |= {f"shown_{t}": int((found["row_type"] == t).sum()) for t in sorted(types)}
    counts["shown_without_place"] = int(found.geometry.isna().sum())
    return Origin(_operation(view), tuple(inputs), dataset.release, counts)


def _operation(view: View) -> dict[str, Any]:
    """Return what is to be asked to get the same rows: the link, also taken apart."""
    return {
        "kind": "export",
        "subject": "map",
        "query": view.query.to_string(),
        "filter": view.query.to_params(),
        "lang": view.lang,
    }
