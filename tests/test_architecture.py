"""The direction of imports: geo <- layers <- views, geo <- layers <- api, app.py on top."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OURS = {"geo", "layers", "views", "api", "app", "tests", "benchmarks", "notebooks"}
MAY_IMPORT = {
    "geo": {"geo"},
    "layers": {"geo", "layers"},
    "views": {"geo", "layers", "views"},
    "api": {"geo", "layers", "api"},
    "app.py": {"geo", "layers", "views", "api"},
}
MUST_NOT_IMPORT = {
    "geo": {"streamlit", "folium", "branca", "starlette", "babel", "jinja2"},
    "layers": {"streamlit", "starlette"},
    "api": {"streamlit", "folium"},
    "views": {"folium", "starlette"},
}


def imported(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield str(node.module).split(".")[0]


def files(part: str) -> list[Path]:
    path = ROOT / part
    return [path] if path.is_file() else sorted(path.rglob("*.py"))


@pytest.mark.parametrize("part", MAY_IMPORT)
def test_imports_go_one_way(part: str) -> None:
    assert files(part)
    for file in files(part):
        names = set(imported(file.read_text(encoding="utf-8")))
        assert names & OURS <= MAY_IMPORT[part], file
        assert not names & MUST_NOT_IMPORT.get(part, set()), file


def test_no_module_is_named_after_nothing() -> None:
    names = {file.stem for part in MAY_IMPORT for file in files(part)}
    assert not names & {"utils", "util", "common", "helpers", "misc", "core"}


def test_app_is_thin() -> None:
    lines = (ROOT / "app.py").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 60
