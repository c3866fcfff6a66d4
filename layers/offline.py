"""The offline edition: the whole Atlas as one HTML file that asks nobody for anything."""

import base64
import functools
import hashlib
import html
import re
import shlex
import tomllib
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

from geo.dataset import Dataset
from geo.provenance import Output, document
from geo.provenance.origin import Origin, layer_input
from layers import assets
from layers.bundle import bundle
from layers.locale import LANGUAGES, Translator
from layers.offline_data import cards, offline_data, search_data
from layers.page import build_map, script_hash, script_hashes
from layers.page_data import to_script_block

MAX_BYTES = 5_000_000
"""What the edition of the shipped dataset may weigh: it travels by mail and by messenger."""

_TEMPLATE = Path(__file__).with_name("offline.html")
_THEME = assets.STATIC.parent / ".streamlit" / "config.toml"
_SHEETS = ("base", "filters", "search", "list", "map", "panel", "help", "phone")
_FONT_FILE = re.compile(r"url\(\./(files/[\w-]+\.woff2)\)")
_NAMES = {"ru": "Рус", "en": "Eng"}


def offline_page(dataset: Dataset) -> bytes:
    """Return the page: map, list, filters, search and the cards of all objects, in all languages.

    It has a policy of its own that forbids every request. Equal datasets give equal bytes.
    """
    map_html = build_map(dataset, delivery="inline", offline=True).get_root().render()
    # A frame without a file of its own has no typeface of the page around it.
    map_html = map_html.replace("</head>", f"<style>{_fonts()}</style></head>", 1)
    script = bundle("offline/main.js", instead={"fetch": "offline/server.js"})
    blocks = {
        "offline-data": to_script_block(offline_data(dataset)),
        "search-data": to_script_block(search_data(dataset)),
        "offline-map": to_script_block(map_html),
        "offline-icons": to_script_block(assets.text(assets.ICONS)),
        **{f"cards-{lang}": _cards(dataset, lang) for lang in LANGUAGES},
    }
    translator = Translator(LANGUAGES[0])
    page = Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        policy=_policy(map_html, script),
        title=html.escape(translator.t("ui.offline.title")),
        skip=html.escape(translator.t("ui.offline.skip")),
        no_script=" ".join(
            html.escape(Translator(lang).t("ui.offline.no_script")) for lang in LANGUAGES
        ),
        languages="".join(
            f'<button type="button" lang="{lang}">{_NAMES[lang]}</button>' for lang in LANGUAGES
        ),
        style=_style(),
        blocks="\n".join(
            f'<script type="application/json" id="{name}">{text}</script>'
            for name, text in blocks.items()
        ),
        script=script,
    )
    return page.encode()


def offline_provenance(dataset: Dataset, name: str, page: bytes) -> dict[str, Any]:
    """Return the document that stands beside the page: what it is made of, and how to repeat it."""
    titles = [Translator(lang).t("ui.offline.title") for lang in LANGUAGES]
    origin = Origin(
        operation={"kind": "offline"},
        inputs=tuple(layer_input(entry) for entry in dataset.catalog),
        release=dataset.release,
    )
    digest = hashlib.sha256(page).hexdigest()
    output = Output(name, "html", digest, len(page), rows=len(dataset.rows))
    found = document(title_ru=titles[0], title_en=titles[1], origin=origin, output=output)
    return {**found, "replay": shlex.join(["python", "-m", "layers", "offline", name])}


def _cards(dataset: Dataset, lang: str) -> str:
    """Return a line for each card, so that the page need not read all to open one."""
    return "\n".join(f"{name}\t{to_script_block(card)}" for name, card in cards(dataset, lang))


def _policy(map_html: str, script: str) -> str:
    """Return a policy under which nothing is asked for; the map's frame inherits it."""
    hashes = " ".join(f"'{one}'" for one in (script_hash(script), *script_hashes(map_html)))
    return (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; img-src data:; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )


@functools.cache
def _style() -> str:
    sheets = [assets.text(f"explorer/{name}.css") for name in _SHEETS]
    return "\n".join((_fonts(), _theme(), *sheets, assets.text("offline/page.css")))


def _fonts() -> str:
    """Return the faces of the typeface with their files in them."""
    folder = (assets.STATIC / assets.FONT_STYLE).parent

    def inlined(found: re.Match[str]) -> str:
        content = base64.b64encode((folder / found[1]).read_bytes()).decode()
        return f"url(data:font/woff2;base64,{content})"

    return _FONT_FILE.sub(inlined, assets.text(assets.FONT_STYLE))


def _theme() -> str:
    """Return the colours of the application, which Streamlit hands to the explorer there."""
    theme: Mapping[str, Any] = tomllib.loads(_THEME.read_text(encoding="utf-8"))["theme"]
    light, dark = (
        " ".join(
            f"--st-{_kebab(name)}: {value};"
            for name, value in theme[shade].items()
            if isinstance(value, str)
        )
        for shade in ("light", "dark")
    )
    return (
        f":root {{ --st-font: {theme['font']}; {light} }}\n"
        f"@media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}"
    )


def _kebab(name: str) -> str:
    return re.sub("[A-Z]", lambda found: f"-{found[0].lower()}", name)
