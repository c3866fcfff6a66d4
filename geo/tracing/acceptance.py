"""Writes an outline that a person has accepted into the dataset, with all that follows from it."""

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geo import catalog
from geo.crs import DEGREES, METRES, to_degrees, to_metres
from geo.dataset import load
from geo.domains import PARK_TYPES, TRUE_OUTLINES
from geo.errors import TracingError
from geo.outlines import as_text, measured_ha, stored
from geo.tracing.choices import chosen
from geo.tracing.credit import credit_openstreetmap
from geo.tracing.edition import edit
from geo.tracing.fitting import remeasured
from geo.tracing.proposals import Proposal, Proposals, object_url
from geo.tracing.reasons import UNFIT
from geo.tracing.selectors import FILE as SELECTORS
from geo.tracing.selectors import read_selectors
from geo.tracing.shapes import joined

ACCURACY_M = 10.0
"""Usual offset of what is traced from aerial images in OpenStreetMap; a person may know better."""

MOST_ACCURACY_M = 1_000.0
"""Of a worse outline nobody can say that it is the true one."""

_STATED = {
    "ru": "[Проверка: источник называет площадь {area} га; показана площадь контура из "
    "OpenStreetMap.]",
    "en": "[Check: the source states an area of {area} ha; that of the OpenStreetMap outline is "
    "shown.]",
}
_STEP_M = 10.0
_BASIS = {
    "ru": "контур OpenStreetMap {objects}, данные на {state}",
    "en": "outline of OpenStreetMap {objects}, data of {state}",
}
_REPAIRED = {"ru": "исправлен", "en": "repaired"}
_OBJECT = re.compile(r"(?:way|relation)/\d+")
_BASIS_BEFORE = re.compile(r"outline of OpenStreetMap (?P<objects>.*), data of \d{4}-\d\d-\d\d")


def accept(
    folder: Path,
    proposals: Proposals,
    choices: Sequence[str],
    *,
    accuracy_m: float = ACCURACY_M,
) -> tuple[str, ...]:
    """Take outlines over into a data folder.

    Of each chosen site the geometry, `geometry_method` (traced), `area_ha` (measured in
    EPSG:32645), `position_accuracy_m`, `position_basis_*` and `source_urls` change; an area that
    the source states moves into the note. Projects that have their place by membership
    (position_of_site) move with it, whatever error they had. Licence, credit, kinds of geometry
    and hashes of the catalogue follow.

    Parameters
    ----------
    folder
        The data folder.
    proposals
        What the choices are of.
    choices
        As "way/1" or, where several sites have it, "site=way/1"; several of one site are joined.
    accuracy_m
        Error of the outlines in metres.

    Returns
    -------
    tuple
        Names of the files written.

    Raises
    ------
    TracingError
        If an object is not among the proposals, is one of several sites' or does not fit its site
        any more (`geo.tracing.fitting`), the site is gone, or the error is no length of up to a
        kilometre.
    DatasetError, WritingError
        See `geo.tracing.edition.edit`.
    """
    if not 0 <= accuracy_m <= MOST_ACCURACY_M:
        raise TracingError(f"the error must be 0 to {MOST_ACCURACY_M:g} m, not {accuracy_m:g}")
    accepted = chosen(proposals, choices)
    _check(folder, accepted)

    def change(copy: Path) -> None:
        layers = catalog.read_catalog(copy)
        touched: set[str] = set()
        moved: dict[str, BaseGeometry] = {}
        for entry in (layers[park_type] for park_type in PARK_TYPES):
            document = _read(layers.file(entry))
            for feature in document["features"]:
                site_id = feature["properties"]["id"]
                if site_id in accepted:
                    touched.add(entry.id)
                    state = proposals.matches[site_id].state
                    moved[site_id] = _joined(site_id, accepted[site_id])
                    _trace(feature, accepted[site_id], moved[site_id], state, accuracy_m)
            _write(layers.file(entry), document)
        if _follow(layers.file(layers["projects"]), moved):
            touched.add("projects")
        day = max(proposals.matches[site_id].state for site_id in accepted)
        credit_openstreetmap(copy, sorted(touched), day=day)

    return edit(folder, change)


