import pytest

from api.headers import application_page, inline_script_hashes, map_page


def directives(policy):
    return {
        name: values.split() for name, _, values in (d.partition(" ") for d in policy.split("; "))
    }


def test_hash_of_an_inline_script_is_the_one_browsers_compute():
    # printf 'alert(1)' | openssl dgst -sha256 -binary | openssl base64
    assert inline_script_hashes("<script>alert(1)</script>") == (
        "sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=",
    )


@pytest.mark.parametrize(
    "page",
    [
        "<script src='a.js'></script>",
        "<script type='application/json'>{}</script>",
        "<style>a{}</style><p>alert(1)</p>",
        "",
    ],
)
def test_only_inline_code_is_hashed(page):
    assert inline_script_hashes(page) == ()


def test_characters_of_markup_in_a_script_are_hashed_as_written():
    assert inline_script_hashes("<script>a &amp;& '<b>'</script>") != inline_script_hashes(
        "<script>a && '<b>'</script>"
    )


def test_application_page_runs_no_inline_code_but_the_hashed():
    scripts = directives(application_page(["sha256-x"]))["script-src"]
    assert scripts == ["'self'", "blob:", "'sha256-x'"]


def test_map_page_is_sandboxed_and_reaches_the_tile_host_for_pictures_only():
    policy = map_page(["sha256-x"], tile_origin="https://tiles.example", framed_by_anyone=False)
    found = directives(policy)
    assert found["sandbox"] == ["allow-scripts"]
    assert found["default-src"] == ["'none'"]
    assert found["frame-ancestors"] == ["'self'"]
    assert [name for name, values in found.items() if "https://tiles.example" in values] == [
        "img-src"
    ]


def test_without_tiles_the_map_reaches_no_other_host():
    assert "http" not in map_page([], tile_origin="", framed_by_anyone=False)


def test_embedded_map_may_be_framed_anywhere_and_still_has_no_origin():
    found = directives(map_page([], tile_origin="", framed_by_anyone=True))
    assert "frame-ancestors" not in found
    assert "allow-same-origin" not in found["sandbox"]


@pytest.mark.parametrize("path", ["/", "/map", "/layers/sport.geojson", "/nowhere", "/favicon.png"])
def test_every_answer_has_the_headers_of_all(client, path):
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "geolocation=(self)" in headers["permissions-policy"]
    assert "camera=()" in headers["permissions-policy"]
    assert "content-security-policy" in headers
    assert "strict-transport-security" not in headers


def test_answers_of_streamlit_get_the_policy_of_pages(client):
    found = directives(client.get("/favicon.png").headers["content-security-policy"])
    assert found["frame-ancestors"] == ["'self'"]
    assert found["object-src"] == ["'none'"]


def test_media_files_can_do_nothing(client):
    found = directives(client.get("/media/upload.html").headers["content-security-policy"])
    assert found["default-src"] == ["'none'"]
    assert "sandbox" in found


def test_map_opened_in_its_own_tab_is_not_cut_off_from_who_opened_it(client):
    assert client.get("/embed").headers["cross-origin-opener-policy"] == "unsafe-none"
    assert client.get("/").headers["cross-origin-opener-policy"] == "same-origin"
