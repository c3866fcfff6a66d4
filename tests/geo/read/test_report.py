import pytest

from geo.errors import ReportError
from geo.read import Finding, Report
from geo.read.report import refused

DROPPED = Finding("not_finite", 3, "c", "geometry")
REPAIRED = Finding("value_not_finite", 1, "a", "price", {"found": "NaN"})
WARNING = Finding("null_geometry", 2)


def test_rows_in_are_rows_kept_and_rows_dropped():
    report = Report("f", 3, 2, repaired=(REPAIRED,), dropped=(DROPPED,), warnings=(WARNING,))
    assert Report.from_json(report.to_json()) == report
    assert next(finding.code for finding in report) == "not_finite"


@pytest.mark.parametrize(
    "fields",
    [
        {"rows_in": 3, "kept": 3, "dropped": (DROPPED,)},
        {"rows_in": 3, "kept": 2},
        {"rows_in": 2, "kept": 0, "dropped": (DROPPED, DROPPED)},
        {"rows_in": 1, "kept": 0, "dropped": (Finding("not_finite"),)},
        {"rows_in": 1, "kept": 1, "rejected": Finding("empty_file")},
        {"rows_in": 0, "kept": 0, "repaired": (WARNING,)},
        {"rows_in": 0, "kept": 0, "warnings": (REPAIRED,)},
        {"rows_in": 0, "kept": 0, "rejected": WARNING},
    ],
)
def test_a_report_that_does_not_account_for_all_cannot_be(fields):
    with pytest.raises(ReportError):
        Report("f", **fields)


def test_a_finding_knows_its_code_and_carries_its_values():
    with pytest.raises(ReportError, match="no code"):
        Finding("no_such_code")
    with pytest.raises(ReportError, match="found_mb"):
        Finding("too_big", values={"limit_mb": 50})


@pytest.mark.parametrize(
    ("report", "expected"),
    [
        (Report("f", 1, 1, warnings=(WARNING,)), 0),
        (Report("f", 1, 1, repaired=(REPAIRED,)), 1),
        (Report("f", 1, 0, dropped=(DROPPED,)), 1),
        (refused("f", "empty_file"), 2),
    ],
)
def test_exit_code(report, expected):
    assert report.exit_code == expected


def test_json_has_the_promised_shape():
    report = Report("f", 3, 2, repaired=(REPAIRED,), dropped=(DROPPED,), warnings=(WARNING,))
    document = report.to_json()
    assert {"file", "rows_in", "kept", "repaired", "dropped", "warnings", "rejected"} <= set(
        document
    )
    for entry in document["repaired"] + document["dropped"] + document["warnings"]:
        assert {"row", "id", "field", "code", "reason", "action"} <= set(entry)
    assert document["rejected"] is None
    assert refused("f", "empty_file").to_json()["rejected"].startswith("the file is empty")
