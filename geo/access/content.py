"""The isochrones of places as something to write, with all that made them."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, get_args

import geopandas as gpd
import pandas as pd
import shapely

from geo import dataset
from geo.access.answer import Access, access
from geo.access.columns import COLUMNS
from geo.access.demand import demand
from geo.access.place import Place, find_place
from geo.access.reach import union_of
from geo.crs import METRES, to_degrees
from geo.errors import ProvenanceError
from geo.export.content import Content
from geo.indicators.estimate import NOTICE
from geo.network import Mode, Speeds
from geo.provenance.origin import Input, Notice, Origin, layer_input
from geo.snapshot import Snapshot

if TYPE_CHECKING:  # it imports this module to compute again
    from geo.replay.sources import Sources

KIND = "access"
"""Of the operation, in a provenance document."""

_MOST = 100
"""Places, or numbers of minutes, of a document."""

ANY = "any"
"""Stands in the column `place` for the places together, each person counted once."""


def content_of(answer: Access, *others: Access) -> Content:
    """Return a row for each place, number of minutes and bound, as `geo.export.write` takes it.

    Parameters
    ----------
    answer, others
        Of one snapshot, mode and list of minutes. Of several, rows of all of them together follow.
    """
    answers = (answer, *others)
    rows = [row for one in answers for row in _rows(one)]
    if others:
        rows += _together(answers)
    table = to_degrees(gpd.GeoDataFrame(rows, geometry="geometry", crs=METRES))
    about, network = answer.snapshot.about, answer.network
    notices = [Notice("estimate", NOTICE)]
    notices += [Notice("example", about.notice_en)] if about.is_example else []
    notices += [Notice("not_computed", text) for text in answer.not_computed]
    layers = sorted({one for each in answers for one in _layers(each.snapshot, each.place)})
    catalog = dataset.shared().catalog
    return Content(
        gpd.GeoDataFrame(pd.DataFrame(table), geometry="geometry", crs=table.crs),
        title_ru=f"Доступность: {'; '.join(a.place.name_ru for a in answers)} ({about.title_ru})",
        title_en=f"Access: {'; '.join(a.place.name_en for a in answers)} ({about.title_en})",
        origin=Origin(
            {
                "kind": KIND,
                "snapshot": about.id,
                "places": [one.place.id for one in answers],
                "mode": network.mode,
                "minutes": list(answer.minutes),
                "walk_m_s": network.walk_m_s,
            },
            (*inputs(answer.snapshot), *(layer_input(catalog[layer]) for layer in layers)),
            release=dataset.shared().release if layers else "",
            counts={
                "candidates": sum(one.candidates for one in answers),
                "used": sum(one.used for one in answers),
            },
            warnings=tuple(notices),
        ),
        key="id",
        columns=COLUMNS,
    )


def inputs(snapshot: Snapshot) -> tuple[Input, ...]:
    """Return every file of a snapshot as an input of what was computed on it."""
    about = snapshot.about
    return tuple(
        Input(
            name=entry.path,
            kind="snapshot",
            sha256=entry.sha256,
            rows=entry.rows,
            crs="EPSG:4326",
            licence=about.licence,
            attribution_ru=(about.attribution_ru,),
            attribution_en=(about.attribution_en,),
            date=about.retrieved,
        )
        for entry in snapshot.entries.values()
    )


def again(operation: Mapping[str, Any], sources: "Sources") -> Content:
    """Compute the access of a provenance document again.

    Raises
    ------
    ProvenanceError
        If the operation is not one of access.
    GeoError
        If a place is refused, as by `geo.access.access`.
    """
    mode, walk_m_s = operation.get("mode"), operation.get("walk_m_s")
    places: list[str] = _list_of(operation, "places", str)
    minutes: list[int] = _list_of(operation, "minutes", int)
    if mode not in get_args(Mode) or not isinstance(walk_m_s, int | float):
        raise ProvenanceError("operation: `mode` must be walk or drive, `walk_m_s` a number")
    snapshot = sources.require_snapshot()
    answers = [
        access(
            snapshot,
            find_place(snapshot, place),
            mode="drive" if mode == "drive" else "walk",
            minutes=minutes,
            speeds=Speeds(walk_m_s=walk_m_s),
        )
        for place in places
    ]
    return content_of(*answers)


def _list_of(operation: Mapping[str, Any], name: str, kind: type) -> Any:
    found = operation.get(name)
    if isinstance(found, list) and 0 < len(found) <= _MOST and all(type(x) is kind for x in found):
        return found
    raise ProvenanceError(f"operation.{name}: must be a list of 1 to {_MOST}")


def _rows(answer: Access) -> Iterator[dict[str, Any]]:
    place = answer.place
    names = {"place": place.id, "name_ru": place.name_ru, "name_en": place.name_en}
    return _counted(names, answer.ground, answer.reach)


def _counted(
    names: dict[str, str], ground: gpd.GeoDataFrame, reach: Mapping[str, pd.DataFrame]
) -> Iterator[dict[str, Any]]:
    for minutes, bound, shape in zip(
        ground["minutes"], ground["bound"], ground.geometry, strict=True
    ):
        counts = {name: float(curve.loc[int(minutes), bound]) for name, curve in reach.items()}
        yield {
            "id": f"{names['place']} {minutes} {bound}",
            **names,
            "minutes": minutes,
            "bound": bound,
            **counts,
            "geometry": shape,
        }


def _together(answers: tuple[Access, ...]) -> Iterator[dict[str, Any]]:
    """Yield the rows of all places together; surely reached is what is so from any of them."""
    wanted = demand(answers[0].snapshot)
    reached = [one.reached for one in answers]
    reach = {name: union_of(reached, name, wanted.of(name)) for name in wanted.parts}
    rows = []
    uncertain = any((one.ground["bound"] == "low").any() for one in answers)
    for minutes in answers[0].minutes:
        for bound in ("high", "low") if uncertain else ("high",):
            shapes = [_ground(one, minutes, bound) for one in answers]
            rows.append({"minutes": minutes, "bound": bound, "geometry": shapely.union_all(shapes)})
    names = {"place": ANY, "name_ru": "любая из площадок", "name_en": "any of the places"}
    return _counted(names, gpd.GeoDataFrame(rows, geometry="geometry", crs=METRES), reach)


def _ground(answer: Access, minutes: int, bound: str) -> Any:
    """Return the ground of one bound; where a place is certain both bounds have the same."""
    of_minutes = answer.ground[answer.ground["minutes"] == minutes].set_index("bound").geometry
    return of_minutes.get(bound, of_minutes["high"])


def _layers(snapshot: Snapshot, place: Place) -> list[str]:
    """Return the layer of the dataset that a place was taken from, if from one."""
    own = "sites" in snapshot and place.id in set(snapshot.layer("sites")["id"])
    known = place.id in dataset.shared().sites.index and not own
    return [str(place.park_type)] if known else []
