"""A whole layer, of the catalogue or of a viewer, as a content to write."""

from pathlib import Path

import pandas as pd

from geo import dictionary
from geo.dataset import Dataset
from geo.dictionary import Column
from geo.domains import PARK_TYPES
from geo.errors import NotWritableError
from geo.export.content import Content
from geo.own.layer import Layer
from geo.provenance.origin import Input, Origin, layer_input
from geo.query import Query, apply

LISTED = (*PARK_TYPES, "projects")
"""Layers whose rows a link chooses from."""


def of_layer(dataset: Dataset, layer: str, *, where: str = "", lang: str = "ru") -> Content:
    """Return the rows of a layer of the catalogue.

    Parameters
    ----------
    dataset, layer
        The dataset, the id in its catalogue.
    where
        Parameters of a link: only rows that it shows, in its order. Only sites and projects can
        be chosen so.
    lang
        Language in which the link orders names.

    Raises
    ------
    UnknownLayerError
        If the catalogue has no such layer.
    NotWritableError
        If `where` is not understood in full, or the layer is not one that links choose from.
    """
    entry = dataset.catalog[layer]
    frame = frame_of(dataset, layer)
    query = Query()
    lookups: list[Input] = []
    if where:
        if layer not in LISTED:
            raise NotWritableError(f"a link chooses rows of {', '.join(LISTED)}, not of `{layer}`")
        query, notes = Query.from_params(where, dataset)
        if notes:
            raise NotWritableError(
                "where: "
                + "; ".join(f"{note.code}: `{note.key}` = `{note.value}`" for note in notes)
            )
        shown = apply(query, dataset, lang=lang)
        frame = frame.loc[[own_id for own_id in shown.ids if own_id in frame.index]]
        # The link looks at names and members in all of these, whatever it shows.
        ids = {*LISTED, "organisations", "directions", "clusters"} - {layer}
        lookups = [layer_input(e, role="lookup") for e in dataset.catalog if e.id in ids]
    operation = {
        "kind": "export",
        "subject": layer,
        **({"query": query.to_string(), "filter": query.to_params()} if where else {}),
        "lang": lang,
    }
    counts = {"rows": entry.rows, "written": len(frame)}
    origin = Origin(operation, (layer_input(entry), *lookups), dataset.release, counts)
    return Content(
        table=frame.rename_axis(entry.key).reset_index(),
        title_ru=entry.title_ru,
        title_en=entry.title_en,
        origin=origin,
        key=entry.key,
        columns=columns_of(dataset, layer),
        lang=lang,
        style=None,
    )


def frame_of(dataset: Dataset, layer: str) -> pd.DataFrame:
    """Return the rows of a layer of the catalogue, indexed by id, in the order of its file.

    Raises
    ------
    UnknownLayerError
        If the catalogue has no such layer.
    """
    dataset.catalog[layer]
    of_park = dataset.sites["park_type"] == layer
    frame: pd.DataFrame = dataset.sites[of_park] if layer in PARK_TYPES else getattr(dataset, layer)
    return frame


def columns_of(dataset: Dataset, layer: str, *, prefix: str = "") -> list[Column]:
    """Return what the columns of a layer mean, the key first.

    Parameters
    ----------
    dataset, layer
        The dataset, the id in its catalogue.
    prefix
        What stands before each name, such as "medical." in a join.
    """
    names = ("id", *frame_of(dataset, layer).columns.drop("geometry", errors="ignore"))
    folder = dataset.catalog.folder
    return [dictionary.describe(folder, layer, name, name=f"{prefix}{name}") for name in names]


def own_columns(layer: Layer, *, prefix: str | None = None) -> dict[str, Column]:
    """Return the columns of a viewer's layer by the name they have in results.

    Parameters
    ----------
    layer
        What the viewer brought.
    prefix
        What stands before each name; None for the name of the file without its ending.
    """
    before = f"{Path(layer.name).stem}." if prefix is None else prefix
    found: dict[str, Column] = {}
    for name in layer.frame.columns.drop(layer.frame.geometry.name):
        full = f"{before}{name}"
        found[full] = Column(full, source=layer.name, row_types=("own",) if before else ())
    return found


def of_own(layer: Layer, *, lang: str = "ru") -> Content:
    """Return a viewer's layer as it was read, every row with the number it had in the file."""
    columns = own_columns(layer, prefix="")
    return Content(
        table=layer.frame,
        title_ru=layer.name,
        title_en=layer.name,
        origin=Origin(
            {"kind": "export", "subject": "own", "lang": lang},
            (Input(layer.name, "file", layer.sha256, len(layer), options=layer.options),),
            counts={"rows": len(layer)},
        ),
        columns=list(columns.values()),
        lang=lang,
    )
