import json
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from geo.dataset import shared
from geo.query import Query, apply
from layers.published import digest
from layers.row_table import build_row_table
from tests.views.test_answer import decoded

PAGE = str(Path(__file__).parents[2] / "views" / "projects.py")


def answer(**link: list[str]) -> dict[str, Any]:
    page = AppTest.from_file(PAGE, default_timeout=60)
    for key, values in link.items():
        page.query_params[key] = values
    page.run()
    assert not page.exception
    [component] = page.get("bidi_component")
    told: dict[str, Any] = json.loads(component.proto.bytes)
    return told


def test_the_link_of_the_map_is_answered_the_same() -> None:
    told = answer(lang=["en"], park=["medical"], sort=["-money"])
    view = apply(Query(parks=("medical",), sort="-money"), shared(), lang="en")
    assert decoded(told["order"]) == list(view.positions)
    assert told["params"] == "park=medical&sort=-money"
    assert told["table"] == digest(build_row_table(shared(), "en"))
    assert told["undated"] is None


def test_rows_without_a_date_are_listed_apart() -> None:
    told = answer(lang=["ru"], known=["2017-03"])
    view = apply(Query(known="2017-03"), shared())
    assert view.dates is not None
    undated = decoded(told["undated"])
    assert undated == list(view.dates.undated)
    assert not set(undated) & set(decoded(told["order"]))
    assert told["tags"][0]["text"] == "известно к: март 2017"
    assert len(told["notes"]) == 2
