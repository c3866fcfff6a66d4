"""Styles as QGIS keeps them: one symbol for each category, as a QML document."""

from dataclasses import dataclass
from xml.etree import ElementTree

import shapely

from geo.export.content import Style
from geo.export.fitting import Fitted

_LINE = "#1d2b36"
_SHAPES = {
    "marker": ("SimpleMarker", {"name": "circle", "size": "3.4", "outline_width": "0.3"}),
    "line": ("SimpleLine", {"line_width": "0.6"}),
    "fill": ("SimpleFill", {"style": "solid", "outline_width": "0.4"}),
}
"""Kind of symbol -> the symbol layer of QGIS for it and its sizes in millimetres."""

_FILL_ALPHA = 128


@dataclass(frozen=True)
class LayerStyle:
    """One style: name, QML document, and whether QGIS is to take it by itself."""

    name: str
    qml: str
    is_default: bool


def styles(fitted: Fitted) -> list[LayerStyle]:
    """Return a style for each kind of geometry there is, the commonest as the default.

    QGIS shows one kind of geometry a layer: of a table with points and areas it makes two.
    """
    style = fitted.content.style
    if style is None or fitted.geometry is None:
        return []
    dimensions = shapely.get_dimensions(fitted.geometry[~shapely.is_missing(fitted.geometry)])
    kinds = [kind for n, kind in enumerate(_SHAPES) if (dimensions == n).any()]
    kinds.sort(key=lambda kind: -int((dimensions == list(_SHAPES).index(kind)).sum()))
    column = fitted.renamed.get(style.column, style.column)
    return [LayerStyle(kind, _qml(style, column, kind), kind == kinds[0]) for kind in kinds]


def _qml(style: Style, column: str, kind: str) -> str:
    root = ElementTree.Element("qgis", version="3.28.0", styleCategories="Symbology")
    renderer = ElementTree.SubElement(
        root, "renderer-v2", type="categorizedSymbol", attr=column, symbollevels="0"
    )
    categories = ElementTree.SubElement(renderer, "categories")
    symbols = ElementTree.SubElement(renderer, "symbols")
    every = (*style.categories, ("", style.other, ""))
    for number, (value, colour, label) in enumerate(every):
        ElementTree.SubElement(
            categories, "category", value=value, label=label, symbol=str(number), render="true"
        )
        _symbol(symbols, str(number), colour, kind)
    return ElementTree.tostring(root, encoding="unicode")


def _symbol(symbols: ElementTree.Element, name: str, colour: str, kind: str) -> None:
    symbol = ElementTree.SubElement(symbols, "symbol", name=name, type=kind, alpha="1")
    drawn, sizes = _SHAPES[kind]
    layer = ElementTree.SubElement(symbol, "layer", {"class": drawn, "enabled": "1", "pass": "0"})
    alpha = _FILL_ALPHA if kind == "fill" else 255
    colours = (
        {"line_color": _rgba(colour, 255)}
        if kind == "line"
        else {"color": _rgba(colour, alpha), "outline_color": _rgba(_LINE, 255)}
    )
    options = ElementTree.SubElement(layer, "Option", type="Map")
    for key, value in {**colours, **sizes}.items():
        ElementTree.SubElement(options, "Option", name=key, value=value, type="QString")
        # Releases of QGIS before 3.24 read these instead.
        ElementTree.SubElement(layer, "prop", k=key, v=value)


def _rgba(colour: str, alpha: int) -> str:
    red, green, blue = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"
