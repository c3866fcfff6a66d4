"""All that the server says about one release of the dataset, made once and kept in memory."""

import functools
from collections.abc import Mapping
from dataclasses import dataclass

from api import headers
from api.bodies import Body, make_body
from geo import settings
from geo.dataset import Dataset
from geo.dataset import shared as shared_dataset
from layers.index import build_index
from layers.locale import LANGUAGES
from layers.page import render_page
from layers.published import PUBLISHED, layer_bytes
from layers.row_table import build_row_table


@dataclass(frozen=True, eq=False)
class Release:
    """The dataset and the answers that follow from it alone.

    Parameters
    ----------
    dataset
        The dataset itself.
    map_page
        The page of /map and /embed.
    map_policy, embed_policy
        The content security policies of the two.
    index
        Body of /layers/index.json.
    tables
        Bodies of /layers/table.json by language.
    layers
        Bodies of /layers/{id}.geojson by catalogue id.
    """

    dataset: Dataset
    map_page: Body
    map_policy: str
    embed_policy: str
    index: Body
    tables: Mapping[str, Body]
    layers: Mapping[str, Body]


@functools.cache
def shared() -> Release:
    """Return the release this process serves, made on the first call."""
    return make_release(shared_dataset())


def make_release(dataset: Dataset) -> Release:
    """Render, compress and hash everything for a dataset."""
    page = render_page(dataset)
    tile_origin = settings.current().tile_origin
    policies = [
        headers.map_page(page.script_hashes, tile_origin=tile_origin, framed_by_anyone=anyone)
        for anyone in (False, True)
    ]
    return Release(
        dataset=dataset,
        map_page=make_body(page.body, "text/html"),
        map_policy=policies[0],
        embed_policy=policies[1],
        index=make_body(build_index(dataset), "application/json"),
        tables={
            lang: make_body(build_row_table(dataset, lang), "application/json")
            for lang in LANGUAGES
        },
        layers={
            layer_id: make_body(layer_bytes(dataset, layer_id), "application/geo+json")
            for layer_id in PUBLISHED
        },
    )
