"""What the explorer's script is told about a view of the surroundings of a point."""

import base64
import math
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from geo.around import Around
from geo.columns import columns_of
from geo.dataset import Dataset
from geo.places import Near
from geo.view import View
from layers.distances import between, rounded
from layers.index import RADII_M
from layers.locale import Translator

UNKNOWN = 2**32 - 1
"""Stands for a distance that is not known."""


def nearness(found: Around, view: View, dataset: Dataset) -> dict[str, Any]:
    """Return the distances of the rows shown, in list order, and that of the selected row.

    `metres` is base64 text of whole metres, 32 bits each, little-endian; UNKNOWN where there is no
    place. How far a row may lie off is in the index.
    """
    at = columns_of(dataset).positions.get(view.query.selected)
    return {
        "metres": base64.b64encode(_whole(found.metres[view.positions]).tobytes()).decode("ascii"),
        "selected": None
        if at is None
        else {"id": view.query.selected, "metres": int(_whole(found.metres[[at]])[0])},
    }


def notes(found: Around, near: Near, translator: Translator) -> list[str]:
    """Say how exactly the point is known, and how many more rows may lie in the circle."""
    said = []
    if near.accuracy_m is None:
        said.append(translator.t("note.near_accuracy.unknown"))
    elif near.accuracy_m:
        distance = translator.length(rounded(near.accuracy_m, math.ceil))
        said.append(translator.t("note.near_accuracy", distance=distance))
    if found.perhaps:
        said.append(translator.t("note.perhaps_near", n=translator.number(found.perhaps)))
    return said


def empty(
    found: Around, view: View, near: Near, dataset: Dataset, translator: Translator
) -> dict[str, str | None] | None:
    """Say what is nearest where nothing lies in the circle; None if nothing at all has a place."""
    nearest = found.nearest
    if nearest is None:
        return None
    rows = dataset.rows
    name = str(rows.loc[(rows["id"] == nearest.id).idxmax(), f"name_{translator.lang}"])
    title = translator.t(
        "empty.near",
        radius=translator.length(near.metres),
        name=name,
        distance=between(nearest, translator),
    )
    wider = next((step for step in RADII_M if step >= nearest.metres), None)
    # Beyond the last step the distance itself, rounded up to the whole kilometre.
    wider = wider or math.ceil(nearest.metres / 1_000) * 1_000
    return {
        "title": title,
        "text": translator.t("empty.near.wider", radius=translator.length(wider)),
        "params": replace(view.query, place=replace(near, metres=float(wider))).to_string(),
    }


def _whole(metres: npt.NDArray[np.float64]) -> npt.NDArray[np.uint32]:
    known = np.isfinite(metres)
    return np.where(known, np.rint(np.where(known, metres, 0)), UNKNOWN).astype("<u4")
