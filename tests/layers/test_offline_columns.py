import json
from typing import Any

from geo.dataset import shared
from geo.domains import PARK_TYPES
from layers.index import build_index
from layers.locale import LANGUAGES
from layers.offline_columns import coded, list_columns, map_columns
from layers.published import layer_bytes


def written_out(column: dict[str, list[Any]]) -> list[Any]:
    return [column["words"][at] for at in column["at"]]


def test_a_coded_column_has_each_word_once() -> None:
    assert coded([]) == {"words": [], "at": []}
    values = ["b", "a", None, "b", None]
    assert written_out(coded(values)) == values
    assert coded(values)["words"] == ["b", "a", None]


def test_the_columns_of_the_list_hold_the_rows() -> None:
    rows = json.loads(build_index(shared()))["rows"]
    columns = list_columns(rows)
    for key in ("type", "park", "status"):
        assert written_out(columns[key]) == [row[key] for row in rows]
    assert [list(at) for at in zip(columns["lon"], columns["lat"], strict=True)] == [
        row["at"] or [None, None] for row in rows
    ]
    for lang in LANGUAGES:
        lines = written_out(columns["lines"][lang])
        found = list(zip(columns["names"][lang], lines, strict=True))
        assert found == [tuple(row[lang]) for row in rows]


def test_the_columns_of_the_map_hold_the_published_layers() -> None:
    dataset = shared()
    columns = map_columns(dataset)
    sources, areas = written_out(columns["source"]), columns["area"]
    shapes = json.loads(json.dumps(dict(columns["shapes"])))
    ids = list(dataset.rows["id"])
    for layer in (*PARK_TYPES, "projects"):
        for feature in json.loads(layer_bytes(dataset, layer))["features"]:
            at, known = ids.index(feature["id"]), feature["properties"]
            assert sources[at] == known["status_source"]
            assert areas[at] == known.get("area_ha")
            home = columns["site"][at]
            assert (None if home is None else ids[home]) == known.get("site_id", feature["id"])
            if feature["geometry"] and feature["geometry"]["type"] != "Point":
                assert shapes[str(at)] == feature["geometry"]
