import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geo.__main__ import app as geo_app
from layers.__main__ import app as layers_app
from layers.locale import LANGUAGES, Translator

SQUARE = [[84.95, 56.48], [84.96, 56.48], [84.96, 56.49], [84.95, 56.49], [84.95, 56.48]]
HOSTILE = "<script>alert(1)</script>\u202e"


def layer(*features: tuple[str, object, object]) -> str:
    listed = [
        {"type": "Feature", "id": i, "properties": {"id": i, "name": name}, "geometry": geometry}
        for i, name, geometry in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": listed})


@pytest.fixture
def states(tmp_path: Path) -> tuple[str, str]:
    square = {"type": "Polygon", "coordinates": [SQUARE]}
    moved = {"type": "Polygon", "coordinates": [[[x + 0.001, y] for x, y in SQUARE]]}
    point = {"type": "Point", "coordinates": [84.95, 56.48]}
    old, new = tmp_path / "old.geojson", tmp_path / "new.geojson"
    old.write_text(layer(("a", "old", square), ("b", "x", point)), encoding="utf-8")
    new.write_text(layer(("a", HOSTILE, moved), ("c", "y", None)), encoding="utf-8")
    return str(old), str(new)


def test_the_command_says_what_changed(states: tuple[str, str]) -> None:
    result = CliRunner().invoke(geo_app, ["diff", *states])
    assert result.exit_code == 0
    assert "new.geojson: 1 added, 1 removed, 1 changed" in result.stdout
    assert re.search(r"~ a: moved by 61\.\d+ m, area (\d+\.\d) -> \1 m2", result.stdout)
    assert '"old" -> "<script>' in result.stdout
    assert "\u202e" not in result.stdout


def test_json_is_alone_on_standard_output(states: tuple[str, str]) -> None:
    result = CliRunner().invoke(geo_app, ["diff", *states, "--json"])
    (file,) = json.loads(result.stdout)["files"]
    assert [(c["id"], c["kind"]) for c in file["changes"]] == [
        ("a", "changed"), ("c", "added"), ("b", "removed"),
    ]  # fmt: skip
    assert file["changes"][0]["fields"]["name"] == {"old": "old", "new": HOSTILE}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_draws_both_states_and_asks_nobody(
    states: tuple[str, str], tmp_path: Path, lang: str
) -> None:
    out = tmp_path / "page.html"
    result = CliRunner().invoke(layers_app, ["diff", *states, "--out", str(out), "--lang", lang])
    assert result.exit_code == 0, result.output
    page = out.read_text(encoding="utf-8")
    translator = Translator(lang)
    assert page.count("<svg") == 2  # the outline that moved, the point that is gone
    assert page.count('class="before"') == 2
    assert page.count('class="after"') == 1
    assert translator.t("diff.place.gone") in page
    assert translator.t("diff.moved", n=translator.number(61.6, 1))[:12] in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;\ufffd" in page
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert not re.search(r"https?://|src=|url\(|@import", page)


def test_equal_states_make_a_page_that_says_so(states: tuple[str, str], tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    CliRunner().invoke(layers_app, ["diff", states[0], states[0], "--out", str(out)])
    assert Translator("ru").t("diff.none") in out.read_text(encoding="utf-8")


def test_what_cannot_be_read_whole_is_refused(states: tuple[str, str], tmp_path: Path) -> None:
    torn = tmp_path / "torn.geojson"
    torn.write_text('{"type":', encoding="utf-8")
    result = CliRunner().invoke(geo_app, ["diff", states[0], str(torn)])
    assert result.exit_code != 0
    assert "torn.geojson" in str(result.exception)
