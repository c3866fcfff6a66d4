"""`export`: a layer as a file, with its provenance beside it."""

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from geo.commands.options import AsJson, Folder, Language
from geo.commands.say import say
from geo.dataset import SHIPPED, load, shared
from geo.errors import UnknownLayerError
from geo.export import FORMATS, Options, of_layer, of_link, write
from geo.provenance import SUFFIX

MAP = "map"
"""Stands for the layer of all that the map page lists: sites and projects."""


class Places(StrEnum):
    """Columns that CSV and XLSX have for the place."""

    BOTH = "both"
    LONLAT = "lonlat"
    WKT = "wkt"


def export(
    layer: Annotated[
        str, typer.Argument(help=f"Id of a layer, or `{MAP}`: all sites and projects.")
    ],
    *,
    out: Annotated[Path, typer.Option(help="File to write; its ending tells the format.")],
    where: Annotated[
        str, typer.Option(help="Parameters of a link of the map page: only rows that it shows.")
    ] = "",
    format_id: Annotated[
        str | None, typer.Option("--format", help=f"One of {', '.join(FORMATS)}.")
    ] = None,
    places: Annotated[
        Places, typer.Option(help="Columns for the place in CSV and XLSX.")
    ] = Places.BOTH,
    lang: Annotated[Language, typer.Option(help="Order of names, and title.")] = Language.RU,
    as_json: AsJson = False,
    folder: Folder = SHIPPED,
) -> None:
    """Write a layer, or what a link shows of it, as a file with its provenance beside it."""
    dataset = shared() if folder == SHIPPED else load(folder)
    known = (MAP, *(entry.id for entry in dataset.catalog))
    if layer not in known:
        raise UnknownLayerError(
            f"no layer `{layer}` in the catalogue; name one of {', '.join(known)} "
            f"(`{MAP}`: all sites and projects)"
        )
    if layer == MAP:
        content = of_link(dataset, where, lang.value)
    else:
        content = of_layer(dataset, layer, where=where, lang=lang.value)
    options = Options(places=places.value)
    written = write(content, out, format_id=format_id, options=options)
    if as_json:
        typer.echo(json.dumps(written.provenance, ensure_ascii=False, indent=1))
        return
    output = written.provenance["output"]
    say(f"{output['name']}: {output['rows']} row(s), {output['bytes']} bytes")
    say(f"{output['name']}{SUFFIX}: where it comes from")
    for warning in written.warnings:
        where_to = f" column `{warning['column']}`:" if warning["column"] else ""
        say(f"warning:{where_to} {warning['reason']} [{warning['code']}]", err=True)
