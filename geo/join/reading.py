"""What reading a file did to a layer before it could be joined, by the report of the reading."""

from geo.densify import LONGEST_M
from geo.read import Finding, Report


def system_before(report: Report | None) -> str:
    """Return the coordinate system that the file was in; "" if it was not reprojected."""
    found = _finding(report, "reprojected")
    return "" if found is None else str(found.values["crs"])


def longest_m(report: Report | None) -> float | None:
    """Return the longest edge that was reprojected in one piece; None if nothing was."""
    if _finding(report, "reprojected") is None:
        return None
    found = _finding(report, "densified")
    return LONGEST_M if found is None else float(found.values["longest_m"])


def _finding(report: Report | None, code: str) -> Finding | None:
    repaired = () if report is None else report.repaired
    return next((finding for finding in repaired if finding.code == code), None)
