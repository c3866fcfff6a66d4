import csv
import io
import string

import pytest

from geo.read import CODES, Finding, Report
from geo.read.codes import ENTRIES
from geo.rules import RULES
from layers.findings import done, file_name, found, plain, report_csv, summary
from layers.locale import LANGUAGES, Translator, messages

RU, EN = Translator("ru"), Translator("en")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_has_a_name_and_words_in_two_parts(lang: str, code: str) -> None:
    translator = Translator(lang)
    finding = Finding(code, values=dict.fromkeys(CODES[code].values, "А. Б"))
    assert translator.t(f"finding.{code}")
    assert found(finding, translator).endswith(".")
    assert done(finding, translator)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_of_the_dataset_has_words_that_its_values_fill_in(lang: str, rule: str) -> None:
    def used(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    text = messages(lang)[f"rule.{rule}"]
    assert used(text) <= used(RULES[rule])
    assert text.count(". ") == 1


def test_a_rule_is_told_in_the_language_of_the_viewer() -> None:
    values = {"problem": "-1 is not between 0 and 5", "rule": "between", "found": "-1"}
    finding = Finding("schema", 3, "a", "jobs", {**values, "low": "0", "high": "5"})
    assert found(finding, RU) == "Стоит -1."
    assert done(finding, RU) == "Ожидается число от 0 до 5."


def test_a_full_stop_in_a_value_does_not_divide_the_words() -> None:
    finding = Finding("control_characters", 1, values={"found": "a. b", "kept": "c. d"})
    assert found(finding, EN) == "Control characters in a. b."
    assert done(finding, EN) == "They were taken out: c. d."


@pytest.mark.parametrize("entry", ENTRIES)
def test_what_stands_in_place_of_a_file_is_told_in_the_language_of_the_viewer(entry: str) -> None:
    finding = Finding("not_a_file", values={"entry": entry})
    assert found(finding, EN).isascii()
    assert not any("a" <= letter <= "z" for letter in found(finding, RU))


def test_coordinates_keep_their_point_and_amounts_are_of_the_language() -> None:
    values = {"lon": 84.9512, "lat": 56.4, "problem": "", "before_m2": 12345.6, "after_m2": 0}
    text = found(Finding("self_intersection", 1, values=values), RU)
    assert "84.9512, 56.4" in text
    assert "12\u00a0345,6 м²" in text


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("слой.geojson", "слой.geojson"),
        ("C:\\Users\\я\\layer.csv", "layer.csv"),
        ("../../etc/passwd", "passwd"),
        ("a\u202egpj.geojson", "a\ufffdgpj.geojson"),
        ("two\nlines\u00a0on.csv", "two lines on.csv"),
        ("<b>x</b>.csv", "b>.csv"),
        ("👨\u200d👩.csv", "👨\u200d👩.csv"),
        ("", ""),
    ],
)
def test_names_of_files_as_they_are_shown(given: str, shown: str) -> None:
    assert file_name(given) == shown


def test_a_long_name_is_cut_inside_and_keeps_its_ending() -> None:
    name = file_name("я" * 10_000 + ".geojson")
    assert len(name) == 60
    assert name.endswith("яяя.geojson")
    assert "…" in name


def test_text_of_a_stranger_stays_on_its_line_and_runs_one_way() -> None:
    assert plain("a\r\nb\x1b[2J\u2066c\u2028d") == "a  b\ufffd[2J\ufffdc d"


def test_the_summary_accounts_for_every_row() -> None:
    report = Report("a", 21, 20, dropped=(Finding("bad_wkb", 3),))
    assert summary(report, RU).replace("\u00a0", " ") == (
        "В файле 21 строка: оставлено 20, пропущено 1. Из оставленных исправлено: 0. Замечаний: 0."
    )
    assert "21 rows: 20 kept, 1 left out." in summary(report, EN).replace("\u00a0", " ")


def test_the_table_of_a_report_runs_nothing_in_a_spreadsheet() -> None:
    findings = [Finding("duplicate_id", 2, "=1+1", "@id", {"found": "=1+1", "first": 1})]
    head, row = csv.reader(io.StringIO(report_csv(findings, EN).decode("utf-8-sig")))
    assert head == ["row", "id", "field", "outcome", "code", "found", "done"]
    assert row[:5] == ["2", "'=1+1", "'@id", "warning", "duplicate_id"]
    assert row[5] == "The id =1+1 is also that of row 1."
