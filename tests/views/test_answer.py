import base64
import json

import numpy as np
import pytest

from geo.dataset import Dataset, shared
from geo.query import Query, apply
from geo.read.report import Report
from layers.locale import LANGUAGES, Translator
from layers.own import OwnLayer
from tests.geo.own import made
from views.answer import build_answer, encode_order


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return shared()


def decoded(order: dict) -> list[int]:
    """What `decodeOrder` of static/explorer/order.js does."""
    content = base64.b64decode(order["rows"])
    if order["width"] == 1:
        return [
            at * 8 + bit for at, byte in enumerate(content) for bit in range(8) if byte >> bit & 1
        ]
    return [int(number) for number in np.frombuffer(content, f"<u{order['width'] // 8}")]


@pytest.mark.parametrize(
    ("positions", "rows", "width"),
    [
        ([], 161, 1),
        ([0, 7, 8, 160], 161, 1),
        ([2, 0, 1], 3, 16),
        ([70_000, 1], 70_001, 32),
    ],
)
def test_order_is_read_back(positions: list[int], rows: int, width: int) -> None:
    order = encode_order(np.array(positions, dtype=np.intp), rows)
    assert order["width"] == width
    assert decoded(order) == positions


def test_order_of_a_thousand_rows_is_small() -> None:
    assert len(encode_order(np.arange(1_000), 1_000)["rows"]) < 200


@pytest.mark.parametrize("lang", LANGUAGES)
def test_answer_is_the_view(dataset: Dataset, lang: str) -> None:
    view = apply(Query(parks=("medical",), sort="-area"), dataset, lang=lang)
    answer = build_answer(dataset, view, (), Translator(lang))
    assert decoded(answer["order"]) == list(view.positions)
    assert answer["params"] == "park=medical&sort=-area"
    assert answer["counts"]["park"] == [*view.facets["park"].counts, view.facets["park"].no_data]
    assert answer["totals"]["shown"] == len(view.ids)
    assert answer["card"] is None
    assert answer["empty"] is None
    json.dumps(answer, allow_nan=False)


def test_selection_brings_its_card(dataset: Dataset) -> None:
    view = apply(Query(selected="akademgorodok"), dataset)
    answer = build_answer(dataset, view, (), Translator("en"))
    assert answer["card"]["id"] == "akademgorodok"


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ru", "Без условия «поиск: zzzzz» — 16."),
        ("en", "Without “search: zzzzz” there are 16."),
    ],
)
def test_nothing_found_names_the_smallest_change(dataset: Dataset, lang: str, text: str) -> None:
    view = apply(Query(parks=("medical",), text="zzzzz"), dataset)
    empty = build_answer(dataset, view, (), Translator(lang))["empty"]
    assert empty["text"] == text
    assert empty["params"] == "park=medical"


def test_an_unknown_selection_is_answered_with_names_like_it(dataset: Dataset) -> None:
    for asked, named in (("lagerniy-sad", "Lagerny Sad"), ("qqqqqqqq", "")):
        query, notes = Query.from_params({"sel": asked}, dataset)
        said = build_answer(dataset, apply(query, dataset), notes, Translator("en"))["notes"]
        assert any(one.startswith("Like it") and named in one for one in said) == bool(named)


def test_place_filter_tells_what_cannot_be_placed(dataset: Dataset) -> None:
    query, notes = Query.from_params("near=84.95,56.48,500", dataset)
    view = apply(query, dataset)
    answer = build_answer(dataset, view, notes, Translator("en"))
    assert answer["notes"][:1] == [
        f"Also match, but their place is not known: {view.totals.not_placed}."
    ]


def test_a_layer_of_the_viewer_travels_by_address_and_counts(dataset: Dataset) -> None:
    columns = {"kind": ["a", "b", "a"], "n": [1, None, 3]}
    layer = made.layer(columns)
    own = OwnLayer("secret", layer, Report("layer.geojson", 3, 3))
    both = dataset.with_layer(layer)
    answer = build_answer(both, apply(Query(), both), (), Translator("en"), own=own)
    assert answer["own"] == {"url": "/own/secret/", "counts": [[2, 1, 161], [162]]}
    assert answer["totals"]["own"] == 3
    alone = build_answer(dataset, apply(Query(), dataset), (), Translator("en"))
    assert alone["own"] is None
    assert "own" not in alone["totals"]
    assert answer["index"] == alone["index"]
