"""What the findings of a report add up to, and where on the map they are."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from geo.places import Near
from geo.read import Finding, Outcome, Report

LEAST_RADIUS_M = 150
"""Of the surroundings of a place that are shown."""

_METRES_OF_DEGREE = 111_320
_DECIMALS = 6


@dataclass(frozen=True)
class Tally:
    """How many rows a file had and what became of them.

    Parameters
    ----------
    rows_in, kept, dropped
        Rows; `rows_in` is the sum of the other two.
    repaired
        Rows among those kept that were changed.
    warnings
        Findings that changed nothing, those that the report only counts included.
    """

    rows_in: int
    kept: int
    dropped: int
    repaired: int
    warnings: int

    @property
    def untouched(self) -> int:
        """Rows kept as they were."""
        return self.kept - self.repaired


def tally(report: Report) -> Tally:
    """Count what became of the rows.

    Where the report only counts the rows of some repairs, `repaired` is the least number that they
    can be together, as these rows may be the same.
    """
    rows = {finding.row for finding in report.repaired if finding.row is not None}
    counted = [_count(finding) for finding in report.repaired if finding.row is None]
    return Tally(
        rows_in=report.rows_in,
        kept=report.kept,
        dropped=len(report.dropped),
        repaired=min(report.kept, max([len(rows), *counted])),
        warnings=sum(
            _count(finding) if finding.code == "more_of_the_same" else 1
            for finding in report.warnings
        ),
    )


def select(
    report: Report, *, outcome: Outcome | None = None, code: str | None = None
) -> list[Finding]:
    """Return the findings with this outcome and this code, the gravest first."""
    return [
        finding
        for finding in report
        if outcome in (None, finding.outcome) and code in (None, finding.code)
    ]


def codes(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how often each code occurs, the most frequent first."""
    return dict(Counter(finding.code for finding in findings).most_common())


def place_of(
    finding: Finding,
    frame: gpd.GeoDataFrame | None,
    rows: npt.NDArray[np.int64] | None,
) -> Near | None:
    """Return where a finding is: the place that it names, else that of its row, if it was kept.

    The radius holds the whole of the row.

    Parameters
    ----------
    finding
        What was found.
    frame, rows
        The rows that were kept, EPSG:4326, and the number of each in the file, ascending; None if
        there are none.
    """
    return _named(finding) or _of_row(finding, frame, rows)


def _count(finding: Finding) -> int:
    return int(finding.values.get("count", 0))


def _named(finding: Finding) -> Near | None:
    lon, lat = finding.values.get("lon"), finding.values.get("lat")
    if not isinstance(lon, int | float) or not isinstance(lat, int | float):
        return None
    inside = -180 <= lon <= 180 and -90 <= lat <= 90
    return _near(lon, lat, 0) if inside else None


def _of_row(
    finding: Finding,
    frame: gpd.GeoDataFrame | None,
    rows: npt.NDArray[np.int64] | None,
) -> Near | None:
    if finding.row is None or frame is None or rows is None:
        return None
    at = int(np.searchsorted(rows, finding.row))
    if at == len(rows) or rows[at] != finding.row:
        return None
    shape = frame.geometry.iloc[at]
    if shape is None or shape.is_empty:
        return None
    west, south, east, north = shape.bounds
    middle = (south + north) / 2
    half = np.hypot((east - west) * np.cos(np.radians(middle)), north - south) / 2
    return _near((west + east) / 2, middle, half * _METRES_OF_DEGREE)


def _near(lon: float, lat: float, metres: float) -> Near:
    radius = max(LEAST_RADIUS_M, int(np.ceil(metres * 1.1)))
    return Near(round(lon, _DECIMALS), round(lat, _DECIMALS), radius)
