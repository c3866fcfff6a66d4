"""KML 2.2, for Google Earth."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import numpy as np
import pyarrow as pa
import shapely

from geo.export.content import Style
from geo.export.fitting import Fitted, Rules
from geo.export.geojson import plain
from geo.export.options import Options
from geo.provenance.origin import Notice
from geo.provenance.rights import citation, rights_of

# What XML 1.0 cannot hold. A carriage return can, but only as a reference, see `_text`.
_NOT_XML = "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]"
RULES = Rules(
    unprintable=_NOT_XML,
    unprintable_names=_NOT_XML,
    as_text=("date", "datetime", "list"),
    exact_integers=False,
    finite=True,
)
_TYPES = {"text": "string", "number": "double", "boolean": "bool"}
_LARGEST_INT = 2**31 - 1
_NAMES = ("name_{lang}", "name", "title", "id")
"""Columns that a placemark may take its name from, the first that is there."""


def write(fitted: Fitted, path: Path, options: Options) -> tuple[Notice, ...]:  # noqa: ARG001
    """Write a placemark a row, in their order; one without a place has no geometry.

    Columns stand in `ExtendedData` with their types: whole numbers are `int` where they fit into
    32 bits, else `double`.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        file.write('<kml xmlns="http://www.opengis.net/kml/2.2">\n<Document>\n')
        file.writelines(_head(fitted))
        file.writelines(_placemarks(fitted))
        file.write("</Document>\n</kml>\n")
    return ()


def _text(value: str) -> str:
    return escape(value, {"\r": "&#13;"})


def _head(fitted: Fitted) -> Iterator[str]:
    content = fitted.content
    title = content.title_ru if content.lang == "ru" else content.title_en
    about = citation(content.origin, rights_of(content.origin.inputs))[content.lang]
    yield f"<name>{_text(title)}</name>\n<description>{_text(about)}</description>\n"
    for number, colour in enumerate(_colours(content.style)):
        line, fill = _abgr(colour, "ff"), _abgr(colour, "80")
        yield (
            f'<Style id="s{number}"><IconStyle><color>{line}</color></IconStyle>'
            f"<LineStyle><color>{line}</color><width>2</width></LineStyle>"
            f"<PolyStyle><color>{fill}</color></PolyStyle></Style>\n"
        )
    yield '<Schema name="rows" id="rows">\n'
    for column, array in zip(fitted.columns, fitted.arrays, strict=True):
        kind = _type(column.kind, array)
        yield f'<SimpleField type="{kind}" name={_name(column.name)}/>\n'
    yield "</Schema>\n"


def _name(text: str) -> str:
    return quoteattr(text, {"\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})


def _type(kind: str | None, array: pa.Array) -> str:
    if kind == "integer":
        low, high = pa.compute.min_max(array).as_py().values()
        return "double" if max(abs(low or 0), abs(high or 0)) > _LARGEST_INT else "int"
    return _TYPES[kind or "text"]


def _colours(style: Style | None) -> list[str]:
    return [colour for _, colour, _ in style.categories] + [style.other] if style else []


def _abgr(colour: str, alpha: str) -> str:
    return alpha + colour[5:7] + colour[3:5] + colour[1:3]


def _placemarks(fitted: Fitted) -> Iterator[str]:
    shapes = np.full(fitted.rows, None) if fitted.geometry is None else fitted.geometry
    opened = [f"<SimpleData name={_name(column.name)}>" for column in fitted.columns]
    columns = [plain(array) for array in fitted.arrays]
    names, styles = _named(fitted, columns), _styled(fitted, columns)
    for row, shape in enumerate(shapes):
        cells = "".join(
            f"{start}{_value(values[row])}</SimpleData>"
            for start, values in zip(opened, columns, strict=True)
            if values[row] is not None
        )
        yield (
            f"<Placemark>{names(row)}{styles(row)}"
            f'<ExtendedData><SchemaData schemaUrl="#rows">{cells}</SchemaData></ExtendedData>'
            f"{'' if shape is None else _geometry(shape)}</Placemark>\n"
        )


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else "0"
    return _text(str(value))


def _named(fitted: Fitted, columns: list[list[object]]) -> Callable[[int], str]:
    own = {column.name: values for column, values in zip(fitted.columns, columns, strict=True)}
    lang = fitted.content.lang
    for name in (*(pattern.format(lang=lang) for pattern in _NAMES), fitted.key):
        if name in own:
            values = own[name]
            return lambda row: (
                "" if values[row] is None else f"<name>{_text(str(values[row]))}</name>"
            )
    return lambda _: ""


def _styled(fitted: Fitted, columns: list[list[object]]) -> Callable[[int], str]:
    style = fitted.content.style
    if style is None:
        return lambda _: ""
    numbers = {value: n for n, (value, _, _) in enumerate(style.categories)}
    column = fitted.renamed.get(style.column, style.column)
    values = next(
        (v for c, v in zip(fitted.columns, columns, strict=True) if c.name == column),
        [None] * fitted.rows,
    )
    return lambda row: f"<styleUrl>#s{numbers.get(values[row], len(numbers))}</styleUrl>"  # type: ignore[call-overload]


def _geometry(shape: Any) -> str:
    if shape.geom_type.startswith("Multi") or shape.geom_type == "GeometryCollection":
        return f"<MultiGeometry>{''.join(map(_geometry, shape.geoms))}</MultiGeometry>"
    if shape.geom_type == "Polygon":
        inner = "".join(
            f"<innerBoundaryIs>{_line('LinearRing', ring)}</innerBoundaryIs>"
            for ring in shape.interiors
        )
        outer = f"<outerBoundaryIs>{_line('LinearRing', shape.exterior)}</outerBoundaryIs>"
        return f"<Polygon>{outer}{inner}</Polygon>"
    return _line(shape.geom_type, shape)


def _line(name: str, shape: Any) -> str:
    points = shapely.get_coordinates(shape, include_z=shape.has_z).tolist()
    text = " ".join(",".join(map(repr, point)) for point in points)
    return f"<{name}><coordinates>{text}</coordinates></{name}>"
