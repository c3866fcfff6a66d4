import shutil
import time
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo import settings, snapshot
from geo.snapshot import EXAMPLE
from layers.locale import LANGUAGES, Translator

PAGE = str(Path(__file__).parents[2] / "views" / "indicators.py")
EN = Translator("en")


def opened(lang: str = "en", **params: str | list[str]) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in {"lang": lang, **params}.items():
        page.query_params[name] = value
    page.run()
    end = time.monotonic() + 60
    while "progressbar" in html(page) and time.monotonic() < end:
        time.sleep(0.1)
        page.run()
    assert not page.exception
    return page


def html(page: AppTest) -> str:
    return "".join(element.proto.body for element in page.get("html"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_example_is_labelled_and_everything_is_shown(lang: str) -> None:
    shown, t = unescape(html(opened(lang))), Translator(lang).t
    about = snapshot.shared().about
    assert t("access.example", title=about.title_ru if lang == "ru" else about.title_en) in shown
    for words in ("estimate", "derived", "results", "missing", "never", "parks", "calc"):
        assert t(f"indicator.{words}") in shown
    for indicator in ("11.2.1", "11.3.1", "11.7.1"):
        assert t(f"indicator.name.{indicator}") in shown
        assert t(f"indicator.formula.{indicator}").split("=")[0] in shown
    assert ("5,0498" if lang == "ru" else "5.0498") in shown
    assert shown.count("data:image/svg+xml") > 10


def test_the_calculator_is_the_link() -> None:
    page = opened()
    assert [field.value for field in page.text_input] == ["100", "110", "500000", "510000", "5"]
    page.text_input(key="indicator-people2").set_value("500 100,0").run()
    assert page.query_params["people"] == ["500000", "500100"]
    assert EN.t("indicator.calc.not_interpretable") in html(page)
    assert EN.t("indicator.reading.spreads_people_steady") in html(page)
    again = opened(built=["100", "101"], people=["100", "130"], years="10")
    assert [field.value for field in again.text_input] == ["100", "101", "100", "130", "10"]
    assert EN.t("indicator.reading.densifies") in html(again)


@pytest.mark.parametrize("typed", ["1e308", "-5", "five", "nan", "<b>"])
def test_what_is_no_number_is_told_in_the_language_of_the_page(typed: str) -> None:
    page, t = opened("ru"), Translator("ru").t
    page.text_input(key="indicator-people2").set_value(typed).run()
    field = t("indicator.calc.people2")
    assert t("indicator.calc.unread", field=field, value=typed) in unescape(html(page))
    assert page.text_input(key="indicator-people2").value == typed
    assert "people" not in page.query_params
    page.text_input(key="indicator-people2").set_value("520000").run()
    assert t("indicator.calc.unread", field=field, value=typed) not in unescape(html(page))
    assert page.query_params["people"] == ["500000", "520000"]


def test_what_no_number_can_hold_is_named() -> None:
    page = opened(built=["1e-300", "1e15"], people=["1e-300", "1e15"], years="1e-300")
    assert EN.t("indicator.calc.endless") in html(page)
    assert EN.t("indicator.reading.spreads") not in html(page)


def test_nothing_is_computed_from_zero() -> None:
    page = opened(people=["0", "5"])
    assert EN.t("indicator.calc.refused") in html(page)


def test_a_border_is_chosen_and_kept_in_the_link() -> None:
    page = opened(border="agglomeration", snapshot="<b>x", years="soon")
    shown = html(page)
    agglomeration = EN.t("indicator.border.agglomeration")
    text = EN.t("indicator.map.alt.space", border=agglomeration, low="!", high="!").split("!")[0]
    assert text in shown
    assert "&lt;b&gt;x" in shown
    assert "<b>x" not in shown
    assert "soon" in shown


def test_a_changed_snapshot_is_refused_without_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "town"
    shutil.copytree(EXAMPLE, folder)
    (folder / "walk_edges.parquet").write_bytes(b"other")
    monkeypatch.setenv("ATLAS_SNAPSHOT", str(folder))
    settings.current.cache_clear()
    snapshot.shared.cache_clear()
    try:
        page = opened()
    finally:
        monkeypatch.undo()
        settings.current.cache_clear()
        snapshot.shared.cache_clear()
    shown = html(page)
    assert EN.t("indicator.refused.text") in shown
    assert "walk_edges.parquet" in shown
    assert str(tmp_path) not in shown
    # The calculator needs no snapshot.
    assert "5.0498" in shown
