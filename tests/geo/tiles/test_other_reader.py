"""What another implementation reads out of our tiles."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Point, Polygon

from geo.tiles.message import encode_layer
from tests.geo.tiles.decoder import decode

theirs = pytest.importorskip("mapbox_vector_tile")

whole = st.integers(-100, 4200)
stars = st.builds(
    lambda x, y, radii: Polygon(
        [
            (x + r * np.cos(a), y + r * np.sin(a))
            for r, a in zip(radii, 2 * np.pi * np.arange(len(radii)) / len(radii), strict=True)
        ]
    ),
    whole, whole, st.lists(st.floats(20, 300), min_size=3, max_size=12),
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(polygons=st.lists(stars, min_size=1, max_size=4), hole=st.booleans())
def test_a_reader_of_others_agrees(polygons, hole):
    shapes = [
        Polygon(p.exterior, [Point(p.centroid).buffer(5).exterior]) if hole and p.is_valid
        and p.contains(Point(p.centroid).buffer(9)) else p
        for p in polygons
    ]  # fmt: skip
    content = encode_layer("layer", np.array(shapes, dtype=object), ids=range(len(shapes)))
    read_by_them = theirs.decode(content, default_options={"y_coord_down": True})["layer"]
    ours = decode(content)[0]
    assert [f["id"] for f in read_by_them["features"]] == [f.id for f in ours.features]
    for read, feature, shape in zip(read_by_them["features"], ours.features, shapes, strict=True):
        assert (
            shapely.geometry.shape(read["geometry"]).normalize()
            == shapely.geometry.shape(
                shapely.geometry.mapping(
                    feature.geometry
                    if len(feature.geometry.geoms) > 1
                    else feature.geometry.geoms[0]
                )
            ).normalize()
        )
        # Half a unit along the whole edge is the most that the grid can change.
        edge = sum(ring.length for ring in (shape.exterior, *shape.interiors))
        assert abs(feature.geometry.area - shape.area) <= edge + len(shape.exterior.coords)
