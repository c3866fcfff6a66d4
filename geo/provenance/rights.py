"""Under which licence a result may be passed on, why, and how it is cited: in both languages.

These words stand in files, not on the screen, and a file speaks to readers of both languages at
once; so they are here and not among the messages of the interface.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geo.provenance.origin import Input, Origin

OPEN_DATABASE = "ODbL-1.0"
OWN = "LicenseRef-own-file"
"""Stands for the licence of a viewer's file, which only its owner knows."""


@dataclass(frozen=True)
class Rights:
    """The licence of a result (an SPDX expression, "" without inputs), why, and the credits."""

    licence: str
    reason_ru: str
    reason_en: str
    attribution_ru: tuple[str, ...]
    attribution_en: tuple[str, ...]


def rights_of(inputs: Sequence[Input]) -> Rights:
    """Derive the rights to a result from those to its inputs.

    One input under the ODbL (as everything derived from OpenStreetMap is) puts the whole under
    it; licences that ask for a credit alone are then met by the credits. A file of the viewer's
    own adds its licence, or a name for an unknown one.
    """
    inputs = [one for one in inputs if one.role == "content"]
    layers = [one for one in inputs if one.kind != "file"]
    own = [one for one in inputs if one.kind == "file"]
    licences = list(dict.fromkeys(one.licence for one in layers if one.licence))
    shared = [one for one in inputs if one.licence == OPEN_DATABASE]
    if shared:
        names = ", ".join(one.name for one in shared)
        licences = [OPEN_DATABASE]
        reason_ru = f"Содержит данные под ODbL 1.0 (OpenStreetMap): {names}."
        reason_en = f"Contains data under the ODbL 1.0 (OpenStreetMap): {names}."
    else:
        reason_ru, reason_en = "Лицензии исходных слоёв.", "Licences of the input layers."
    unknown = [one.name for one in own if not one.licence]
    licences += [one.licence or OWN for one in own]
    if unknown:
        names = ", ".join(unknown)
        reason_ru += f" Условия собственных файлов неизвестны, проверьте их: {names}."
        reason_en += f" The terms of own files are not known, check them: {names}."
    return Rights(
        " AND ".join(dict.fromkeys(licences)),
        reason_ru if inputs else "",
        reason_en if inputs else "",
        _credits(one.attribution_ru for one in inputs),
        _credits(one.attribution_en for one in inputs),
    )


def citation(origin: Origin, rights: Rights) -> dict[str, str]:
    """Return how to cite a result, by language."""
    release_ru = f" Выпуск данных {origin.release}." if origin.release else ""
    release_en = f" Dataset release {origin.release}." if origin.release else ""
    credits_ru, credits_en = "; ".join(rights.attribution_ru), "; ".join(rights.attribution_en)
    return {
        "ru": f"Атлас томской агломерации.{release_ru} {_dated(origin)}{rights.licence}"
        + (f". {credits_ru}" if credits_ru else ""),
        "en": f"Tomsk Agglomeration Atlas.{release_en} {_dated(origin)}{rights.licence}"
        + (f". {credits_en}" if credits_en else ""),
    }


def _dated(origin: Origin) -> str:
    return f"{origin.date}. " if any(one.date for one in origin.inputs) else ""


def _credits(lines: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(credit for line in lines for credit in line))
