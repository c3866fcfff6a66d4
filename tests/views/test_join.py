import pytest
from streamlit.testing.v1 import AppTest

from geo.join import JoinResult
from tests.views.test_main import VIEWS
from views import join_job

PAGE = str(VIEWS / "join.py")


def opened(**params: str) -> AppTest:
    page = AppTest.from_file(PAGE, default_timeout=30)
    for key, value in {"lang": "en", **params}.items():
        page.query_params[key] = value
    return page.run()


def text(page: AppTest) -> str:
    return " ".join(str(element.proto) for element in page.get("html"))


@pytest.mark.parametrize(
    "params",
    [
        {"predicate": "share", "share": "0.01"},
        {"left_column": "nope"},
        {"right_column": "geometry"},
        {
            "multiplicity": "first",
            "tie": "priority",
            "priority_column": "nope",
            "priority": "a",
        },
        {"predicate": "dwithin", "distance_m": "2000"},
        {"summary": "nope:sum"},
        {"transfer": "jobs:extensive"},
    ],
)
def test_any_link_is_answered(params: dict[str, str]) -> None:
    assert not opened(**params).exception


def test_a_join_that_is_refused_can_be_asked_without_its_tables() -> None:
    link = {
        "left": "projects",
        "right": "settlements",
        "predicate": "disjoint",
        "multiplicity": "error",
    }
    page = opened(**link, run="1")
    assert "This join is refused" in text(page)
    del page.query_params["run"]
    assert not page.run().exception
    assert "This join is refused" in text(page)


def test_the_result_is_that_of_the_link_and_not_of_the_one_before() -> None:
    page = opened(predicate="dwithin", distance="900", run="1")
    page.query_params["distance"] = "3000"
    page.run()
    shown = page.session_state["join_job"].job.result()
    assert isinstance(shown, JoinResult)
    assert shown.spec.distance_m == 3_000


def test_what_is_given_up_says_so_and_can_be_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    class Never:
        done = False

        def __init__(self, _: object) -> None:
            self.stopped = False

        def cancel(self) -> None:
            self.stopped = True

    monkeypatch.setattr(join_job, "_PATIENCE_S", 0.0)
    monkeypatch.setattr(join_job, "Background", Never)
    page = opened(predicate="touches")
    page.button(key="join-cancel").click().run()
    assert page.session_state["join_job"].job.stopped
    assert "Cancelled" in text(page)
    monkeypatch.undo()
    page.button(key="join-again").click().run()
    assert "What will come out" in text(page)
