"""What can be found: every object of the dataset with its names and the texts around them."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd
import shapely

from geo.dataset import Dataset
from geo.domains import PARK_TYPES
from geo.search.document import Document

ADDRESS_METHODS = ("address", "street", "settlement")
"""Rows placed so stand where their address says; any other place is no evidence of it."""


def documents(dataset: Dataset) -> list[Document]:
    """Return everything that can be found; the first are the rows of `dataset.rows`, in order."""
    further = _further_names(dataset)
    return [
        *_rows(dataset, further),
        *_organisations(dataset, further),
        *_parks(dataset, further),
        *_named(dataset.clusters, "cluster", further),
        *_named(dataset.directions, "direction", further),
        *_park_types(dataset),
        *_actions(dataset),
        *_settlements(dataset, further),
        *_addresses(dataset),
    ]


_Names = dict[tuple[str, str], tuple[str, ...]]


def _further_names(dataset: Dataset) -> _Names:
    found: _Names = {}
    for alias in dataset.aliases.to_dict("records"):
        key = alias["object_type"], alias["object_id"]
        found[key] = (*found.get(key, ()), alias["name"])
    return found


def _rows(dataset: Dataset, further: _Names) -> Iterator[Document]:
    points = _reference_points(dataset)
    frames = {"site": dataset.sites, "project": dataset.projects}
    records = {kind: dict(_records(frame)) for kind, frame in frames.items()}
    columns = ("row_type", "id", "site_id", "text", "name_ru", "name_en")
    for kind, own_id, site_id, text, name_ru, name_en in zip(
        *(dataset.rows[column] for column in columns), strict=True
    ):
        if kind not in records:
            yield Document(kind, own_id, name_ru, name_en, around=text)
            continue
        record = records[kind][own_id]
        # Whoever looks for an organisation by its abbreviation means its projects too.
        related = [
            name
            for one in _ids(record, "organisation_ids")
            for name in further.get(("organisation", one), ())
        ]
        if kind == "site":
            related += [*points.get(own_id, ()), *further.get(("park", record["park_id"]), ())]
        elif isinstance(site_id, str):
            related += further.get(("site", site_id), ())
        names = further.get((kind, own_id), ())
        yield _document(kind, own_id, record, names, f"{text} {own_id}", related)


def _organisations(dataset: Dataset, further: _Names) -> Iterator[Document]:
    for own_id, record in _records(dataset.organisations):
        cluster = record.get("cluster_id")
        around = own_id
        if isinstance(cluster, str):
            named = dataset.clusters.loc[cluster]
            around = f"{own_id} {named['name_ru']} {named['name_en']}"
        names = further.get(("organisation", own_id), ())
        yield _document("organisation", own_id, record, names, around)


def _parks(dataset: Dataset, further: _Names) -> Iterator[Document]:
    """Parks of one site of the same id are that site."""
    for own_id, record in _records(dataset.parks):
        if own_id not in dataset.sites.index:
            yield _document("park", own_id, record, further.get(("park", own_id), ()), own_id)


def _named(table: pd.DataFrame, kind: str, further: _Names) -> Iterator[Document]:
    for own_id, record in _records(table):
        short = [record[f"short_{lang}"] for lang in ("ru", "en") if f"short_{lang}" in record]
        names = (*short, *further.get((kind, own_id), ()))
        anchors = [_text(record, f"anchor_organisations_{lang}") for lang in ("ru", "en")]
        yield _document(kind, own_id, record, names, " ".join(anchors))


def _park_types(dataset: Dataset) -> Iterator[Document]:
    for entry in dataset.catalog:
        if entry.id in PARK_TYPES:
            yield Document("park_type", entry.id, entry.title_ru, entry.title_en, around=entry.id)


def _actions(dataset: Dataset) -> Iterator[Document]:
    for own_id, record in _records(dataset.roadmap):
        performers = (_text(record, f"performer_{lang}") for lang in ("ru", "en"))
        yield _document("action", own_id, record, (), " ".join((*performers, own_id)))


def _settlements(dataset: Dataset, further: _Names) -> Iterator[Document]:
    for own_id, record in _records(dataset.settlements):
        yield Document(
            "settlement",
            own_id,
            record["name_ru"],
            record["name_en"],
            further.get(("settlement", own_id), ()),
            at=(float(record["longitude"]), float(record["latitude"])),
        )


def _addresses(dataset: Dataset) -> Iterator[Document]:
    """Each address once, at the place of the object that is placed best."""
    known = {str(name).casefold() for name in dataset.settlements.get("name_ru", ())}
    frames = (dataset.sites, dataset.projects, dataset.organisations)
    found: dict[str, tuple[float, Document]] = {}
    for frame in frames:
        for own_id, record in _records(frame):
            place, address = record["geometry"], _text(record, "address_ru")
            if place is None or not address or record.get("geometry_method") not in ADDRESS_METHODS:
                continue
            key = address.casefold().removeprefix("город ").removesuffix(", томск")
            accuracy_m = record["position_accuracy_m"]
            accuracy_m = float("inf") if pd.isna(accuracy_m) else float(accuracy_m)
            if key in known or accuracy_m >= found.get(key, (float("inf"),))[0]:
                continue
            english = _text(record, "address_en") or address
            point = shapely.point_on_surface(place)
            document = Document(
                "address", own_id, address, english, at=(float(point.x), float(point.y))
            )
            found[key] = accuracy_m, document
    return (document for _, document in found.values())


def _reference_points(dataset: Dataset) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for point in dataset.reference_points.to_dict("records"):
        names = point["name_ru"], point["name_en"]
        found[point["site_id"]] = (*found.get(point["site_id"], ()), *names)
    return found


def _records(table: pd.DataFrame) -> Iterator[tuple[str, dict[Any, Any]]]:
    """Return the rows by id; pandas's own way takes three times as long."""
    columns = [str(column) for column in table.columns]
    values = zip(*(table[column] for column in table.columns), strict=True)
    for own_id, row in zip(table.index, values, strict=True):
        yield str(own_id), dict(zip(columns, row, strict=True))


def _document(
    kind: str,
    own_id: str,
    record: dict[Any, Any],
    further: Sequence[str],
    around: str,
    related: Sequence[str] = (),
) -> Document:
    return Document(
        kind,
        own_id,
        str(record["name_ru"]),
        str(record["name_en"]),
        tuple(further),
        _text(record, "address_ru"),
        _text(record, "address_en"),
        tuple(related),
        around,
    )


def _text(record: dict[Any, Any], field: str) -> str:
    value = record.get(field)
    return value if isinstance(value, str) else ""


def _ids(record: dict[Any, Any], field: str) -> tuple[str, ...]:
    value = record.get(field, ())
    return value if isinstance(value, tuple) else ()
