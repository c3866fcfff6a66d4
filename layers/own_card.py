"""The detail panel of a row of a viewer's layer: all that the file says of it."""

from datetime import date
from typing import Any

import pandas as pd

from geo.dataset import Dataset
from geo.own.conditions import ID_PREFIX
from layers.findings import file_name, plain
from layers.locale import Translator

LONGEST_SHOWN = 2_000
"""Characters of a value in the panel; the export has all of them."""


def own_card(dataset: Dataset, row_id: str, translator: Translator) -> dict[str, Any]:
    """Return what the panel shows of a row, in the form of `layers.card.card`.

    Raises
    ------
    LookupError
        If the dataset has no layer of a viewer, or the layer no such row.
    """
    layer = dataset.own
    if layer is None:
        raise LookupError(f"there is no layer that `{row_id}` could be a row of")
    rows = dataset.rows
    number = rows.index[rows["id"] == row_id][0]
    record = layer.frame.drop(columns=layer.frame.geometry.name).iloc[int(number) - dataset.listed]
    placed = bool(pd.notna(rows["lon"].iat[number]))
    place = translator.t("card.own.placed" if placed else "card.place.unknown")
    of_file = translator.t("card.own.row", n=translator.number(int(row_id.removeprefix(ID_PREFIX))))
    return {
        "id": row_id,
        "type": "own",
        "park": None,
        "letter": None,
        "kicker": translator.t("card.own", file=file_name(layer.name)),
        "title": translator.pick(dict(rows.loc[number, ["name_ru", "name_en"]]), "name"),
        "place": {
            "text": of_file,
            "precision": place,
            "placed": placed,
            "guess": False,
            "method": "",
            "basis": "",
        },
        "facts": [
            _fact(str(name), value, translator)
            for name, value in zip(record.index, record, strict=True)
        ],
        "lists": [],
        "note": None,
        "sources": [],
        "sources_note": "",
        "links": {"object": f"/?sel={row_id}&own={layer.key}", "report": "", "json": ""},
        "translated": False,
    }


def _fact(name: str, value: Any, translator: Translator) -> dict[str, Any]:
    text = _said(value, translator)
    return {
        "key": name,
        "label": plain(name),
        "value": text or translator.missing,
        "missing": not text,
        "inferred": False,
        "detail": "",
        "refs": [],
        "as_of": "",
    }


def _said(value: Any, translator: Translator) -> str:
    """Say a value in words; nothing for one that is not known."""
    match value:
        case tuple():
            text = "; ".join(plain(str(one)) for one in value if one is not None)
        case bool():
            text = translator.t(f"query.own.{str(value).lower()}")
        case str():
            text = plain(value)
        case _ if pd.isna(value):
            return ""
        case date():
            text = value.isoformat()
        case _ if pd.api.types.is_bool(value):
            text = translator.t(f"query.own.{str(bool(value)).lower()}")
        case _ if pd.api.types.is_integer(value):
            text = str(value) if 1000 <= value <= 9999 else translator.number(int(value))
        case _ if pd.api.types.is_float(value):
            text = translator.number(float(value), 6)
        case _:
            text = plain(str(value))
    if len(text) <= LONGEST_SHOWN:
        return text
    return translator.t("card.own.cut", text=text[:LONGEST_SHOWN])
