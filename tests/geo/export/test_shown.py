import dataclasses

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.crs import DEGREES
from geo.dataset import shared
from geo.errors import NotWritableError
from geo.export import of_link, of_view, to_bytes
from geo.export.shown import FIELDS
from geo.own.layer import Layer
from geo.query import Query, apply
from tests.geo import synthetic

DATASET = synthetic.make(3, sites=20, projects=30)


def own() -> Layer:
    frame = gpd.GeoDataFrame(
        {"name": ["Клиника", None], "status": ["open", "=1+1"], "beds": [10, 20]},
        geometry=[shapely.Point(84.9, 56.5), None],
        crs=DEGREES,
    )
    return Layer("clinics.geojson", "c" * 64, frame, np.array([1, 2]))


def test_the_order_of_fields_names_every_field_of_the_dataset() -> None:
    dataset = shared()
    columns = {"id", "row_type", *dataset.sites.columns, *dataset.projects.columns} - {"geometry"}
    assert columns == set(FIELDS)
    assert len(FIELDS) == len(set(FIELDS))


def test_rows_of_the_view_in_its_order() -> None:
    view = apply(Query(parks=("medical", "sport"), sort="-money"), DATASET)
    content = of_view(DATASET, view)
    assert content.table["id"].tolist() == list(view.ids)
    places = DATASET.rows.geometry.iloc[view.positions]
    assert content.table.geometry.tolist() == places.tolist()


def test_every_column_of_the_shipped_data_is_described() -> None:
    content = of_view(shared(), apply(Query(), shared()))
    for column in content.columns:
        assert column.kind, column
        assert column.description_ru, column
        assert column.description_en, column


def test_a_new_field_is_not_dropped() -> None:
    dataset = dataclasses.replace(DATASET, sites=DATASET.sites.assign(new="n"))
    table = of_view(dataset, apply(Query(), dataset)).table
    assert table["new"].tolist().count("n") == 20


def test_rows_of_a_viewers_layer_have_their_own_columns() -> None:
    dataset = DATASET.with_layer(own())
    content = of_view(dataset, apply(Query(), dataset))
    table = content.table.set_index("id")
    names = ["clinics.name", "clinics.status", "clinics.beds"]
    assert [c for c in table.columns if c.startswith("clinics.")] == names
    assert table.loc["own:1", names].tolist() == ["Клиника", "open", 10]
    assert table.loc["own:1", "row_type"] == "own"
    assert table.loc["own:2", "clinics.status"] == "=1+1"
    assert table.loc["own:1", ["name_ru", "status"]].isna().all()
    assert table["clinics.beds"].notna().sum() == 2
    assert content.origin.inputs[-1].sha256 == "c" * 64
    written = to_bytes(content, "geojson", name="x.geojson")
    assert written.provenance["licence"]["id"] == "ODbL-1.0 AND LicenseRef-own-file"


def test_a_link_is_understood_in_full_or_refused() -> None:
    assert len(of_link(DATASET, "park=sport&lang=en", "ru").table)
    with pytest.raises(NotWritableError, match="unknown_value: `park` = `golf`"):
        of_link(DATASET, "park=golf", "ru")


def test_inputs_say_which_gave_values_and_which_only_chose() -> None:
    origin = of_view(shared(), apply(Query(parks=("sport",), kinds=()), shared())).origin
    roles = {one.name: one.role for one in origin.inputs}
    assert roles["sport"] == "content"
    assert roles["medical"] == roles["organisations"] == "lookup"
    assert origin.counts["shown"] == origin.counts["shown_site"] + origin.counts["shown_project"]
