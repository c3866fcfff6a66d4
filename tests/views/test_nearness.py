import base64

import numpy as np
import pytest

from geo.dataset import Dataset, shared
from geo.query import Query, apply
from layers.index import RADII_M
from layers.locale import LANGUAGES, Translator
from views.answer import build_answer
from views.nearness import UNKNOWN


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return shared()


def answered(dataset: Dataset, link: str, lang: str = "ru") -> dict:
    query, notes = Query.from_params(link, dataset)
    return build_answer(dataset, apply(query, dataset, lang=lang), notes, Translator(lang))


def decoded(text: str) -> list[int]:
    """What `decodeMetres` of static/explorer/distance.js does."""
    return np.frombuffer(base64.b64decode(text), "<u4").tolist()


def test_no_point_no_distances(dataset: Dataset) -> None:
    assert answered(dataset, "park=sport")["near"] is None


def test_distances_stand_in_list_order(dataset: Dataset) -> None:
    near = answered(dataset, "near=84.9475,56.4685,3000&sort=near&sel=lagerny-sad")["near"]
    metres = decoded(near["metres"])
    assert metres == sorted(metres)
    assert metres[0] == 0  # inside the outline of the campus
    assert all(one <= 3_000 for one in metres)
    assert near["selected"]["id"] == "lagerny-sad"
    assert 500 < near["selected"]["metres"] < 2_500


def test_a_selected_row_without_a_place(dataset: Dataset) -> None:
    lost = dataset.rows.loc[dataset.rows.geometry.isna(), "id"].iloc[0]
    near = answered(dataset, f"near=84.9475,56.4685,3000&sel={lost}")["near"]
    assert near["selected"] == {"id": lost, "metres": UNKNOWN}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_notes_say_what_the_circle_may_miss(dataset: Dataset, lang: str) -> None:
    notes = answered(dataset, "near=84.9475,56.4685,3000", lang)["notes"]
    assert len(notes) == 2


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_near_names_the_nearest_and_a_radius_that_reaches_it(
    dataset: Dataset, lang: str
) -> None:
    link = "near=84.9,56.35,300"
    empty = answered(dataset, link, lang)["empty"]
    assert "300" in empty["title"]
    wider, _ = Query.from_params(empty["params"], dataset)
    assert wider.place.metres in RADII_M
    assert len(apply(wider, dataset).ids) > 0


def test_far_away_the_radius_is_the_distance(dataset: Dataset) -> None:
    empty = answered(dataset, "near=37.6,55.7,300")["empty"]
    wider, _ = Query.from_params(empty["params"], dataset)
    assert wider.place.metres > RADII_M[-1]
    assert len(apply(wider, dataset).ids) > 0
