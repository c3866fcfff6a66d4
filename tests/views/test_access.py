import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo import settings, snapshot
from geo.snapshot import EXAMPLE
from layers.locale import LANGUAGES, Translator

PAGE = str(Path(__file__).parents[2] / "views" / "access.py")


def opened(lang: str = "en", **params: str | list[str]) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60)
    for name, value in {"lang": lang, **params}.items():
        page.query_params[name] = value
    page.run()
    return prepared(page)


def prepared(page: AppTest) -> AppTest:
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


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sites_are_compared_and_counted_together(lang: str) -> None:
    page, t = (
        opened(lang, site=["example-medical", "example-sport"], of="buildings"),
        Translator(lang).t,
    )
    shown = html(page)
    assert t("access.compare", what=t("access.of.buildings")) in shown
    assert t("access.ui.any") in shown
    assert page.multiselect(key="access-beside").value == ["example-sport"]
    assert t("access.ui.any") not in html(opened(lang, site="example-medical"))


def test_what_is_compared_is_in_the_link() -> None:
    page = opened(site="example-medical")
    page.multiselect(key="access-beside").select("example-sport").run()
    assert page.query_params["site"] == ["example-medical", "example-sport"]
    prepared(page).text_input(key="access-at").input("87.005 60.001").run()
    assert page.query_params["at"] == "87.005,60.001"
    assert page.query_params["site"] == "example-sport"
    prepared(page).selectbox(key="access-site").select("example-sport").run()
    assert page.query_params["site"] == "example-sport"
    assert "at" not in page.query_params


def test_a_site_to_compare_that_does_not_exist_is_named() -> None:
    page = opened(site=["example-medical", "<i>no-such"])
    assert "&lt;i&gt;no-such" in html(page)
    assert page.multiselect(key="access-beside").value == []


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


@contextmanager
def running_on(folder: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATLAS_SNAPSHOT", str(folder))
        settings.current.cache_clear()
        snapshot.shared.cache_clear()
        yield
    settings.current.cache_clear()
    snapshot.shared.cache_clear()


def test_a_changed_snapshot_is_refused_without_its_path(tmp_path: Path) -> None:
    folder = tmp_path / "town"
    shutil.copytree(EXAMPLE, folder)
    (folder / "walk_edges.parquet").write_bytes(b"other")
    with running_on(folder):
        shown = html(opened())
    assert Translator("en").t("access.error.snapshot") in shown
    assert "walk_edges.parquet" in shown
    assert str(tmp_path) not in shown
    assert "sha256" not in shown


def test_what_a_snapshot_must_say_stands_above_its_numbers(tmp_path: Path) -> None:
    folder = tmp_path / "town"
    shutil.copytree(EXAMPLE, folder)
    text = (folder / "snapshot.toml").read_text("utf-8")
    notice = snapshot.open_snapshot(EXAMPLE).about.notice_en
    text = text.replace('"example"', '"openstreetmap"').replace(notice, "A kept copy of <b>May</b>")
    (folder / "snapshot.toml").write_text(text, "utf-8")
    with running_on(folder):
        shown = html(opened(site="example-medical"))
    assert "A kept copy of &lt;b&gt;May&lt;/b&gt;" in shown
    assert Translator("en").t("access.example.how") not in shown
