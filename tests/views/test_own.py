import gc
import time
import weakref
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from geo.read import Finding, Report
from layers.locale import LANGUAGES, Translator
from layers.own import shelf
from views import report_table

PAGE = str(Path(__file__).parents[2] / "views" / "own.py")


def opened(lang: str) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=60)
    page.query_params["lang"] = lang
    page.run()
    assert not page.exception
    return page


def html(page: AppTest) -> str:
    return "".join(element.proto.body for element in page.get("html"))


@pytest.fixture(params=LANGUAGES)
def lang(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_the_limits_are_said_before_anything_is_chosen(lang: str) -> None:
    page, translator = opened(lang), Translator(lang)
    shown = html(page)
    assert translator.t("own.mb", n="50") in shown
    assert translator.number(200_000) in shown
    assert translator.t("own.privacy") in shown
    assert translator.t("own.empty") in shown


def with_example(lang: str) -> AppTest:
    page = opened(lang)
    page.button(key="own-example").click().run()
    end = time.monotonic() + 60
    while 'class="card own-card' not in html(page) and time.monotonic() < end:
        time.sleep(0.1)
        page.run()
    return page


def test_what_the_shelf_lets_go_is_gone() -> None:
    page = with_example("en")
    token = page.session_state["own_layer"]
    frame = weakref.ref(shelf().get(token).layer.frame)  # type: ignore[union-attr]
    shelf().drop(token)
    gc.collect()
    assert frame() is None


def test_the_example_is_read_and_can_be_removed() -> None:
    page, translator = with_example("en"), Translator("en")
    shown = html(page)
    rows = translator.plural("count.row", 5)
    assert translator.t("own.rows", rows=rows, kept=4, dropped=1) in shown
    assert translator.t("report.span", first="1", last="4", all="4") in shown
    page.button(key="own-remove").click().run()
    assert translator.t("own.empty") in html(page)


def long_report() -> Report:
    warnings = tuple(Finding("null_geometry", n, f"<b>{n}</b>") for n in range(1, 1235))
    return Report("a", 1300, 1300, warnings=(*warnings, Finding("no_properties", 1235)))


def leafing() -> None:
    from layers.locale import Translator
    from tests.views.test_own import long_report
    from views.report_table import report_table

    report_table(long_report(), Translator("en"), key="r", link=lambda finding: "")


def test_a_long_report_is_leafed_through() -> None:
    page = AppTest.from_function(leafing, default_timeout=30).run()
    assert not page.exception
    assert "1–50 of 1,235" in html(page)
    assert "&lt;b&gt;50&lt;/b&gt;" in html(page)
    assert "&lt;b&gt;51&lt;/b&gt;" not in html(page)
    assert page.button(key="r-None-None-back").disabled
    page.button(key="r-None-None-on").click().run()
    assert "51–100 of 1,235" in html(page)
    assert html(page).count('<th scope="row"') == report_table.PAGE_ROWS
