"""The page of one object as HTML: its sheet, its map, and what other sites show of a link to it."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import segno
from markupsafe import Markup

from api.plain_page import render
from geo.dataset import Dataset
from layers import objects
from layers.comparison import KINDS
from layers.legend import legend
from layers.locale import LANGUAGES, Translator
from layers.locator import locate
from layers.locator_shapes import Locator
from layers.locator_svg import draw, sign
from layers.page_data import to_script_block
from layers.sheet import sheet
from layers.style import BY_PARK
from layers.subjects import subjects_of

MAP_PX = (480.0, 340.0)
_IN_LIST = 12
_DECIMALS = 4
_SCHEMA_TYPES = {"site": "Place", "settlement": "Place", "organisation": "Organization"}


def object_page(
    dataset: Dataset,
    ref: objects.Ref,
    translator: Translator,
    origin: str,
    pages: Sequence[str],
) -> bytes:
    """Return the page of an object.

    Parameters
    ----------
    dataset, ref, translator
        Whose page, in which language.
    origin
        Scheme and host under which the Atlas is reached.
    pages
        Paths for the top bar.
    """
    whole = sheet(dataset, ref, translator, origin=origin)
    own = objects.address(dataset, ref)
    absolute = f"{origin}{objects.address(dataset, ref, translator.lang)}"
    chart = locator_of(dataset, ref, whole, translator, MAP_PX)
    label = map_label(whole, translator)
    return render(
        "object.html",
        translator,
        pages,
        own=own,
        o=whole,
        shown=_IN_LIST,
        sign=_sign(ref, whole),
        absolute=absolute,
        alternates=[
            *((one, f"{origin}{objects.address(dataset, ref, one)}") for one in LANGUAGES),
            ("x-default", f"{origin}{own}"),
        ],
        picture=f"{origin}{objects.address(dataset, ref, translator.lang)}".replace(
            "/object?", "/object/picture?", 1
        ),
        compare=_compare(ref, translator),
        svg=draw(chart, translator, label=label) if chart else "",
        legend=legend(chart, whole["title"], translator) if chart else [],
        map_label=label,
        coordinates=_coordinates(whole, translator) if chart else "",
        linked_data=Markup(to_script_block(_linked_data(whole, absolute, translator))),  # noqa: S704 - <, > and & are escaped in it
        retrieved=translator.date(whole["retrieved"]),
        qr=_qr(absolute),
    )


def locator_of(
    dataset: Dataset,
    ref: objects.Ref,
    whole: dict[str, Any],
    translator: Translator,
    size: tuple[float, float],
) -> Locator | None:
    """Return the map of an object, its neighbours numbered as in the list beside it."""
    numbers = {
        item["id"]: n for one in whole["near"] for n, item in enumerate(one["items"], start=1)
    }
    width, height = size
    found = subjects_of(dataset, ref)
    return locate(dataset, found, translator, width=width, height=height, numbers=numbers)


def map_label(whole: dict[str, Any], translator: Translator) -> str:
    """Return what the map shows, for those who do not see it."""
    return translator.t(
        "object.map.label", title=whole["title"], precision=whole["place"]["precision"]
    )


def _sign(ref: objects.Ref, whole: dict[str, Any]) -> Markup:
    if whole["letter"]:
        return sign("site", colour=BY_PARK[whole["park"]].colour, text=whole["letter"])
    kinds = {"project": "project", "organisation": "organisation", "settlement": "settlement"}
    return sign(kinds[ref.kind]) if ref.kind in kinds else Markup("")


def _compare(ref: objects.Ref, translator: Translator) -> str:
    if ref.kind not in KINDS:
        return ""
    return f"/compare?{urlencode({'id': ref.id, 'lang': translator.lang})}"


def _coordinates(whole: dict[str, Any], translator: Translator) -> str:
    """Return latitude and longitude where the place is one point."""
    geometry = whole["geometry"]
    if not _is_point(geometry):
        return ""
    lon, lat = geometry["coordinates"]
    return translator.t(
        "object.coordinates",
        lat=translator.number(lat, _DECIMALS),
        lon=translator.number(lon, _DECIMALS),
    )


def _is_point(geometry: dict[str, Any] | None) -> bool:
    return geometry is not None and geometry["type"] == "Point"


def _linked_data(whole: dict[str, Any], absolute: str, translator: Translator) -> dict[str, Any]:
    """Return what search engines read: no more than the page says.

    A position is given only where the place is known well, as the format cannot say how well.
    """
    about: dict[str, Any] = {
        "@type": _SCHEMA_TYPES.get(whole["type"], "Thing"),
        "name": whole["title"],
    }
    place, geometry = whole["place"], whole["geometry"]
    if about["@type"] == "Place" and place["placed"] and not place["guess"] and _is_point(geometry):
        lon, lat = geometry["coordinates"]
        about["geo"] = {"@type": "GeoCoordinates", "longitude": lon, "latitude": lat}
    return {
        "@context": "https://schema.org",
        "@type": "WebPage",
        "name": whole["title"],
        "description": whole["summary"],
        "url": absolute,
        "inLanguage": translator.lang,
        "isPartOf": {"@type": "WebSite", "name": translator.t("shell.name")},
        "about": about,
    }


def _qr(address: str) -> Markup:
    """Return the address as a QR code, for who has the sheet on paper."""
    # Any mask can be read; trying all eight for the fairest takes longer than the page.
    code = segno.make(address, micro=False, error="m", mask=2)
    return Markup(  # noqa: S704 - segno's own markup; the address is in the pattern only
        code.svg_inline(scale=2, border=2, dark="#000", light="#fff", omitsize=True)
    )
