import hashlib
import json
import re
import zlib
from base64 import b64decode, b64encode
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geo.dataset import Dataset, shared
from layers.__main__ import app
from layers.locale import LANGUAGES
from layers.offline import CARDS_IN_A_BLOCK, MAX_BYTES, offline_page, packed
from layers.offline_data import cards, offline_data

BLOCK = re.compile(r'<script type="text/plain" id="([\w-]+)">([\w+/=]*)</script>')


def unpacked(text: str) -> str:
    return zlib.decompress(b64decode(text), wbits=-zlib.MAX_WBITS).decode()


@pytest.fixture(scope="module")
def page() -> str:
    return offline_page(shared()).decode()


def test_the_page_of_the_shipped_dataset_may_travel(page: str) -> None:
    assert len(page.encode()) <= MAX_BYTES


def test_the_policy_allows_nothing_but_the_scripts_in_it(page: str) -> None:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert found is not None
    policy = dict(part.strip().split(" ", 1) for part in found[1].split(";"))
    assert policy["default-src"] == "'none'"
    assert "unsafe" not in policy["script-src"]
    assert not re.search(r"https?:|\*|'self'", found[1])
    script = re.search(r"<script>(.*?)</script>", page, re.DOTALL)
    assert script is not None
    digest = b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in policy["script-src"]


def test_no_address_of_a_file_stands_in_it(page: str) -> None:
    outside = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert re.findall(r'(?:src|href)="(?!data:|#)[^"]*"|url\((?!data:)[^)]*\)', outside) == []


def test_the_script_stands_before_what_it_needs_later(page: str) -> None:
    names = [
        "offline-data",
        "offline-map",
        "offline-icons",
        "<script>",
        "cards-ru-0",
        "search-data",
    ]
    places = [page.index(f'id="{name}"' if name != "<script>" else name) for name in names]
    assert places == sorted(places)


def test_each_block_is_packed_json(page: str) -> None:
    blocks = {name: unpacked(text) for name, text in BLOCK.findall(page)}
    opened = len(offline_data(shared())["list"]["id"])
    for name, text in blocks.items():
        if name.startswith("cards"):
            lines = text.split("\n")
            assert all(json.loads(line)["facts"] is not None for line in lines)
            assert len(lines) <= CARDS_IN_A_BLOCK
        elif name not in ("offline-map", "offline-icons"):
            json.loads(text)
    for lang in LANGUAGES:
        found = [text for name, text in blocks.items() if name.startswith(f"cards-{lang}")]
        assert sum(text.count("\n") + 1 for text in found) == opened


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_cards_are_those_of_the_list_and_lead_to_no_server(small: Dataset, lang: str) -> None:
    listed = offline_data(small)["list"]
    types = [listed["type"]["words"][at] for at in listed["type"]["at"]]
    found = list(cards(small, lang))
    assert [(one["type"], one["id"]) for one in found] == list(
        zip(types, listed["id"], strict=True)
    )
    for one in found:
        assert one["links"]["object"] == f"#sel={one['id']}&lang={lang}"
        assert set(one["links"]) == {"object", "report"}


def test_what_is_no_row_stands_behind_the_rows(small: Dataset) -> None:
    data = offline_data(small)
    ids = data["list"]["id"]
    assert ids[: data["rows"]] == list(small.rows["id"])
    assert "uni" in ids[data["rows"] :]
    assert len(set(ids)) == len(ids)
    for name in ("columns", "map"):
        columns = {k: v for k, v in data[name].items() if k not in ("names", "shapes")}
        for column in columns.values():
            held = column["at"] if isinstance(column, dict) else column
            assert len(held) == data["rows"]


def test_a_packed_text_is_the_text() -> None:
    text = "Томск </script> & ё" * 3
    assert unpacked(packed(text)) == text
    assert packed(text).isascii()


def test_the_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layers.__main__.offline_page", lambda dataset: b"<!DOCTYPE html>")
    out = tmp_path / "atlas.html"
    result = CliRunner().invoke(app, ["offline", str(out)])
    assert result.exit_code == 0
    assert "sites" in result.output
    assert out.read_bytes() == b"<!DOCTYPE html>"
    sidecar = json.loads((tmp_path / "atlas.html.provenance.json").read_bytes())
    assert sidecar["output"]["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    assert sidecar["replay"] == "python -m layers offline atlas.html"
    missing = CliRunner().invoke(app, ["offline", str(tmp_path / "nowhere" / "atlas.html")])
    assert missing.exit_code != 0
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        out.name,
        sidecar["output"]["name"] + ".provenance.json",
    ]
