"""Every file of the corpus through the library's door and the command line, against one table."""

import math
import os
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from geo.dataset import Dataset, load
from geo.read import CODES, Limits, Outcome, Reader, Reading, known_ids
from tests.corpus.build import packed_text
from tests.corpus.doors import ROOT, Answer, read_all, validate, validate_here
from tests.corpus.table import LIMITS, Case, cases, lay_out, outcome

pytestmark = pytest.mark.slow

NOT_IN_A_FILE = {
    "busy": "other files being read, see tests/geo/test_uploads.py",
    "cancelled": "a wish of the viewer, see tests/geo/read",
    "crashed": "means a fault of ours",
    "out_of_time": "means waiting in every run, see tests/geo/read",
    "not_a_file": "see test_what_is_no_file",
    "not_readable": "see test_what_is_no_file",
    "dataset_broken": "of the dataset as a whole",
    "schema": "of the dataset as a whole",
    "more_of_the_same": "takes 1,000 findings",
}
"""Codes that no small file can be given."""

OURS_ALONE = ("Traceback", "geo/read", "site-packages", "atlas-read-", "GDAL", "Arrow")
"""Words that a report about somebody else's file never holds."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    lay_out(folder)
    return folder


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return load()


@pytest.fixture(scope="module")
def plain(folder: Path) -> Iterator[Future[Answer]]:
    """Start `validate` on all that need no options; it runs while the library reads the same."""
    names = [case.name for case in cases() if not case.options and not case.limits]
    with ThreadPoolExecutor(1) as pool:
        yield pool.submit(validate, names, folder)


@pytest.fixture(scope="module")
def readings(
    folder: Path, dataset: Dataset, plain: Future[Answer]
) -> dict[str, Reading | Exception]:
    return read_all(cases(), folder, known_ids(dataset))


@pytest.fixture(scope="module")
def answers(folder: Path, plain: Future[Answer]) -> list[tuple[list[Case], Answer]]:
    """Return what `validate` says, one call for each set of options."""

    def call(case: Case) -> tuple[str, str]:
        return case.limits, repr(case.options)

    said = []
    for _, same in groupby(sorted(cases(), key=call), call):
        group = list(same)
        first = group[0]
        if first.options or first.limits:
            names = [case.name for case in group]
            limits = LIMITS[first.limits]
            answer = validate_here(names, folder, options=first.options, limits=limits)
        else:
            answer = plain.result()
        said.append((group, answer))
    return said


def test_there_are_enough_files_and_each_is_in_the_table(folder: Path) -> None:
    laid = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert laid == {case.name for case in cases()}
    assert len(laid) >= 150
    committed = (ROOT / "tests" / "corpus" / "files").rglob("*.*")
    assert max(path.stat().st_size for path in committed) < 21_000


def test_every_code_has_a_file() -> None:
    expected: set[str] = set()
    for case in cases():
        expected |= {case.expected["rejected"]} - {None}
        for part in ("dropped", "repaired", "warnings"):
            expected |= case.expected[part].keys()
    assert expected <= CODES.keys()
    assert CODES.keys() - expected == NOT_IN_A_FILE.keys()


def test_the_table_obeys_conservation() -> None:
    for case in cases():
        dropped = sum(map(len, case.expected["dropped"].values()))
        assert case.expected["rows_in"] == case.expected["kept"] + dropped, case.name


@pytest.mark.parametrize("case", cases(), ids=lambda case: ascii(case.name)[1:-1])
def test_the_reader_gives_what_the_table_says(
    case: Case, readings: dict[str, Reading | Exception]
) -> None:
    reading = readings[case.name]
    if isinstance(reading, Exception):
        raise reading
    report = reading.report.to_json()
    assert outcome(report) == case.expected, [str(f.reason) for f in reading.report]
    assert report["file"] == case.name
    if case.expected["rejected"]:
        assert reading.frame is None
        return
    _assert_sound(reading)
    assert reading.frame is not None
    for column, values in case.holds.items():
        assert reading.frame[column].tolist() == values


def _assert_sound(reading: Reading) -> None:
    """Whatever came in: valid shapes in degrees, and each row is here or told of as dropped."""
    frame, rows, report = reading.frame, reading.rows, reading.report
    assert frame is not None
    assert rows is not None
    assert frame.crs == "EPSG:4326"
    assert len(frame) == len(rows) == report.kept
    dropped = {finding.row for finding in report.dropped}
    assert sorted(dropped | set(rows.tolist())) == list(range(1, report.rows_in + 1))
    assert not dropped & set(rows.tolist())
    assert list(rows) == sorted(rows)
    shapes = frame.geometry.dropna()
    assert shapes.is_valid.all()
    assert not shapes.is_empty.any()
    assert not shapes.has_z.any()
    if len(shapes):
        west, south, east, north = shapes.total_bounds
        assert -180 <= west <= east <= 180
        assert -90 <= south <= north <= 90
    for finding in report:
        assert finding.reason
        assert finding.action
        assert all(math.isfinite(v) for v in finding.values.values() if isinstance(v, float))


def test_the_command_line_gives_what_the_table_says(
    answers: list[tuple[list[Case], Answer]],
) -> None:
    wrong = {}
    for group, answer in answers:
        assert [file["file"] for file in answer.files] == [case.name for case in group]
        for case, file in zip(group, answer.files, strict=True):
            assert file["rows_in"] == file["kept"] + len(file["dropped"])
            assert bool(file["rejected"]) == bool(file["rejected_code"])
            if outcome(file) != case.expected:
                wrong[case.name] = outcome(file)
    assert not wrong


def test_the_command_line_ends_with_the_gravest_code(
    answers: list[tuple[list[Case], Answer]],
) -> None:
    def code(expected: Mapping[str, Any]) -> int:
        if expected["rejected"]:
            return 2
        return 1 if expected["dropped"] or expected["repaired"] else 0

    for group, answer in answers:
        assert answer.exit_code == max(code(case.expected) for case in group)


def test_the_command_line_shows_no_path_trace_or_driver(
    answers: list[tuple[list[Case], Answer]], folder: Path
) -> None:
    for _, answer in answers:
        assert not answer.errors
        for file in answer.files:
            # Excerpts of the file are shown on purpose: what they hold is no secret of ours.
            words = [finding["reason"] for part in PARTS for finding in file[part]]
            for text in [*words, file["rejected"] or ""]:
                assert str(folder) not in text
                assert not [word for word in OURS_ALONE if word in text], (file["file"], text)


PARTS = ("repaired", "dropped", "warnings")


def test_the_text_for_people(folder: Path) -> None:
    names = ["valid/point.geojson", "geometry/bow-tie.geojson", "syntax/empty.geojson"]
    hostile = ["names/escape\u001b[2J.geojson", "names/[bold red]rich[/bold red].geojson"]
    answer = validate_here([*names, *hostile], folder, as_json=False)
    assert (answer.exit_code, answer.errors) == (2, "")
    assert "[self_intersection]" in answer.out
    assert "[empty_file]" in answer.out
    assert "[bold red]rich[/bold red].geojson" in answer.out
    assert "\u001b[2J" not in answer.out


def test_what_is_no_file(folder: Path) -> None:
    os.mkfifo(folder / "pipe.geojson")
    (folder / "folder.geojson").mkdir()
    (folder / "link-to-nothing.geojson").symlink_to("nothing")
    (folder / "link.geojson").symlink_to("valid/point.geojson")
    strange = os.fsencode(folder) + b"/\xff.geojson"
    Path(os.fsdecode(strange)).write_bytes((folder / "valid/point.geojson").read_bytes())
    try:
        names = ["pipe.geojson", "folder.geojson", "link-to-nothing.geojson", "nothing.geojson", ""]
        with Reader(Limits()) as reader:
            for name in [*names, "nul\0.geojson", "a" * 5_000 + ".geojson"]:
                report = reader.read(folder / name, name=name).report
                assert report.rejected is not None
                assert report.rejected.code in {"not_a_file", "not_readable"}
        answer = validate_here([*names, "link.geojson", "\udcff.geojson"], folder)
        assert answer.exit_code == 2
        assert [file["kept"] for file in answer.files] == [0, 0, 0, 0, 0, 1, 1]
    finally:
        for name in ("pipe.geojson", "link-to-nothing.geojson", "link.geojson"):
            (folder / name).unlink()
        (folder / "folder.geojson").rmdir()
        Path(os.fsdecode(strange)).unlink()


def test_much_text_in_a_few_bytes_ends_in_a_refusal() -> None:
    with Reader(Limits(memory_mb=1_000)) as reader:
        report = reader.read(packed_text(), name="layer.parquet").report
        assert report.rejected is not None
        assert report.rejected.code == "out_of_memory"


def test_an_offered_encoding_can_be_named(
    folder: Path, readings: dict[str, Reading | Exception]
) -> None:
    offers = {
        name: str(reading.report.rejected.values["offer"])
        for name, reading in readings.items()
        if isinstance(reading, Reading)
        and reading.report.rejected
        and reading.report.rejected.code == "not_utf8"
    }
    assert offers["encodings/cp1251.csv"] == offers["encodings/cp1251.geojson"] == "cp1251"
    with Reader(Limits()) as reader:
        for name, offer in offers.items():
            report = reader.read(folder / name, name=name, encoding=offer).report
            assert not report.rejected or report.rejected.code != "unknown_encoding", name


QUALITY = {
    "null_geometry",
    "mixed_geometry",
    "overlap",
    "repeated_feature",
    "outside_agglomeration",
    "mixed_types",
}
"""What may be said of a shipped layer: true of the sources, and shown on the data-quality page."""


def test_the_shipped_dataset_is_kept_whole(folder: Path, dataset: Dataset) -> None:
    answer = validate_here([], folder)
    assert (answer.exit_code, answer.errors) == (0, "")
    assert [file["file"] for file in answer.files] == [entry.path for entry in dataset.catalog]
    for entry, file in zip(dataset.catalog, answer.files, strict=True):
        found = outcome(file)
        assert found["rows_in"] == found["kept"] == entry.rows
        assert not found["repaired"]
        assert found["warnings"].keys() <= QUALITY


def test_the_outcomes_are_told_apart() -> None:
    """A code stands in the table under its own outcome."""
    for case in cases():
        for part, kind in (
            ("dropped", Outcome.DROPPED),
            ("repaired", Outcome.REPAIRED),
            ("warnings", Outcome.WARNING),
        ):
            assert {CODES[code].outcome for code in case.expected[part]} <= {kind}
        if code := case.expected["rejected"]:
            assert CODES[code].outcome is Outcome.REFUSED
