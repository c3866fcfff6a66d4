import base64
import hashlib
import io
import re
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


def test_a_map_of_a_link_is_a_picture_to_be_kept(client, dataset):
    link = {"park": "sport", "lang": "en"}
    response = client.get("/map/picture", params={**link, "v": dataset.release})
    assert response.headers["content-type"].startswith("image/svg+xml")
    assert "max-age=3600" in response.headers["cache-control"]
    assert client.get("/map/picture", params=link).headers["cache-control"] == "no-cache"
    again = client.get(
        "/map/picture", params=link, headers={"If-None-Match": response.headers["etag"]}
    )
    assert again.status_code == 304
    root = ElementTree.fromstring(response.text)  # noqa: S314 - our own answer
    assert root.attrib["aria-label"].startswith("Map: 5\xa0sites, ")


def test_its_own_style_sheet_is_all_that_works_in_a_picture(client):
    response = client.get("/map/picture", params={"park": "sport"})
    style = re.search("<style>(.*?)</style>", response.text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = response.headers["content-security-policy"]
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize("link", ["q=nothing+of+the+kind", "bbox=0,0,1,1"])
def test_a_link_that_shows_no_place_has_no_picture(client, link):
    assert client.get(f"/map/picture?{link}").status_code == 404


def test_any_link_is_drawn_as_far_as_it_is_understood(client):
    assert client.get("/map/picture?park=medical&sel=%3Cimg%3E&years=x").status_code == 200
