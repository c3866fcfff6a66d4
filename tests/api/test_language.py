import pytest
from starlette.requests import Request

from api.language import language_of


@pytest.mark.parametrize(
    ("query", "accepted", "language"),
    [
        ("", "", "en"),
        ("", "ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("", "en;q=0.8,ru;q=0.9", "ru"),
        ("", "de-DE,de;q=0.9", "en"),
        ("", "de,ru;q=0.1", "ru"),
        ("", "ru;q=0,en;q=0.1", "en"),
        ("lang=en", "ru", "en"),
        ("lang=ru", "en", "ru"),
        ("lang=de", "ru", "ru"),
        ("lang=%00", "", "en"),
    ],
)
def test_link_first_then_the_browsers_wish(query, accepted, language):
    headers = [(b"accept-language", accepted.encode())]
    scope = {"type": "http", "headers": headers, "query_string": query.encode()}
    assert language_of(Request(scope)) == language
