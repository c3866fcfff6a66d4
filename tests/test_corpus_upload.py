"""Every file of the corpus through the door of the upload page: the table, and what people read."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from geo.dataset import load
from geo.findings import place_of, tally
from geo.read import known_ids
from geo.uploads import Outcome
from layers.findings import done, file_name, found, report_csv, summary
from layers.locale import LANGUAGES, Translator
from tests.corpus.doors import upload_all
from tests.corpus.table import Case, cases, lay_out, outcome

pytestmark = pytest.mark.slow

OURS_ALONE = re.compile(
    r"Traceback|[a-z]Error\b|Exception|site-packages|atlas-read-|GDAL|OGR\b|pyogrio|shapely|pandas|"
    r"sqlite|Arrow|errno|/tmp/|\.py\b"
)
"""What no text about somebody's file holds: of libraries, of our machine, of our own code."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    lay_out(folder, canary="/canary", url="http://127.0.0.1:9")
    return folder


@pytest.fixture(scope="module")
def outcomes(folder: Path) -> dict[str, Outcome]:
    return upload_all(cases(), folder, known_ids(load()))


def texts(shown: Outcome, translator: Translator) -> Iterator[tuple[str, str]]:
    """Yield each text that the page shows, and the file's own words in it."""
    for finding in shown.report:
        own = " ".join(str(value) for value in finding.values.values())
        yield found(finding, translator), own
        yield done(finding, translator), own
    if shown.report.rejected is None:
        yield summary(shown.report, translator), ""


def test_the_upload_gives_what_the_table_says(outcomes: dict[str, Outcome]) -> None:
    wrong = {
        case.name: outcome(outcomes[case.name].report.to_json())
        for case in cases()
        if outcome(outcomes[case.name].report.to_json()) != case.expected
    }
    assert not wrong


def test_no_row_is_lost_between_the_file_and_the_summary(outcomes: dict[str, Outcome]) -> None:
    for name, shown in outcomes.items():
        counts = tally(shown.report)
        assert counts.rows_in == counts.kept + counts.dropped, name
        assert counts.kept == counts.untouched + counts.repaired, name
        frame = shown.reading.frame
        assert counts.kept == (0 if frame is None else len(frame)), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_shown_holds_no_path_no_trace_and_no_words_of_a_driver(
    outcomes: dict[str, Outcome], folder: Path, lang: str
) -> None:
    translator = Translator(lang)
    for name, shown in outcomes.items():
        for text, own in texts(shown, translator):
            assert text.strip(), name
            assert text.isprintable() or "\u00a0" in text, (name, text)
            assert str(folder) not in text, name
            assert "{" not in text or "{" in own, (name, text)
            # Excerpts of the file are shown on purpose.
            strange = [word for word in OURS_ALONE.findall(text) if word not in own]
            assert not strange, (name, text)


def test_russian_texts_are_russian(outcomes: dict[str, Outcome]) -> None:
    """Of Latin letters they hold what the file holds, and names of formats, columns and types."""
    translator = Translator("ru")
    foreign = re.compile(r"\b(?:the|is|not|and|or|of|a|an|at|in|to|too|few|points)\b")
    for name, shown in outcomes.items():
        for finding in shown.report:
            own = " ".join(str(value) for value in finding.values.values())
            for text in (found(finding, translator), done(finding, translator)):
                assert re.search("[а-яё]", text), (name, text)
                assert not [w for w in foreign.findall(text) if w not in own], (name, text)


def test_an_outcome_is_shown_whatever_the_file_is_called(outcomes: dict[str, Outcome]) -> None:
    for name, shown in outcomes.items():
        assert len(file_name(shown.report.file)) <= 60
        assert file_name(shown.report.file).isprintable(), name
        assert report_csv(list(shown.report), Translator("ru")).startswith(b"\xef\xbb\xbfrow,id")


def test_every_place_of_a_finding_is_on_the_earth(outcomes: dict[str, Outcome]) -> None:
    places = [
        place
        for shown in outcomes.values()
        for finding in shown.report
        if (place := place_of(finding, shown.reading.frame, shown.reading.rows)) is not None
    ]
    assert len(places) > 100
    assert all(abs(p.lon) <= 180 and abs(p.lat) <= 90 and p.metres > 0 for p in places)


@pytest.mark.parametrize("case", [c for c in cases() if c.expected["rejected"] == "not_utf8"])
def test_text_in_another_encoding_is_offered_to_be_read_so(
    case: Case, outcomes: dict[str, Outcome]
) -> None:
    assert [offer.kind for offer in outcomes[case.name].offers] == ["encoding"]
