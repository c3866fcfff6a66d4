"""The isochrones of a place as something to write, with all that made them."""

import geopandas as gpd
import pandas as pd

from geo.access.answer import Access
from geo.crs import to_degrees
from geo.export.content import Content
from geo.indicators.estimate import NOTICE
from geo.provenance.origin import Input, Notice, Origin
from geo.snapshot import Snapshot

KIND = "access"
"""Of the operation, in a provenance document."""


def content_of(answer: Access) -> Content:
    """Return a row for each number of minutes and bound, as `geo.export.write` takes it."""
    table = to_degrees(answer.ground)
    table.insert(
        0, "id", [f"{m}-{b}" for m, b in zip(table["minutes"], table["bound"], strict=True)]
    )
    for name, curve in answer.reach.items():
        table[name] = [
            float(curve.loc[int(m), b])
            for m, b in zip(table["minutes"], table["bound"], strict=True)
        ]
    about = answer.snapshot.about
    notices = [Notice("estimate", NOTICE)]
    notices += [Notice("example", about.notice_en)] if about.is_example else []
    notices += [Notice("not_computed", text) for text in answer.not_computed]
    return Content(
        gpd.GeoDataFrame(pd.DataFrame(table), geometry="geometry", crs=table.crs),
        title_ru=f"Доступность: {answer.place.name_ru} ({about.title_ru})",
        title_en=f"Access: {answer.place.name_en} ({about.title_en})",
        origin=Origin(
            {
                "kind": KIND,
                "snapshot": about.id,
                "place": answer.place.id,
                "mode": answer.network.mode,
                "minutes": list(answer.minutes),
                "walk_m_s": answer.network.walk_m_s,
            },
            inputs(answer.snapshot),
            counts={"candidates": answer.candidates, "used": answer.used},
            warnings=tuple(notices),
        ),
        key="id",
    )


def inputs(snapshot: Snapshot) -> tuple[Input, ...]:
    """Return every file of a snapshot as an input of what was computed on it."""
    about = snapshot.about
    return tuple(
        Input(
            name=f"{about.id}/{entry.path}",
            kind="file",
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
