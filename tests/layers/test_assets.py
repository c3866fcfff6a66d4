import json
from pathlib import Path

from layers import assets

ROOT = Path(__file__).parents[2]


def test_vendored_files_are_of_the_versions_asked_for_and_have_their_licences():
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    lines = (assets.STATIC / "vendor" / "VERSIONS").read_text().splitlines()
    assert dict(line.split(" ") for line in lines) == wanted
    folders = [folder for folder in (assets.STATIC / "vendor").iterdir() if folder.is_dir()]
    assert len(folders) == len(wanted)
    for folder in folders:
        assert (folder / "LICENSE").stat().st_size > 500, folder.name


def test_the_lock_names_no_host_of_a_registry():
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    for name, entry in packages.items():
        assert "resolved" not in entry, name
        assert entry["integrity"].startswith("sha512-"), name


def test_an_address_changes_with_the_content(tmp_path, monkeypatch):
    monkeypatch.setattr(assets, "STATIC", tmp_path)
    (tmp_path / "a.js").write_text("1")
    (tmp_path / "b.js").write_text("2")
    versions = {assets.url(name).partition("?v=")[2] for name in ("a.js", "b.js")}
    assert len(versions) == 2
