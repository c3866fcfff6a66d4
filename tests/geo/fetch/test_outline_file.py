import json
from pathlib import Path

import pytest
import shapely

from geo.errors import FetchError
from geo.fetch.outline_file import outlined


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
