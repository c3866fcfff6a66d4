"""All that is known of one object, for its page and as JSON: the same facts in the same order."""

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from shapely.geometry import mapping

from geo.dataset import Dataset
from geo.nearest import nearest_rows
from geo.quality import doubts
from layers import members, objects
from layers.access_sheet import access_part
from layers.card import card
from layers.distances import between
from layers.facts import capitalised
from layers.locale import Translator, is_missing
from layers.map_links import map_link
from layers.published import plain
from layers.relations import alike, relations

_CHECK = re.compile(r"\s*\[(?:Проверка|Check):\s*([^\]]*)\]")
_SUMMED_UP = 3


def sheet(
    dataset: Dataset, ref: objects.Ref, translator: Translator, *, origin: str = ""
) -> dict[str, Any]:
    """Return the card of an object and what its page says beyond it.

    Parameters
    ----------
    dataset, ref, translator
        Whose sheet, in which language.
    origin
        Scheme and host of the Atlas, for addresses that leave the page.

    Returns
    -------
    dict
        What `layers.card.card` returns, with `note` cut into the note and `doubts` (sentences),
        and each item of `lists` with its `address`. Also `relations`, `near`, `alike` and
        `namesakes` (lists of the same shape), `access` (of a site, see `layers.access_sheet`),
        `park_note`, `summary`, `release`, `licence`, `attribution`, `retrieved`, and for programs
        `record` (the row as published) and `geometry` (GeoJSON).
    """
    shown = card(dataset, ref.id, translator, kind=ref.kind, origin=origin)
    record = objects.record_of(dataset, ref)
    note, checks = split_note(shown["note"])
    whole = {
        **shown,
        "links": {**shown["links"], "map": map_link(dataset, ref, translator)},
        "note": note,
        "doubts": [*map(capitalised, checks), *_found_doubts(dataset, ref, translator)],
        "lists": _addressed(dataset, shown["lists"], translator),
        "relations": _addressed(dataset, relations(dataset, ref, record, translator), translator),
        "near": _addressed(dataset, _near(dataset, ref, record, translator), translator),
        "alike": _addressed(dataset, alike(dataset, ref, record, translator), translator),
        "namesakes": _addressed(dataset, _namesakes(dataset, ref, translator), translator),
        "access": access_part(record, translator) if ref.kind == "site" else None,
        "park_note": translator.t("object.one_with_park") if _is_park(dataset, ref) else "",
        **_origin_of(dataset, ref, record, translator),
        "record": {name: plain(value) for name, value in record.items() if name != "geometry"},
        "geometry": _geometry(record),
    }
    return {**whole, "summary": summary(whole)}


def split_note(note: str | None) -> tuple[str, list[str]]:
    """Part a note from the Atlas's own doubts, which stand in it as "[Check: …]".

    Examples
    --------
    >>> split_note("Begun in 2013. [Check: or in 2014.]")
    ('Begun in 2013.', ['or in 2014.'])
    """
    return _CHECK.sub("", note or "").strip(), _CHECK.findall(note or "")


def summary(whole: Mapping[str, Any]) -> str:
    """Return the object in one line: what it is, where, and the first facts that are known."""
    known = [
        f"{fact['label']}: {fact['value']}"
        for fact in whole["facts"]
        if not fact["missing"] and fact["key"] not in ("status", "kind")
    ][:_SUMMED_UP]
    parts = [whole["kicker"].replace("\u00a0", " "), whole["place"]["text"], *known]
    return ". ".join(part.rstrip(".") for part in parts if part) + "."


def _is_park(dataset: Dataset, ref: objects.Ref) -> bool:
    return ref.kind == "site" and ref.id in objects.single_parks(dataset)


def _found_doubts(dataset: Dataset, ref: objects.Ref, translator: Translator) -> list[str]:
    """Return what the checks of the dataset say of this row."""
    found = _all_doubts(dataset).get((objects.TABLES[ref.kind], ref.id), ())
    return [translator.t(f"check.{check}.means") for check in found]


