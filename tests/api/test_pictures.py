import io
from xml.etree import ElementTree

import pytest
from PIL import Image


@pytest.mark.parametrize("own_id", ["sez-tomsk-south", "business-environment"])
def test_a_shared_link_has_a_picture_of_the_usual_size(client, own_id):
    response = client.get("/object/picture", params={"id": own_id, "lang": "ru"})
    assert response.headers["content-type"] == "image/png"
    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)
    assert len(response.content) < 100_000


def test_an_object_without_a_place_has_a_picture_and_no_map(client, dataset):
    own_id = dataset.projects.index[dataset.projects.geometry.isna()][0]
    assert client.get("/object/picture", params={"id": own_id}).status_code == 200
    svg = client.get("/object/picture", params={"id": own_id, "format": "svg"})
    assert svg.status_code == 404


def test_the_map_is_a_file_of_its_own(client):
    response = client.get("/object/picture", params={"id": "tsu-campus", "format": "svg"})
    assert response.headers["content-type"].startswith("image/svg+xml")
    root = ElementTree.fromstring(response.text)  # noqa: S314 - our own answer
    assert root.tag == "{http://www.w3.org/2000/svg}svg"


def test_unknown_ids_and_formats_are_refused(client):
    assert client.get("/object/picture", params={"id": "nobody"}).status_code == 404
    assert client.get("/object/picture", params={"id": "tsu", "format": "gif"}).status_code == 400
