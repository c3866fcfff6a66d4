from pathlib import Path

import pytest
from pydantic import ValidationError

from geo.read import Limits
from geo.settings import Settings


def test_defaults_work_without_any_variable(monkeypatch):
    settings = Settings()
    assert settings.data_folder is None
    assert settings.tile_origin == "https://tile.openstreetmap.org"


def test_variables_with_the_prefix_are_read(monkeypatch, tmp_path):
    monkeypatch.setenv("ATLAS_LOG_LEVEL", "DEBUG")
    monkeypatch.setenv("ATLAS_DATA_FOLDER", str(tmp_path))
    settings = Settings()
    assert (settings.log_level, settings.data_folder) == ("DEBUG", tmp_path)


def test_an_empty_folder_is_none(monkeypatch):
    monkeypatch.setenv("ATLAS_SNAPSHOT", "")
    monkeypatch.setenv("ATLAS_DATA_FOLDER", "")
    settings = Settings()
    assert (settings.snapshot, settings.data_folder) == (None, None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOG_LEVEL", "LOUD"),
        ("DATA_FOLDER", "/nowhere/at/all"),
        ("REPORT_URL", "javascript:alert(1)"),
        ("REPORT_URL", "https://example.org/?q={password}"),
        ("REPORT_URL", "https://example.org/?q={0}"),
        ("TILE_URL", "file:///etc/{z}/{x}/{y}"),
    ],
)
def test_an_unusable_value_is_refused_by_name(monkeypatch, name, value):
    monkeypatch.setenv(f"ATLAS_{name}", value)
    with pytest.raises(ValidationError, match=name.lower()):
        Settings()


def test_report_link_quotes_what_it_fills_in():
    settings = Settings(report_url="https://example.org/new?title={title}&id={id}")
    link = settings.report_link(object_id="a b", title="Парк & сад?\n", link="")
    assert link == (
        "https://example.org/new?title=%D0%9F%D0%B0%D1%80%D0%BA%20%26%20"
        "%D1%81%D0%B0%D0%B4%3F%0A&id=a%20b"
    )


def test_no_report_address_gives_no_link():
    assert Settings(report_url="").report_link(object_id="a", title="b", link="c") == ""


@pytest.mark.parametrize(
    ("url", "origin"),
    [
        ("", ""),
        ("https://{s}.tiles.example/{z}/{x}/{y}.png", "https://*.tiles.example"),
        ("http://localhost:8000/{z}/{x}/{y}.png", "http://localhost:8000"),
    ],
)
def test_tile_origin_is_what_a_policy_names(url, origin):
    assert Settings(tile_url=url).tile_origin == origin


def test_the_limits_of_reading_are_those_of_the_settings(monkeypatch):
    assert Limits.of(Settings()) == Limits()
    monkeypatch.setenv("ATLAS_UPLOAD_SECONDS", "3")
    monkeypatch.setenv("ATLAS_UPLOAD_MAX_FEATURES", "7")
    limits = Limits.of(Settings())
    assert (limits.seconds, limits.max_features) == (3, 7)


@pytest.mark.parametrize("name", ["MAX_MB", "SECONDS", "MAX_FEATURES", "MEMORY_MB"])
def test_a_limit_of_nothing_is_refused(monkeypatch, name):
    monkeypatch.setenv(f"ATLAS_UPLOAD_{name}", "0")
    with pytest.raises(ValidationError, match=f"upload_{name.lower()}"):
        Settings()


def test_every_setting_is_in_the_readme():
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    assert [n for n in Settings.model_fields if f"ATLAS_{n.upper()}" not in readme] == []