@functools.lru_cache(maxsize=2)
def _all_doubts(dataset: Dataset) -> Mapping[tuple[str, str], Sequence[str]]:
    """Return what the checks say, by layer and id."""
    found: dict[tuple[str, str], list[str]] = {}
    table = doubts(dataset)
    for layer, own_id, check in zip(table["layer"], table["id"], table["check"], strict=True):
        found.setdefault((layer, own_id), []).append(check)
    return found


def _near(
    dataset: Dataset, ref: objects.Ref, record: objects.Record, translator: Translator
) -> list[dict[str, Any]]:
    """Return the nearest sites and projects that do not belong to the object itself."""
    place = _place(ref, record)
    if place is None:
        return []
    shape, accuracy_m = place
    home = record.get("site_id")
    home = ref.id if ref.kind == "site" else None if is_missing(home) else str(home)
    projects = objects.belonging(dataset, "project", "site_id", home) if home else ()
    family = [home, *(project["id"] for project in projects)] if home else ()
    own = {ref.id, *family} if ref.kind in ("site", "project") else set()
    found = {one.id: one for one in nearest_rows(dataset, shape, accuracy_m, leave_out=own)}
    rows = _names_of_rows(dataset).loc[list(found)]

    def far(_: Dataset, row: objects.Record, translator: Translator) -> str:
        return between(found[row["id"]], translator)

    items = [
        {**item, "type": kind}
        for item, kind in zip(
            members.items(dataset, rows, "", far, translator), rows["row_type"], strict=True
        )
    ]
    lists = members.filled(translator, near=items)
    borrowed = record.get("geometry_method") == "position_of_site"
    note = "list.near.note.of_site" if borrowed else "list.near.note"
    return [{**one, "note": translator.t(note)} for one in lists]


@functools.lru_cache(maxsize=2)
def _names_of_rows(dataset: Dataset) -> pd.DataFrame:
    columns = ["id", "row_type", "name_ru", "name_en"]
    return pd.DataFrame(dataset.rows[columns]).set_index("id")


def _place(ref: objects.Ref, record: objects.Record) -> tuple[Any, float] | None:
    """Return the geometry in EPSG:4326 from which distances count, and its accuracy in metres."""
    if ref.kind not in ("site", "project", "organisation") or record["geometry"] is None:
        return None
    accuracy_m = record["position_accuracy_m"]
    return record["geometry"], np.nan if is_missing(accuracy_m) else float(accuracy_m)


def _namesakes(dataset: Dataset, ref: objects.Ref, translator: Translator) -> list[dict[str, Any]]:
    def kind(name: str) -> Any:
        return lambda _, __, translator: translator.t(f"type.{name}")

    items = [
        item
        for one in objects.namesakes(dataset, ref)
        for item in members.items(
            dataset,
            objects.table(dataset, one.kind).loc[[one.id]],
            one.kind,
            kind(one.kind),
            translator,
        )
    ]
    return members.filled(translator, namesakes=items)


def _addressed(
    dataset: Dataset, lists: list[dict[str, Any]], translator: Translator
) -> list[dict[str, Any]]:
    return [
        {
            **one,
            "items": [
                {
                    **item,
                    "address": objects.address(
                        dataset, objects.Ref(item["type"], item["id"]), translator.lang
                    ),
                }
                for item in one["items"]
            ],
        }
        for one in lists
    ]


def _origin_of(
    dataset: Dataset, ref: objects.Ref, record: objects.Record, translator: Translator
) -> dict[str, str]:
    layer = record["park_type"] if ref.kind == "site" else objects.TABLES[ref.kind]
    entry = dataset.catalog[layer]
    credit = entry.attribution_ru if translator.lang == "ru" else entry.attribution_en
    return {
        "release": dataset.release,
        "licence": entry.licence,
        "attribution": credit,
        "retrieved": entry.retrieved,
    }


def _geometry(record: objects.Record) -> dict[str, Any] | None:
    shape = record.get("geometry")
    if shape is not None and not is_missing(shape):
        return dict(mapping(shape))
    if "longitude" in record:
        at = [float(record["longitude"]), float(record["latitude"])]
        return {"type": "Point", "coordinates": at}
    return None
