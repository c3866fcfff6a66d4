"""Where an object is, in words: its address, and how far its point may lie off."""

from collections.abc import Mapping
from typing import Any

from geo.domains import DERIVED_OUTLINES
from layers.facts import capitalised
from layers.locale import Translator, is_missing

Record = Mapping[Any, Any]

PRECISE_M = 100
"""Up to this accuracy a point stands at the right building; beyond it, it is a guess."""

_VAGUE = {"street", "settlement", *DERIVED_OUTLINES}


def place_of(record: Record, translator: Translator) -> dict[str, Any]:
    """Return what is said of the place of an object.

    Only sites, projects, organisations and settlements have a place of their own.

    Returns
    -------
    dict
        text (the address), precision (in words), placed, guess, method, basis.
    """
    if "geometry_method" not in record:
        return _without_own(record, translator)
    method, accuracy_m = str(record["geometry_method"]), record["position_accuracy_m"]
    guess = method in _VAGUE or is_missing(accuracy_m) or accuracy_m > PRECISE_M
    accuracy = translator.distance(accuracy_m)
    if method == "unknown":
        guess, precision = False, translator.t("card.place.unknown")
    elif method == "position_of_site":
        guess, precision = True, translator.t("card.place.of_site", accuracy=accuracy)
    elif is_missing(accuracy_m):
        precision = translator.t("card.place.guess.unstated")
    elif guess:
        precision = translator.t("card.place.guess", accuracy=accuracy)
    else:
        precision = translator.t("card.place.precise", accuracy=accuracy)
    return {
        "text": _address(record, translator),
        "precision": precision,
        "placed": method != "unknown",
        "guess": guess,
        "method": translator.t(f"method.{method}.explain"),
        "basis": translator.pick(record, "position_basis") or "",
    }


def _without_own(record: Record, translator: Translator) -> dict[str, Any]:
    """Return the place of what has no row in a layer of places."""
    settled = "longitude" in record
    said = translator.t("card.place.settlement" if settled else "card.place.of_members")
    return {
        "text": "",
        "precision": said,
        "placed": settled,
        "guess": False,
        "method": "",
        "basis": "",
    }


def _address(record: Record, translator: Translator) -> str:
    address = translator.pick(record, "address") or ""
    town = translator.pick(record, "municipality") if "municipality_ru" in record else None
    parts = [address, town if town and town not in address else ""]
    return capitalised(", ".join(part for part in parts if part))
