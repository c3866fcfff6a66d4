import pytest

from api.headers import inline_script_hashes


def test_map_and_embed_are_the_same_page(client):
    page, embed = client.get("/map"), client.get("/embed?park=sport")
    assert page.content == embed.content
    assert page.headers["etag"] == embed.headers["etag"]


def test_only_our_pages_frame_the_map(client):
    assert "frame-ancestors 'self'" in client.get("/map").headers["content-security-policy"]
    assert "frame-ancestors" not in client.get("/embed").headers["content-security-policy"]
    assert "x-frame-options" not in client.get("/embed").headers


@pytest.mark.parametrize("path", ["/map", "/embed"])
def test_policy_allows_the_inline_scripts_of_the_page_and_no_others(client, path):
    response = client.get(path)
    policy = response.headers["content-security-policy"]
    hashes = inline_script_hashes(response.text)
    assert hashes
    assert all(f"'{one}'" in policy for one in hashes)
    assert "unsafe-eval" not in policy
    assert policy.startswith("sandbox allow-scripts")
    assert "allow-same-origin" not in policy


def test_page_is_asked_for_again_but_not_sent_again(client):
    tag = client.get("/map").headers["etag"]
    response = client.get("/map", headers={"If-None-Match": tag})
    assert response.status_code == 304
    assert "content-security-policy" in response.headers