def _check(folder: Path, accepted: Mapping[str, Sequence[Proposal]]) -> None:
    """Refuse what does not fit its site, as a whole: the file may be from a stranger, or old."""
    sites, selectors = load(folder).sites, read_selectors(folder)
    faults = [f"no site `{one}` in the data folder" for one in accepted if one not in sites.index]
    for site_id, outlines in accepted.items():
        if site_id not in sites.index:
            continue
        record = sites.loc[site_id].to_dict()
        for one in outlines:
            _, fault = remeasured(one, record, selectors.get(site_id))
            if fault == "refused":
                what = f"refused before; take it out of the column `refused` of {SELECTORS} first"
                faults.append(f"`{site_id}={one.object}`: {what}")
            elif fault:
                faults.append(f"`{site_id}={one.object}`: {UNFIT[fault]}; fetch them again")
    if faults:
        raise TracingError("; ".join(faults))


def _joined(site_id: str, outlines: Iterable[Proposal]) -> BaseGeometry:
    outline = joined([one.geometry for one in outlines])
    if outline is None:
        raise TracingError(f"the outlines chosen for `{site_id}` do not make a sound one")
    return outline


def _trace(
    feature: dict[str, Any],
    outlines: Sequence[Proposal],
    outline: BaseGeometry,
    state: str,
    accuracy_m: float,
) -> None:
    fields = feature["properties"]
    stated = fields["area_ha"]
    if stated is not None and fields["geometry_method"] not in TRUE_OUTLINES:
        for lang, text in _STATED.items():
            note, area = fields[f"note_{lang}"], f"{stated:g}"
            area = area.replace(".", ",") if lang == "ru" else area
            fields[f"note_{lang}"] = " ".join(filter(None, (note, text.format(area=area))))
    objects = {lang: ", ".join(_named(one, lang) for one in outlines) for lang in _BASIS}
    before = _BASIS_BEFORE.fullmatch(fields["position_basis_en"] or "")
    left = [] if before is None else [object_url(one) for one in _OBJECT.findall(before["objects"])]
    kept = (url for url in fields["source_urls"] if url not in left)
    urls = (*kept, *(one.url for one in outlines))
    fields.update(
        geometry_method="traced",
        area_ha=round(measured_ha(outline), 2),
        position_accuracy_m=_whole(accuracy_m),
        position_basis_ru=_BASIS["ru"].format(objects=objects["ru"], state=state),
        position_basis_en=_BASIS["en"].format(objects=objects["en"], state=state),
        source_urls=list(dict.fromkeys(urls)),
    )
    feature["geometry"] = _geojson(outline)


def _named(one: Proposal, lang: str) -> str:
    return one.object if one.repaired_ha is None else f"{one.object} ({_REPAIRED[lang]})"


def _follow(path: Path, moved: Mapping[str, BaseGeometry]) -> bool:
    """Move the projects that borrow the place of their site; tell whether there were any."""
    document = _read(path)
    any_moved = False
    for feature in document["features"]:
        fields = feature["properties"]
        outline = moved.get(fields["site_id"])
        if outline is None or fields["geometry_method"] != "position_of_site":
            continue
        place, error_m = _place_within(outline)
        fields["position_accuracy_m"] = _whole(error_m)
        feature["geometry"] = _geojson(place)
        any_moved = True
    _write(path, document)
    return any_moved


def _place_within(outline: BaseGeometry) -> tuple[BaseGeometry, float]:
    """Return a point inside, and how far off anything inside can be: to the farthest corner."""
    ground = to_metres(gpd.GeoSeries([outline], crs=DEGREES))[0]
    inside = ground.representative_point()
    corners = shapely.points(shapely.get_coordinates(ground))
    farthest = float(shapely.distance(inside, corners).max())
    place = to_degrees(gpd.GeoSeries([inside], crs=METRES))[0]
    return stored(place), math.ceil(farthest / _STEP_M) * _STEP_M


def _whole(value: float) -> float | int:
    return int(value) if float(value).is_integer() else value


def _geojson(geometry: BaseGeometry) -> dict[str, Any]:
    # A round trip through JSON turns tuples into the lists that the file holds.
    written: dict[str, Any] = json.loads(json.dumps(mapping(geometry)))
    return written


def _read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def _write(path: Path, document: dict[str, Any]) -> None:
    if _read(path) != document:
        path.write_text(as_text(document), encoding="utf-8")
