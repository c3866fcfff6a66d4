import base64
import hashlib
import json
import re

import folium
import pytest

from geo import dataset
from geo.query import Query, apply
from layers import assets, style
from layers.locale import LANGUAGES, Translator
from layers.page import build_map, render_page
from layers.page_data import page_data, to_script_block
from layers.published import digest, layer_bytes


@pytest.fixture(scope="module")
def shipped() -> dataset.Dataset:
    return dataset.shared()


def block(html: str) -> dict:
    [text] = re.findall(
        r'<script type="application/json" id="atlas-data">(.*?)</script>', html, re.S
    )
    return json.loads(text)


def test_the_page_is_a_folium_map_that_asks_only_this_server(shipped):
    chart = build_map(shipped)
    assert isinstance(chart, folium.Map)
    html = re.sub("<noscript>.*?</noscript>", "", chart.get_root().render())
    addresses = re.findall(r'(?:src|href)="([^"#][^"]*)"', html)
    assert addresses
    assert all(re.fullmatch(r"assets/[\w./-]+\?v=[0-9a-f]{12}", address) for address in addresses)
    version = digest(layer_bytes(shipped, "industrial"))
    assert block(html)["layers"][0]["url"] == f"layers/industrial.geojson?v={version}"


def test_without_scripts_the_page_says_so_in_each_language_and_leads_on(shipped):
    html = build_map(shipped).get_root().render()
    (words,) = re.findall("<noscript>(.*?)</noscript>", html)
    for lang in LANGUAGES:
        part = words.partition(f'<p lang="{lang}">')[2].partition("</p>")[0]
        assert Translator(lang).t("http.start.noscript") in part
        assert f'href="./compare?lang={lang}"' in part
    assert "<noscript>" not in build_map(shipped, delivery="inline").get_root().render()


def test_other_folium_maps_keep_their_own_assets(shipped):
    before = list(folium.Map.default_js), list(folium.Map.default_css)
    build_map(shipped).get_root().render()
    assert (folium.Map.default_js, folium.Map.default_css) == before


def test_the_page_is_the_same_at_every_rendering_and_made_once(shipped):
    page = render_page(shipped)
    assert render_page(shipped) is page
    assert page.body == build_map(shipped).get_root().render().encode()


def test_every_inline_script_has_its_hash(shipped):
    page = render_page(shipped)
    scripts = re.findall(r"<script>(.*?)</script>", page.body.decode(), re.S)
    digests = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts]
    assert page.script_hashes == tuple(f"sha256-{digest}" for digest in digests)
    assert digests


def test_the_inline_page_holds_layers_scripts_and_both_languages(shipped):
    html = build_map(shipped, delivery="inline").get_root().render()
    assert not re.findall(r"<(?:script|link)[^>]* (?:src|href)=", html)
    data = block(html)
    placed = sum(len(layer["data"]["features"]) for layer in data["layers"])
    assert placed == len(shipped.rows)
    assert data["messages"].keys() == set(LANGUAGES)
    assert "Supercluster" in html


def test_every_asset_exists_and_none_evaluates_text():
    for path in assets.SCRIPTS:
        script = assets.text(path)
        assert "</script" not in script
        assert not re.search(r"\beval\(|new Function\b", script) or path.startswith(
            "vendor/supercluster"
        )


def test_every_script_of_the_map_is_in_the_page():
    folder = assets.STATIC / "atlas"
    assert {f"atlas/{file.name}" for file in folder.glob("*.js")} <= set(assets.SCRIPTS)


@pytest.mark.parametrize(
    "text", ["</script>", "<!--", "a\u2028b\u2029c", "&amp;", '"quotes"', "${x} `y` \\u0041"]
)
def test_texts_in_the_data_block_can_neither_end_it_nor_change(text):
    written = to_script_block({"name": text})
    assert not re.search("[<>&\u2028\u2029]", written)
    assert json.loads(written) == {"name": text}


def test_every_message_the_scripts_name_is_in_the_page(shipped):
    script = "".join(assets.text(path) for path in assets.SCRIPTS if path.startswith("atlas/"))
    named = set(re.findall(r'"((?:map|value)\.[\w.]+)"', script))
    for texts in page_data(shipped, delivery="url")["messages"].values():
        known = texts.keys() | {key.rpartition(".")[0] for key in texts}
        assert named <= known
    assert len(named) > 40


def test_every_map_message_is_used():
    script = "".join(assets.text(path) for path in assets.SCRIPTS if path.startswith("atlas/"))
    made = re.compile(r"map\.(degrees|layers|pan)\.")
    for key in page_data(dataset.shared(), delivery="url")["messages"]["ru"]:
        if key.startswith("map.") and not made.match(key):
            stem = (
                key.rpartition(".")[0] if key.startswith(("map.projects", "map.own.crowd")) else key
            )
            assert f'"{stem}"' in script, key


def test_settlements_come_largest_first(shipped):
    ranks = [place["rank"] for place in page_data(shipped, delivery="url")["settlements"]]
    assert ranks == sorted(ranks)
    assert ranks


def test_no_tiles_when_the_operator_has_none(shipped, monkeypatch):
    from geo import settings

    monkeypatch.setattr(settings, "current", lambda: settings.Settings(tile_url=""))
    assert page_data(shipped, delivery="url")["tiles"] is None


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("park", style.PARKS, ids=lambda park: park.id)
def test_kinds_hold_three_to_one_on_both_grounds(park):
    assert contrast(park.colour, style.LIGHT["ground"]) >= 3
    assert contrast(park.line_dark, style.DARK["ground"]) >= 3
    assert contrast("#ffffff", park.colour) >= 3


@pytest.mark.parametrize("theme", [style.LIGHT, style.DARK], ids=["light", "dark"])
def test_text_holds_four_and_a_half_to_one(theme):
    for name in ("text", "secondary", "warning", "accent"):
        assert contrast(theme[name], theme["surface"]) >= 4.5, name
    assert contrast(theme["accent_text"], theme["accent"]) >= 4.5
    assert contrast(theme["graticule_text"], theme["ground"]) >= 4.5
    assert contrast(theme["settlement"], theme["ground"]) >= 4.5


def test_both_themes_name_the_same_colours():
    assert style.LIGHT.keys() == style.DARK.keys()


def test_a_page_may_be_made_for_one_answer(shipped):
    view = apply(Query(parks=("medical",)), shipped)
    assert page_data(shipped, delivery="inline", view=view)["shown"] == view.ids
    assert page_data(shipped, delivery="inline")["shown"] is None
