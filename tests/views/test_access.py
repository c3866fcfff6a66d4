import shutil
import time
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo import settings, snapshot
from geo.snapshot import EXAMPLE
from layers.locale import LANGUAGES, Translator

PAGE = str(Path(__file__).parents[2] / "views" / "access.py")


def opened(lang: str = "en", **params: str) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in {"lang": lang, **params}.items():
        page.query_params[name] = value
    page.run()
    end = time.monotonic() + 60
    while [button.key for button in page.button] == ["access-cancel"] and time.monotonic() < end:
        time.sleep(0.1)
        page.run()
    assert not page.exception
    return page


def html(page: AppTest) -> str:
    return "".join(element.proto.body for element in page.get("html"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_example_is_labelled_and_its_numbers_are_shown(lang: str) -> None:
    page, t = opened(lang, site="example-medical"), Translator(lang).t
    about, shown = snapshot.shared().about, html(page)
    title = about.title_ru if lang == "ru" else about.title_en
    assert t("access.example", title=title) in shown
    assert t("access.example.how") in shown
    assert t("access.reach") in shown
    assert t("access.nearest") in shown
    assert t("access.basis.boundary") in shown


def test_a_position_that_is_typed_becomes_the_link() -> None:
    page = opened(site="example-medical")
    page.text_input(key="access-at").input("87.005 60.001").run()
    assert page.query_params["at"] == "87.005,60.001"
    assert "site" not in page.query_params
    page.text_input(key="access-at").input("somewhere").run()
    assert Translator("en").t("access.at.unreadable") in html(page)
    assert page.query_params["at"] == "87.005,60.001"


def test_a_place_outside_is_refused_with_a_way_back() -> None:
    page, t = opened(at="84.95,56.48"), Translator("en").t
    assert t("access.error.outside") in html(page)
    page.button(key="access-back").click().run()
    assert page.query_params["site"] == "example-industrial"


def test_a_link_made_on_another_snapshot_says_so() -> None:
    shown = html(opened(site="example-medical", snapshot="<b>x", minutes="7.5"))
    assert "&lt;b&gt;x" in shown
    assert "<b>x" not in shown
    assert "7.5" in shown


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
        shown = html(opened())
    finally:
        monkeypatch.undo()
        settings.current.cache_clear()
        snapshot.shared.cache_clear()
    assert Translator("en").t("access.error.snapshot") in shown
    assert str(tmp_path) not in shown
    assert "sha256" not in shown
