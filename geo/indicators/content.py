"""The numbers of an assessment as a table to write, with all that made them."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import geopandas as gpd
import pandas as pd

from geo.access.content import inputs
from geo.crs import METRES, to_degrees
from geo.dictionary import Column
from geo.export.content import Content
from geo.indicators.assessment import Assessment
from geo.indicators.columns import COLUMNS, OF_CENTRES
from geo.indicators.degurba import Centre
from geo.indicators.estimate import NOTICE, Estimate, Interval
from geo.indicators.land_consumption import LandConsumption
from geo.provenance.origin import Input, Notice, Origin
from geo.snapshot import FILE, Snapshot

KIND = "indicator"
"""Of the operation, in a provenance document."""

ALL, TRANSPORT, RATES, SPACE, CENTRES = "all", "11.2.1", "11.3.1", "11.7.1", "urban_centres"
"""What `indicators` of an operation says."""

_PLAIN = [column.name for column in COLUMNS]


def content_of(assessment: Assessment) -> Content:
    """Return a row for each value, component, assumption, variant and gap of an assessment."""
    rows = [row for one in assessment.estimates for row in _rows(one)]
    rows += list(_sensitivity_rows(assessment))
    rows += [
        _row(gap.indicator, gap.border, "not_computed", gap.code, text=gap.what)
        for gap in assessment.gaps
    ]
    return _content(
        _table(rows),
        assessment.snapshot,
        assessment.raster,
        operation={"indicators": ALL},
        title_ru="Показатели ЦУР 11",
        title_en="SDG 11 indicators",
    )


def content_of_estimate(
    estimate: Estimate,
    snapshot: Snapshot,
    *,
    raster: Mapping[str, Any],
    groups: Sequence[str] = (),
) -> Content:
    """Return the rows of one estimate.

    Parameters
    ----------
    estimate, snapshot
        What was computed, and on what.
    raster
        `attrs` of the people of `geo.indicators.raster.people_of`; empty for the snapshot's own.
    groups
        Columns of people that were asked for.
    """
    return _content(
        _table(list(_rows(estimate))),
        snapshot,
        raster,
        operation={
            "indicators": estimate.indicator,
            "border": estimate.border,
            **({"groups": list(groups)} if groups else {}),
        },
        title_ru=f"Показатель ЦУР {estimate.indicator}",
        title_en=f"SDG indicator {estimate.indicator}",
    )


def content_of_rates(found: LandConsumption) -> Content:
    """Return 11.3.1 from numbers that somebody gave, which are told in the operation."""
    values = {
        "lcr_per_year": found.lcr,
        "pgr_per_year": found.pgr,
        "ratio": found.ratio,
        "built_before_m2_per_person": found.built_per_person[0],
        "built_after_m2_per_person": found.built_per_person[1],
        "total_change": found.total_change,
    }
    given = {"built": list(found.built), "population": list(found.population), "years": found.years}
    rows = [_row("11.3.1", "", "value", name, low=v, high=v) for name, v in values.items()]
    rows.append(_row("11.3.1", "", "value", "reading", text=found.reading))
    if not found.interpretable:
        rows.append(_row("11.3.1", "", "not_computed", "ratio", text="not interpretable"))
    return Content(
        _table(rows),
        title_ru="Показатель ЦУР 11.3.1",
        title_en="SDG indicator 11.3.1",
        origin=Origin({"kind": KIND, "indicators": RATES, **given}, (), warnings=(_ESTIMATE,)),
        key="id",
        columns=COLUMNS,
    )


def content_of_centres(
    centres: Sequence[Centre], snapshot: Snapshot, *, raster: Mapping[str, Any]
) -> Content:
    """Return a row for each urban centre with its ground; `raster` as of `content_of_estimate`."""
    table = gpd.GeoDataFrame(
        {
            "id": [f"{number:04d}" for number in range(1, len(centres) + 1)],
            "people": [one.people for one in centres],
            "km2": [one.cells for one in centres],
        },
        geometry=[one.shape for one in centres],
        crs=METRES,
    )
    return _content(
        to_degrees(table),
        snapshot,
        raster,
        operation={"indicators": CENTRES},
        title_ru="Городские центры по степени урбанизации",
        title_en="Urban centres by the Degree of Urbanisation",
        columns=OF_CENTRES,
    )


def snapshot_sha256(snapshot: Snapshot) -> str:
    """Return the sha256 of `snapshot.toml`, which holds those of all its files."""
    return hashlib.sha256((snapshot.folder / FILE).read_bytes()).hexdigest()


_ESTIMATE = Notice("estimate", NOTICE)


def _content(
    table: pd.DataFrame,
    snapshot: Snapshot,
    raster: Mapping[str, Any],
    *,
    operation: dict[str, Any],
    title_ru: str,
    title_en: str,
    columns: Sequence[Column] = COLUMNS,
) -> Content:
    about = snapshot.about
    notices = (_ESTIMATE, *([Notice("example", about.notice_en)] if about.is_example else []))
    told = {name: value for name, value in raster.items() if name != "sha256"}
    return Content(
        table,
        title_ru=f"{title_ru}: {about.title_ru}",
        title_en=f"{title_en}: {about.title_en}",
        origin=Origin(
            {
                "kind": KIND,
                "snapshot": about.id,
                "snapshot_sha256": snapshot_sha256(snapshot),
                **operation,
                **({"raster": told} if raster else {}),
            },
            (*inputs(snapshot), *_raster_input(raster)),
            warnings=notices,
        ),
        key="id",
        columns=columns,
    )


def _raster_input(raster: Mapping[str, Any]) -> Iterator[Input]:
    """Yield the raster that people are from, if it is known which, as a file of the viewer's."""
    if "sha256" in raster:
        yield Input(raster["name"], "file", raster["sha256"], crs=raster["crs"])


def _table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=_PLAIN[1:])
    for end in ("low", "high"):
        table[end] = table[end].astype(float)
    table.insert(0, "id", [f"{number:04d}" for number in range(1, len(table) + 1)])
    return table


def _rows(estimate: Estimate) -> Iterator[dict[str, Any]]:
    at = (estimate.indicator, estimate.border)
    for part, items in (
        ("value", estimate.values),
        ("component", estimate.components),
        ("assumption", estimate.assumptions),
    ):
        for name, value in items.items():
            yield _row(*at, part, name, **_ends(value))
    for text in estimate.not_computed:
        yield _row(*at, "not_computed", "", text=text)


def _ends(value: Interval | float | str) -> dict[str, Any]:
    if isinstance(value, Interval):
        return {"low": value.low, "high": value.high}
    return {"text": value} if isinstance(value, str) else {"low": value, "high": value}


def _sensitivity_rows(assessment: Assessment) -> Iterator[dict[str, Any]]:
    indicator = {
        (one.border, name): one.indicator for one in assessment.estimates for name in one.values
    }
    for (border, measure), table in assessment.sensitivities.items():
        for choice, row in table.iterrows():
            yield _row(
                indicator[border, measure],
                border,
                "sensitivity",
                measure,
                choice=f"{choice}: {row['low_at']}, {row['high_at']}",
                low=row["low"],
                high=row["high"],
            )


def _row(indicator: str, border: str, part: str, name: str, **rest: Any) -> dict[str, Any]:
    return {"indicator": indicator, "border": border, "part": part, "name": name, **rest}
