"""The offline edition: the whole Atlas as one HTML file that asks nobody for anything."""

import base64
import functools
import hashlib
import html
import json
import re
import shlex
import tomllib
import zlib
from collections.abc import Iterable, Iterator, Mapping
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
from layers.typeface import inlined_style

MAX_BYTES = 5_000_000
"""What the edition of the shipped dataset may weigh: it travels by mail and by messenger."""

CARDS_IN_A_BLOCK = 64
"""Cards are packed together: alone they would take half as much again."""

_TEMPLATE = Path(__file__).with_name("offline.html")
_THEME = assets.STATIC.parent / ".streamlit" / "config.toml"
_SHEETS = ("base", "filters", "search", "list", "map", "panel", "help", "phone")
_NAMES = {"ru": "Рус", "en": "Eng"}


def offline_page(dataset: Dataset) -> bytes:
    """Return the page: map, list, filters, search and the cards of all objects, in all languages.

    It has a policy of its own that forbids every request. Equal datasets give equal bytes.
    """
    map_html = build_map(dataset, delivery="inline", offline=True).get_root().render()
    # A frame without a file of its own has no typeface of the page around it.
    style = f"{inlined_style()}\n{assets.text('offline/map.css')}"
    map_html = map_html.replace("</head>", f"<style>{style}</style></head>", 1)
    # Not a module, which would wait for the end of the page.
    body = bundle("offline/main.js", instead={"fetch": "offline/server.js"})
    script = f"(() => {{\n{body}}})();\n"
    first = {
        "offline-data": json_text({**offline_data(dataset), "cards": CARDS_IN_A_BLOCK}),
        "offline-map": map_html,
        "offline-icons": assets.text(assets.ICONS),
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
        first=_blocks(first.items()),
        script=script,
        later=_blocks([*_card_blocks(dataset), ("search-data", json_text(search_data(dataset)))]),
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


def _card_blocks(dataset: Dataset) -> Iterator[tuple[str, str]]:
    """Give some cards at a time, a line each, so that the page need not unpack all to open one.

    The first of all languages come first, as they are the first to be asked for.
    """
    lines = {lang: [json_text(card) for card in cards(dataset, lang)] for lang in LANGUAGES}
    for start in range(0, len(lines[LANGUAGES[0]]), CARDS_IN_A_BLOCK):
        for lang in LANGUAGES:
            block = lines[lang][start : start + CARDS_IN_A_BLOCK]
            yield f"cards-{lang}-{start // CARDS_IN_A_BLOCK}", "\n".join(block)


def _blocks(blocks: Iterable[tuple[str, str]]) -> str:
    return "\n".join(
        f'<script type="text/plain" id="{name}">{packed(text)}</script>' for name, text in blocks
    )


def packed(text: str) -> str:
    """Return a text as base64 of raw deflate, which a page reads faster than the text itself."""
    packer = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    return base64.b64encode(packer.compress(text.encode()) + packer.flush()).decode()


def json_text(data: object) -> str:
    """Return JSON without spaces; letters stay letters."""
    return json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


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
    own = [assets.text(f"offline/{name}.css") for name in ("page", "print")]
    return "\n".join((inlined_style(), _theme(), *sheets, *own))


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
        # Paper is white.
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}"
    )


def _kebab(name: str) -> str:
    return re.sub("[A-Z]", lambda found: f"-{found[0].lower()}", name)
