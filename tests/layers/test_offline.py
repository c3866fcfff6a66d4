import hashlib
import json
import re
from base64 import b64encode
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geo.dataset import Dataset, shared
from layers import objects
from layers.__main__ import app
from layers.locale import LANGUAGES
from layers.offline import MAX_BYTES, offline_page
from layers.offline_data import cards, offline_data

BLOCK = re.compile(r'<script type="application/json" id="([\w-]+)">(.*?)</script>', re.DOTALL)


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
    script = re.search(r'<script type="module">(.*?)</script>', page, re.DOTALL)
    assert script is not None
    digest = b64encode(hashlib.sha256(script[1].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in policy["script-src"]


def test_no_address_of_a_file_stands_in_it(page: str) -> None:
    outside = re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert re.findall(r'(?:src|href)="(?!data:|#)[^"]*"|url\((?!data:)[^)]*\)', outside) == []


def test_each_block_is_json(page: str) -> None:
    blocks = dict(BLOCK.findall(page))
    assert set(blocks) == {
        "offline-data", "search-data", "offline-map", "offline-icons", "cards-ru", "cards-en",
    }  # fmt: skip
    for name, text in blocks.items():
        for line in text.splitlines() if name.startswith("cards") else [text]:
            json.loads(line.partition("\t")[2] if name.startswith("cards") else line)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_object_has_a_card_that_leads_to_no_server(small: Dataset, lang: str) -> None:
    found = dict(cards(small, lang))
    assert set(found) == {f"{ref.kind}:{ref.id}" for ref in objects.everything(small)}
    for name, card in found.items():
        assert card["links"]["object"] == f"#sel={name.partition(':')[2]}&lang={lang}"
        assert set(card["links"]) == {"object", "report"}


def test_what_is_no_row_stands_behind_the_rows(small: Dataset) -> None:
    data = offline_data(small)
    ids = [row["id"] for row in data["index"]["rows"]]
    assert ids[: data["rows"]] == list(small.rows["id"])
    assert "uni" in ids[data["rows"] :]
    assert len(set(ids)) == len(ids)
    assert all(
        len(column) == data["rows"] for key, column in data["columns"].items() if key != "names"
    )


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
