import json
import re
from pathlib import Path

import pytest
import shapely

from geo.errors import FetchError
from geo.fetch.outline_file import outlined


def polygon(places: str) -> str:
    return f'{{"type": "Polygon", "coordinates": [[{places}]]}}'


@pytest.mark.parametrize("wrap", ["geometry", "feature", "collection"])
def test_a_polygon_of_a_file(tmp_path: Path, wrap: str) -> None:
    shape = shapely.box(84.9, 56.4, 85.1, 56.6)
    raw: dict = json.loads(shapely.to_geojson(shape))
    if wrap != "geometry":
        raw = {"type": "Feature", "properties": {}, "geometry": raw}
    if wrap == "collection":
        raw = {"type": "FeatureCollection", "features": [raw]}
    path = tmp_path / "city.geojson"
    path.write_text(json.dumps(raw), encoding="utf-8")
    assert outlined(path, None).area.equals(shape)
    assert outlined(path, "urban_centre").borders["border"].tolist() == ["urban_centre"]


@pytest.mark.parametrize(
    "text",
    [
        "", "{}", "[]", "null", '{"type": "FeatureCollection", "features": 5}', "<html>",
        '{"type": "Point", "coordinates": [1, 2]}', '{"type": "Polygon", "coordinates": []}x',
        '{"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}',
        '{"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}',
        '{"type": "FeatureCollection", "features": []}',
        '{"type": "Feature", "geometry": null}', '{"type":' * 50_000,
        polygon("[NaN, 56], [85, 56], [85, 57], [NaN, 56]"),
        polygon("[1e999, 56], [85, 56], [85, 57], [1e999, 56]"),
        polygon(f"[1{'0' * 400}, 56], [85, 56], [85, 57], [1{'0' * 400}, 56]"),
        polygon(f"[1{'0' * 5000}, 56], [85, 56], [85, 57], [85, 56]"),
        polygon("[85, 56], [86, 56], [86, 57]"), polygon("[85, 56], [86, 56], [86, 57], [85, 57]"),
        polygon("[85], [86], [86], [85]"), polygon('["85", "56"], ["86", "56"]'), polygon("null"),
        polygon("[85, 56], [85, 91], [86, 91], [85, 56]"), polygon("true"), polygon("{}, {}"),
        '{"type": "Polygon", "coordinates": []}', '{"type": "MultiPolygon", "coordinates": []}',
    ],
)  # fmt: skip
def test_files_that_hold_no_polygon(tmp_path: Path, text: str) -> None:
    path = tmp_path / "bad.geojson"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(FetchError) as caught:
        outlined(path, None)
    assert caught.value.code == "file"
    assert str(tmp_path) not in str(caught.value)
    with pytest.raises(FetchError, match="no such file"):
        outlined(tmp_path / "none", None)


@pytest.mark.parametrize(
    ("crs", "usable"),
    [
        ("urn:ogc:def:crs:OGC:1.3:CRS84", True),
        ("EPSG:4326", True),
        ("urn:ogc:def:crs:EPSG::3857", False),
        ("EPSG:32645", False),
        (5, False),
    ],
)
def test_files_that_state_a_crs(tmp_path: Path, crs: object, usable: bool) -> None:
    raw = json.loads(shapely.to_geojson(shapely.box(84.9, 56.4, 85.1, 56.6)))
    raw["crs"] = {"type": "name", "properties": {"name": crs}}
    path = tmp_path / "city.geojson"
    path.write_text(json.dumps(raw), encoding="utf-8")
    if usable:
        assert outlined(path, None).area.area == pytest.approx(0.04)
    else:
        with pytest.raises(FetchError, match="states a `crs`"):
            outlined(path, None)


def test_two_polygons_are_two_places(tmp_path: Path) -> None:
    ids = set()
    for name, east in (("a", 85.1), ("b", 85.2), ("c", 85.2)):
        path = tmp_path / f"{name}.geojson"
        path.write_text(shapely.to_geojson(shapely.box(84.9, 56.4, east, 56.6)), encoding="utf-8")
        ids.add(outlined(path, None).id)
    assert len(ids) == 2
    assert all(re.fullmatch("polygon-[0-9a-f]{8}", one) for one in ids)
