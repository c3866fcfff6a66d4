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
    assert [field.value for field in page.number_input] == [100, 110, 500_000, 510_000, 5]
    page.number_input(key="indicator-people2").set_value(500_100).run()
    assert page.query_params["people"] == ["500000", "500100"]
    assert EN.t("indicator.calc.not_interpretable") in html(page)
    assert EN.t("indicator.reading.spreads_people_steady") in html(page)
    again = opened(built=["100", "101"], people=["100", "130"], years="10")
    assert [field.value for field in again.number_input] == [100, 101, 100, 130, 10]
    assert EN.t("indicator.reading.densifies") in html(again)


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
    assert str(tmp_path) not in shown
    # The calculator needs no snapshot.
    assert "5.0498" in shown
