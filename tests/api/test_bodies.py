import gzip

import brotli
import pytest
from starlette.requests import Request

from api.bodies import MEDIA_TYPES, choose_encoding, make_body, read_body, respond, weigh

TEXT = b"Tomsk " * 100
BODY = make_body(TEXT, "text/plain")


def answer(**headers):
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    request = Request({"type": "http", "method": "GET", "headers": raw})
    return respond(request, BODY, cache_control="no-cache", headers={"Vary": "Accept-Language"})


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        ("", None),
        ("identity", None),
        ("gzip", "gzip"),
        ("gzip, deflate, br, zstd", "br"),
        ("GZIP;q=1.0, br;q=0.5", "br"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("br;q=0, *;q=0.1", "gzip"),
        ("*;q=0", None),
        ("br;q=much", None),
        (",;,", None),
    ],
)
def test_encoding_is_the_first_of_ours_that_is_not_refused(accepted, chosen):
    assert choose_encoding(accepted, BODY.encoded) == chosen


def test_weights_of_a_header():
    assert weigh("ru, EN-us;q=0.8, *;q=0") == {"ru": 1.0, "en-us": 0.8, "*": 0.0}


@pytest.mark.parametrize(
    ("encoding", "unpack"), [("br", brotli.decompress), ("gzip", gzip.decompress)]
)
def test_compressed_forms_hold_the_content(encoding, unpack):
    response = answer(accept_encoding=encoding)
    assert unpack(response.body) == TEXT
    assert response.headers["content-encoding"] == encoding
    assert int(response.headers["content-length"]) == len(response.body) < len(TEXT)


def test_plain_form_says_that_others_would_get_another():
    response = answer()
    assert response.body == TEXT
    assert "content-encoding" not in response.headers
    assert response.headers["vary"] == "Accept-Language, Accept-Encoding"


@pytest.mark.parametrize(
    "held", [BODY.etag, BODY.etag.removeprefix("W/"), f'"other", {BODY.etag}', "*"]
)
def test_who_holds_the_content_gets_304_without_it(held):
    response = answer(if_none_match=held, accept_encoding="br")
    assert (response.status_code, response.body) == (304, b"")
    assert response.headers["etag"] == BODY.etag
    assert response.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("held", ['"other"', 'W/""', BODY.etag[:-2]])
def test_who_holds_another_content_gets_this_one(held):
    assert answer(if_none_match=held).status_code == 200


def test_other_content_has_another_tag():
    assert make_body(b"a", "text/plain").etag != make_body(b"b", "text/plain").etag


@pytest.mark.parametrize("content", [b"", b"x"])
def test_a_form_that_would_be_longer_is_not_kept(content):
    assert make_body(content, "text/plain").encoded == {}


def test_packed_formats_are_not_packed_again(tmp_path):
    file = tmp_path / "font.woff2"
    file.write_bytes(TEXT)
    body = read_body(file)
    assert (body.media_type, body.encoded) == ("font/woff2", {})


def test_scripts_have_a_type_that_browsers_run_as_modules():
    assert MEDIA_TYPES[".js"] == "text/javascript"
