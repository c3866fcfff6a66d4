import html
import io
import json
import re
import shlex
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pypdf import PdfReader
from typer.testing import CliRunner

from geo.dataset import shared
from geo.errors import NotWritableError
from geo.indicators import Assessment, assess
from geo.snapshot import EXAMPLE, open_snapshot, write_snapshot
from layers import indicator_pdf
from layers.__main__ import app
from layers.indicator_document import Document, Picture, Table, Text
from layers.indicator_files import make_report
from layers.indicator_html import report_html
from layers.indicator_method import OFFICIAL
from layers.indicator_pdf import NOT_SHOWN, report_pdf
from layers.indicator_report import document
from layers.locale import LANGUAGES, Translator
from tests.geo.indicators.test_population import rasterio, write
from tests.geo.indicators.town import hamlet

HOSTILE = '<script>alert(1)</script> #eval(read("/etc/passwd")) 桜🌸'


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    found = assess(open_snapshot(EXAMPLE))
    assert found is not None
    return found


@pytest.fixture(scope="module", params=LANGUAGES)
def report(request: pytest.FixtureRequest, assessment: Assessment) -> tuple[Document, Translator]:
    translator = Translator(request.param)
    return document(assessment, "urban_centre", shared(), translator), translator


def flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def pdf_text(content: bytes) -> str:
    return flat(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


def test_it_says_what_it_is_before_any_number(report: tuple[Document, Translator]) -> None:
    found, translator = report
    notice = open_snapshot(EXAMPLE).about
    assert found.warnings == (
        notice.notice_ru if translator.lang == "ru" else notice.notice_en,
        translator.t("indicator.estimate"),
        translator.t("indicator.derived"),
    )
    ids = [section.id for section in found.sections]
    assert ids[0] == "results"
    assert {"i-11-2-1", "i-11-3-1", "i-11-7-1", "parks", "missing", "never", "sources"} <= set(ids)
    # What cleans the HTML of a page takes away ids that are properties of a form.
    assert not set(ids) & {"method", "action", "name", "title", "target", "elements", "length"}


def test_the_html_is_one_file_that_asks_nobody(report: tuple[Document, Translator]) -> None:
    found, translator = report
    page = html.unescape(report_html(found, translator).decode())
    assert f'<html lang="{translator.lang}">' in page
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert not re.findall(r'src="(?!data:)', page)
    assert set(re.findall(r'href="([^#][^"]*)"', page)) == {OFFICIAL}
    assert "<code>python -m geo indicator all" in page
    assert not re.findall(r"url\((?!data:)", page)
    assert "@page { size: A4" in page
    assert all(
        block.caption in page
        for s in found.sections
        for block in s.blocks
        if isinstance(block, Table)
    )
    assert report_html(found, translator) == report_html(found, translator)


def test_the_pdf_can_be_read_searched_and_heard(report: tuple[Document, Translator]) -> None:
    found, translator = report
    content = report_pdf(found, translator)
    assert report_pdf(found, translator) == content
    root = PdfReader(io.BytesIO(content)).trailer["/Root"]
    assert root["/Lang"] == translator.lang
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert b"GolosText" in content
    assert found.title in str(PdfReader(io.BytesIO(content)).metadata.title)
    text = pdf_text(content)
    assert flat(found.warnings[0]) in text
    for section in found.sections:
        assert flat(section.title) in text
    for block in (b for s in found.sections for b in s.blocks if isinstance(b, Text | Table)):
        cell = block.text if isinstance(block, Text) else str(block.rows[0][0])
        assert flat(cell)[:25] in text
    assert "5,0498" in text or "5.0498" in text
    alts = [b.alt for s in found.sections for b in s.blocks if isinstance(b, Picture)]
    assert len(alts) == 2


def test_words_of_data_are_words(report: tuple[Document, Translator]) -> None:
    found, translator = report
    hostile = replace(found, subtitle=HOSTILE)
    page = report_html(hostile, translator).decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    text = pdf_text(report_pdf(hostile, translator))
    assert "<script>alert(1)</script>" in text
    assert "root:" not in text
    assert f"{NOT_SHOWN}{NOT_SHOWN}" in text
    assert flat(translator.t("indicator.report.replaced", n=2)) in text


def test_a_file_has_its_provenance(assessment: Assessment) -> None:
    made = make_report(assessment, "urban_centre", shared(), Translator("en"), name="r.html")
    assert made.provenance["replay"] == (
        "python -m layers report r.html --lang en --border urban_centre --snapshot data/example"
    )
    assert made.provenance["release"] == shared().release
    assert "medical" in {one["name"] for one in made.provenance["inputs"]}
    assert made.provenance["output"]["bytes"] == len(made.content)
    with pytest.raises(NotWritableError, match=r"a report ends in \.html, \.pdf"):
        make_report(assessment, "urban_centre", shared(), Translator("en"), name="r.docx")


def test_the_command_writes_both_files(tmp_path: Path) -> None:
    out = tmp_path / "review.pdf"
    result = CliRunner().invoke(app, ["report", str(out), "--lang", "ru"])
    assert result.exit_code == 0, result.output
    assert out.read_bytes().startswith(b"%PDF")
    beside = json.loads((tmp_path / "review.pdf.provenance.json").read_text(encoding="utf-8"))
    assert beside["operation"]["kind"] == "indicator"
    assert [one["code"] for one in beside["warnings"]] == ["estimate", "example"]


def test_the_command_of_the_provenance_makes_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = hamlet()
    layers = {name: town.layer(name) for name in town.entries}
    write_snapshot(tmp_path / "my town", replace(town.about, id="hamlet"), layers)
    transform = rasterio.Affine(100, 0, 497_000, 0, -100, 6_655_500)
    write(tmp_path / "crowd.tif", np.full((80, 90), 100.0), transform=transform)
    monkeypatch.chdir(tmp_path)
    asked = ["--lang", "ru", "--snapshot", str(tmp_path / "my town"), "--population", "crowd.tif"]
    first = CliRunner().invoke(app, ["report", "r.html", *asked])
    assert first.exit_code == 0, first.output
    before = Path("r.html").read_bytes()
    command = json.loads(Path("r.html.provenance.json").read_bytes())["replay"]
    assert str(tmp_path) not in command
    Path("r.html").unlink()
    again = CliRunner().invoke(app, shlex.split(command)[3:])
    assert again.exit_code == 0, again.output
    assert Path("r.html").read_bytes() == before


def test_the_pdf_does_not_depend_on_when_its_typeface_was_unpacked(
    assessment: Assessment, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = document(assessment, "urban_centre", shared(), Translator("en"))
    contents = []
    for moment in (3_000_000_000, 3_100_000_000):
        # As another process at another time would.
        monkeypatch.setattr("fontTools.ttLib.tables._h_e_a_d.timestampNow", lambda at=moment: at)
        indicator_pdf._fonts.cache_clear()
        contents.append(report_pdf(found, Translator("en")))
    assert contents[0] == contents[1]


def test_a_centre_that_was_given_is_held_against_the_rule(
    report: tuple[Document, Translator], assessment: Assessment
) -> None:
    """The centre of the example has 31,441 people, and 50,000 are needed."""
    found, translator = report
    assert assessment.centres == ()
    results = next(section for section in found.sections if section.id == "results")
    said = [block.text for block in results.blocks if isinstance(block, Text)]
    assert translator.t("indicator.centre.none") in said


def test_groups_that_the_people_are_told_apart_by_are_named(
    report: tuple[Document, Translator],
) -> None:
    found, translator = report
    page = html.unescape(report_html(found, translator).decode())
    groups = "women, aged_0_14, aged_65_over"
    assert translator.t("indicator.gap.by_person.known", groups=groups) in page
    assert translator.t("indicator.gap.by_person") not in page


def test_an_indicator_without_numbers_says_where_the_reason_stands(
    assessment: Assessment,
) -> None:
    translator = Translator("en")
    bare = replace(assessment, estimates=(), sensitivities={})
    page = report_html(document(bare, "", shared(), translator), translator).decode()
    assert html.unescape(page).count(translator.t("indicator.none.here")) == 3


def test_sensitivity_has_the_numbers_of_the_table_above(
    report: tuple[Document, Translator],
) -> None:
    found, translator = report
    tables = [b for one in found.sections for b in one.blocks if isinstance(b, Table)]
    name = translator.t("indicator.measure.people_share_pct")
    (above,) = (row for row in tables[0].rows if row[0] == name)
    low, high = re.findall(r"[\d.,]+", str(above[1]))
    (below,) = (one for one in tables if one.caption.endswith(f": {name}"))
    label = translator.t("indicator.choice.bound", values="")
    (bound,) = (row for row in below.rows if row[0] == label)
    assert [re.sub(r"[^\d.,]", "", str(end)) for end in bound[2:4]] == [low, high]
