"""The map page: a folium map whose layers are drawn by the Atlas's own script."""

import base64
import functools
import hashlib
import re
from dataclasses import dataclass

import folium
from branca.element import Figure, MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template
from markupsafe import Markup

from geo.dataset import Dataset
from geo.view import View
from layers import assets
from layers.locale import LANGUAGES, Translator
from layers.page_data import START, Delivery, page_data, to_script_block

_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@dataclass(frozen=True)
class Page:
    """A page as it is sent, and what a content security policy must allow of it.

    `script_hashes` are sources for `script-src`, without quotes: sha256-… of each inline script.
    """

    body: bytes
    script_hashes: tuple[str, ...]


class AtlasLayers(JSCSSMixin, MacroElement):
    """Draws parks and projects, with legend and controls, by the script in `static/atlas/`.

    Parameters
    ----------
    data
        What `layers.page_data.page_data` returns.
    delivery
        "url": the page asks for scripts and styles. "inline": they stand in it.
    """

    _template = Template(
        """
        {% macro header(this, kwargs) %}
        {%- for sheet in this.inline_styles %}<style>{{ sheet }}</style>
        {% endfor -%}
        {%- for script in this.inline_scripts %}<script>{{ script }}</script>
        {% endfor -%}
        {% endmacro %}
        {% macro html(this, kwargs) %}
        {{ this.icons }}
        {{ this.without_script }}
        <script type="application/json" id="atlas-data">{{ this.data }}</script>
        {% endmacro %}
        {% macro script(this, kwargs) %}
        Atlas.start({{ this._parent.get_name() }}, "atlas-data");
        {% endmacro %}
        """
    )

    def __init__(self, data: str, *, delivery: Delivery) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # branca leaves it untyped
        self._name = "AtlasLayers"
        self._id = "atlas"
        self.data = data
        self.icons = assets.text(assets.ICONS)
        self.inline_styles: list[str] = []
        self.inline_scripts: list[str] = []
        self.without_script = ""
        styles = [assets.LEAFLET_STYLE, assets.FRAME_STYLE]
        if delivery == "inline":
            # The typeface stays away: the page must be one file of a bearable size.
            self.inline_styles = [assets.text(path) for path in styles]
            self.inline_scripts = [assets.text(assets.MAP_SCRIPT)]
        else:
            # The page is the same for everyone, so it says this in every language.
            self.without_script = Markup("<noscript>{}</noscript>").format(
                Markup("").join(_without_script(Translator(lang)) for lang in LANGUAGES)
            )
            self.default_css = [(path, assets.url(path)) for path in [assets.FONT_STYLE, *styles]]
            self.default_js = [(assets.MAP_SCRIPT, assets.url(assets.MAP_SCRIPT))]


def _without_script(translator: Translator) -> Markup:
    """Return what stands in place of the map where scripts are off, with links that need none."""
    link = '<a href="./{}" target="_blank" rel="noopener">{}</a>'
    lang = translator.lang
    return Markup(f'<p lang="{{}}">{{}} {link} · {link}</p>').format(  # noqa: S704 - written above
        lang,
        translator.t("http.start.noscript"),
        f"compare?lang={lang}",
        translator.t("compare.title"),
        f"export?format=csv&lang={lang}",
        "CSV",
    )


def build_map(
    dataset: Dataset,
    *,
    delivery: Delivery = "url",
    view: View | None = None,
    offline: bool = False,
) -> folium.Map:
    """Build the map of a dataset.

    Parameters
    ----------
    dataset
        The dataset to show.
    delivery
        "url" for the page of the server, which asks for layers and scripts once; "inline" for a
        notebook or a file that must work by itself.
    view
        The answer to show, by `geo.query.apply`; None shows every row.
    offline
        For the frame of the offline edition: waits for its host to send the features and to say
        what to show, and offers no tiles, as those would have to be asked for.

    Returns
    -------
    folium.Map
        Shows itself in a notebook (inline); `get_root().render()` is the page.
    """
    west, south, east, north = START
    # Scale, zoom buttons, keys and attribution are the script's: folium's speak one language only.
    chart = folium.Map(
        location=((south + north) / 2, (west + east) / 2),
        zoom_start=11,
        tiles=None,
        prefer_canvas=True,
        zoom_control=False,
        attribution_control=False,
        keyboard=False,
        zoom_snap=0.5,
        wheel_px_per_zoom_level=90,
    )
    # An id drawn by lot would make the bytes, and so the hashes, differ at each rendering.
    chart._id = "atlas"
    # On the instance: the lists of the class belong to every map of the process. jQuery,
    # Bootstrap and markers of the default lists are not used here.
    chart.default_js = []
    chart.default_css = []
    data = to_script_block(page_data(dataset, delivery=delivery, view=view, offline=offline))
    AtlasLayers(data, delivery=delivery).add_to(chart)
    figure = chart.get_root()
    if isinstance(figure, Figure):
        figure.title = "Tomsk Agglomeration Atlas"
    return chart


@functools.lru_cache(maxsize=2)
def render_page(dataset: Dataset) -> Page:
    """Render the page of the server; a second call with the same dataset costs nothing."""
    html = build_map(dataset).get_root().render()
    return Page(html.encode(), script_hashes(html))


def script_hashes(html: str) -> tuple[str, ...]:
    """Return the sources for `script-src` of the scripts that stand in a page of `build_map`."""
    return tuple(script_hash(script) for script in _INLINE_SCRIPT.findall(html))


def script_hash(script: str) -> str:
    """Return the source of a script for `script-src`, without quotes."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
