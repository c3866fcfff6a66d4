"""The numbers of an assessment as a table to write, with all that made them."""

import hashlib
from collections.abc import Iterator
from typing import Any

import pandas as pd

from geo.access.content import inputs
from geo.dictionary import Column
from geo.export.content import Content
from geo.indicators.assessment import Assessment
from geo.indicators.estimate import NOTICE, Estimate, Interval
from geo.indicators.land_consumption import LandConsumption
from geo.provenance.origin import Notice, Origin
from geo.snapshot import FILE, Snapshot

KIND = "indicator"
"""Of the operation, in a provenance document."""

COLUMNS = (
    Column("id", "text", description_en="Key of the row", description_ru="Ключ строки"),
    Column("indicator", "text", description_en="SDG indicator", description_ru="Показатель ЦУР"),
    Column(
        "border",
        "text",
        description_en="Border: urban_centre, administrative_city or agglomeration",
        description_ru="Граница: urban_centre, administrative_city или agglomeration",
    ),
    Column(
        "part",
        "text",
        description_en="value, component, assumption, sensitivity or not_computed",
        description_ru="value — значение, component — составляющая, assumption — допущение, "
        "sensitivity — чувствительность, not_computed — не вычислено",
    ),
    Column(
        "name",
        "text",
        description_en="Name of the measure, its unit at the end",
        description_ru="Имя величины, в конце — единица",
    ),
    Column(
        "choice",
        "text",
        description_en="For sensitivity: what was changed, and to what",
        description_ru="Для чувствительности: что и на что изменено",
    ),
    Column("low", "number", description_en="Lower bound", description_ru="Нижняя граница"),
    Column("high", "number", description_en="Upper bound", description_ru="Верхняя граница"),
    Column("text", "text", description_en="What is no number", description_ru="То, что не число"),
)
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
        rows,
        assessment.snapshot,
        operation={
            "indicators": "all",
            **({"raster": dict(assessment.raster)} if assessment.raster else {}),
        },
        title_ru="Показатели ЦУР 11",
        title_en="SDG 11 indicators",
    )


def content_of_estimate(estimate: Estimate, snapshot: Snapshot) -> Content:
    """Return the rows of one estimate."""
    return _content(
        list(_rows(estimate)),
        snapshot,
        operation={"indicators": estimate.indicator, "border": estimate.border},
        title_ru=f"Показатель ЦУР {estimate.indicator}",
        title_en=f"SDG indicator {estimate.indicator}",
    )


def content_of_rates(found: LandConsumption) -> Content:
    """Return 11.3.1 from numbers that somebody gave, which are told in the operation."""
    values = {
        "lcr_per_year": found.lcr,
        "pgr_per_year": found.pgr,
        "ratio": found.ratio if found.interpretable else None,
        "built_per_person_before": found.built_per_person[0],
        "built_per_person_after": found.built_per_person[1],
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
        origin=Origin({"kind": KIND, "indicators": "11.3.1", **given}, (), warnings=(_ESTIMATE,)),
        key="id",
        columns=COLUMNS,
    )


def snapshot_sha256(snapshot: Snapshot) -> str:
    """Return the sha256 of `snapshot.toml`, which holds those of all its files."""
    return hashlib.sha256((snapshot.folder / FILE).read_bytes()).hexdigest()


_ESTIMATE = Notice("estimate", NOTICE)


def _content(
    rows: list[dict[str, Any]],
    snapshot: Snapshot,
    *,
    operation: dict[str, Any],
    title_ru: str,
    title_en: str,
) -> Content:
    about = snapshot.about
    notices = (_ESTIMATE, *([Notice("example", about.notice_en)] if about.is_example else []))
    return Content(
        _table(rows),
        title_ru=f"{title_ru}: {about.title_ru}",
        title_en=f"{title_en}: {about.title_en}",
        origin=Origin(
            {
                "kind": KIND,
                "snapshot": about.id,
                "snapshot_sha256": snapshot_sha256(snapshot),
                **operation,
            },
            inputs(snapshot),
            warnings=notices,
        ),
        key="id",
        columns=COLUMNS,
    )


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
