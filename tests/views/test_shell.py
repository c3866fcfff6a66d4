from typing import Any

import pytest

from views import shell


@pytest.mark.parametrize(
    ("wanted", "page", "params"),
    [
        (
            {"page": "roadmap", "params": "status=running&q="},
            "R",
            {"status": ["running"], "q": [""]},
        ),
        ({"page": "", "params": "sel=x"}, "M", {"sel": ["x"]}),
        ({"page": "https://elsewhere", "params": ""}, "M", {}),
        ({}, "M", {}),
        ("sel=x", "M", {}),
        ({"page": ["roadmap"], "params": None}, "M", {}),
    ],
)
def test_a_link_of_a_text_page_leads_to_a_page_of_ours(
    monkeypatch: pytest.MonkeyPatch, wanted: Any, page: str, params: dict[str, list[str]]
) -> None:
    gone: list[Any] = []
    monkeypatch.setattr(
        shell.st, "switch_page", lambda to, query_params: gone.append((to, query_params))
    )
    shell._open(wanted, {"map": "M", "roadmap": "R"})  # type: ignore[dict-item]
    assert gone == [(page, params)]
