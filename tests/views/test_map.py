import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from geo.dataset import shared
from geo.query import Query, apply

VIEWS = Path(__file__).resolve().parents[2] / "views"


def opened(**link: list[str]) -> AppTest:
    page = AppTest.from_file(str(VIEWS / "map.py"), default_timeout=30)
    for key, values in link.items():
        page.query_params[key] = values
    page.run()
    assert not page.exception
    return page


def answer(page: AppTest) -> dict[str, Any]:
    [component] = page.get("bidi_component")
    told: dict[str, Any] = json.loads(component.proto.bytes)
    return told


@pytest.mark.parametrize(
    ("lang", "tag", "title"),
    [
        ("ru", "Медицинский парк", "Клиники СибГМУ"),
        ("en", "Medical park", "Clinics of Siberian State Medical University"),
    ],
)
def test_the_link_is_answered_in_its_language(lang: str, tag: str, title: str) -> None:
    told = answer(opened(lang=[lang], park=["medical"], sel=["sibsmu-clinics"]))
    view = apply(Query(parks=("medical",)), shared())
    assert told["lang"] == lang
    assert told["totals"]["shown"] == len(view.ids)
    assert [item["text"] for item in told["tags"]] == [tag]
    assert told["card"]["title"] == title


def test_repeated_keys_are_alternatives() -> None:
    told = answer(opened(park=["medical", "sport"]))
    assert told["params"] == "park=medical&park=sport"


def test_what_a_link_holds_too_much_is_named() -> None:
    told = answer(opened(lang=["en"], junk=["1"], park=["nonsense"]))
    assert len(told["notes"]) == 2
    assert told["totals"]["shown"] == told["totals"]["all"]


def test_without_a_language_the_answer_is_english() -> None:
    assert answer(opened())["lang"] == "en"
