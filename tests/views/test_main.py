from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from layers.locale import Translator
from views.pages import PAGES

VIEWS = Path(__file__).resolve().parents[2] / "views"


def links(page: AppTest) -> list[tuple[str, str]]:
    return [(link.proto.label, link.proto.query_string) for link in page.get("page_link")]


@pytest.mark.parametrize(
    ("lang", "some"),
    [
        ("ru", ["Атлас томской агломерации", "Карта", "Данные", "О программе"]),
        ("en", ["Tomsk Agglomeration Atlas", "Map", "Data", "Programme"]),
    ],
)
def test_every_page_is_linked_in_the_language_of_the_page(lang: str, some: list[str]) -> None:
    page = AppTest.from_file(str(VIEWS / "main.py"), default_timeout=30)
    page.query_params["lang"] = lang
    page.run()
    assert not page.exception
    found = links(page)
    t = Translator(lang).t
    labels = [label for label, _ in found[: len(PAGES) + 1]]
    assert labels == [t("shell.name"), *(t(f"page.{page_id}") for page_id in PAGES)]
    assert [label for label in labels if label in some] == some
    assert {query for _, query in found} == {f"lang={lang}"}


def test_the_switch_changes_the_language_and_nothing_else() -> None:
    page = AppTest.from_file(str(VIEWS / "main.py"), default_timeout=30)
    page.query_params["lang"] = "ru"
    page.query_params["park"] = ["medical", "sport"]
    page.run()
    page.button(key="language-en").click().run()
    assert page.query_params["lang"] == "en"
    assert page.query_params["park"] == ["medical", "sport"]
    assert links(page)[0][0] == "Tomsk Agglomeration Atlas"
