import pytest

from geo.dataset import shared
from geo.errors import NotWritableError, UnknownLayerError
from geo.export import of_layer, of_own, to_bytes
from geo.query import Query, apply
from tests.geo.export.test_shown import own


@pytest.mark.parametrize("layer", [entry.id for entry in shared().catalog])
def test_every_layer_of_the_catalogue_as_its_file_has_it(layer: str) -> None:
    entry = shared().catalog[layer]
    content = of_layer(shared(), layer)
    assert len(content.table) == entry.rows
    assert [name for name in content.table.columns if name != "geometry"] == list(entry.columns)
    assert all(column.description_ru and column.description_en for column in content.columns)
    assert content.origin.inputs[0].sha256 == entry.sha256
    written = to_bytes(content, "xlsx", name="x.xlsx")
    assert written.provenance["output"]["rows"] == entry.rows


def test_rows_that_a_link_shows_in_its_order() -> None:
    content = of_layer(shared(), "projects", where="status=completed&sort=-money", lang="en")
    view = apply(Query(statuses=("completed",), sort="-money"), shared(), lang="en")
    projects = [own_id for own_id in view.ids if own_id in shared().projects.index]
    assert content.table["id"].tolist() == projects
    assert content.origin.operation["query"] == "status=completed&sort=-money"


@pytest.mark.parametrize(
    ("layer", "where", "says"),
    [
        ("projects", "frob=1", "unknown_key: `frob`"),
        ("projects", "money=x", "malformed: `money`"),
        ("organisations", "park=sport", "not of `organisations`"),
    ],
)
def test_what_a_link_cannot_choose_is_refused(layer: str, where: str, says: str) -> None:
    with pytest.raises(NotWritableError, match=says):
        of_layer(shared(), layer, where=where)


def test_an_unknown_layer() -> None:
    with pytest.raises(UnknownLayerError, match="nope"):
        of_layer(shared(), "nope")


def test_a_viewers_layer_is_written_as_it_was_read() -> None:
    content = of_own(own())
    assert content.table.columns.tolist() == ["name", "status", "beds", "geometry"]
    written = to_bytes(content, "geojson", name="x.geojson")
    assert written.provenance["inputs"][0]["name"] == "clinics.geojson"
    assert written.provenance["licence"]["id"] == "LicenseRef-own-file"
