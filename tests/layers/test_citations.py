import pytest

from layers.citations import host_in_words, sources_of
from layers.locale import Translator


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("xn--b1aagcb.xn--p1ai", "вевед.рф"),
        ("a.org", "a.org"),
        ("xn--b1aagcb.com", "xn--b1aagcb.com"),  # two scripts
        ("xn--80ak6aa92e.com", "xn--80ak6aa92e.com"),  # looks like apple
        ("xn--zz-\u0430.xn--p1ai", "xn--zz-\u0430.xn--p1ai"),
        ("xn--.xn--p1ai", "xn--.xn--p1ai"),
        ("xn--99999999999.xn--p1ai", "xn--99999999999.xn--p1ai"),
        ("github.com/a/b", "github.com/a/b"),
    ],
)
def test_a_host_is_decoded_only_where_it_is_russian_throughout(host: str, shown: str) -> None:
    assert host_in_words(host) == shown


def test_a_guessed_date_is_said_to_be_one() -> None:
    record = {"source_urls": ("https://xn--b1aagcb.xn--p1ai/2020/01/31/a",)}
    (source,) = sources_of(record, Translator("ru"))
    assert source["label"].replace("\xa0", " ") == "вевед.рф (по адресу: 31 января 2020)"
