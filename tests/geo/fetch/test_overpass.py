import gzip
import hashlib
import json
import socket
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from geo import settings
from geo.errors import FetchError
from geo.fetch import Deadline, Overpass, Step, transport
from geo.fetch.overpass import FIRST_WAIT_S, TRIES
from tests.geo.fetch import overpass_stand_in as stand_in
from tests.geo.fetch.overpass_stand_in import StandIn, answer, failing, node

QUERY = "[out:json];node;out;"
GZIP = {"Content-Encoding": "gzip"}
ONE = [node(1, 85.0, 56.5, name="Томск")]


@pytest.fixture
def server() -> Iterator[StandIn]:
    with StandIn() as running:
        yield running


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let no answer be longer than a megabyte."""
    monkeypatch.setenv("ATLAS_OVERPASS_MAX_MB", "1")
    settings.current.cache_clear()
    yield
    settings.current.cache_clear()


class Clock:
    """A clock that goes only when somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.waits: list[float] = []
        self.today = datetime(2026, 11, 23, tzinfo=UTC)

    def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.seconds += seconds

    def now(self) -> datetime:
        return self.today + timedelta(seconds=self.seconds)

    def source(self, url: str, *, cache: Path | None = None, seconds: float = 600) -> Overpass:
        deadline = Deadline(seconds, clock=lambda: self.seconds, sleep=self.sleep)
        return Overpass(url, cache=cache, deadline=deadline, now=self.now)


def code(source: Overpass, query: str = QUERY) -> str:
    with pytest.raises(FetchError) as caught:
        source.elements(query)
    told = str(caught.value)
    assert "Traceback" not in told
    assert tempfile.gettempdir() not in told
    return caught.value.code


def test_what_is_found_with_its_date(server: StandIn) -> None:
    server.on("node", answer(ONE))
    found = Overpass(server.url, cache=None, deadline=60).elements(QUERY)
    assert found.elements == ONE
    assert found.timestamp == datetime(2024, 11, 20, 10, tzinfo=UTC)
    assert not found.stale
    assert server.queries == [QUERY]


def test_packed_answers_are_unpacked(server: StandIn) -> None:
    many = [node(i, 85.0, 56.5) for i in range(5_000)]
    server.on("node", stand_in.packed(stand_in.body_of(many)))
    assert len(Overpass(server.url, cache=None, deadline=60).elements(QUERY).elements) == 5_000


@pytest.mark.parametrize(
    ("behaviour", "expected"),
    [
        (stand_in.html(), "not_json"),
        (stand_in.sent(b""), "not_json"),
        (stand_in.sent(b"\xff\xfe{}"), "not_json"),
        (stand_in.sent(b'{"elements": [] trailing'), "not_json"),
        (stand_in.sent(b'{"elements": 5}'), "malformed"),
        (stand_in.sent(b"[1, 2]"), "malformed"),
        (stand_in.sent(b'{"elements": [{"lat": NaN}]}'), "malformed"),
        (stand_in.sent(b'{"elements": ' + b"[" * 100_000), "malformed"),
        (stand_in.sent(b'{"elements": [' + b"1" * 10_000 + b"]}"), "malformed"),
        (stand_in.remark("runtime error: Query timed out in query"), "overloaded"),
        (stand_in.remark("runtime error: open64: /srv/osm3s out of memory"), "overloaded"),
        (stand_in.answer([], remark=["Runtime Error: something"]), "overloaded"),
        (stand_in.redirect("http://127.0.0.1:1/steal"), "redirect"),
        (failing(400), "denied"),
        (failing(404), "denied"),
        (stand_in.packed(b"{}", "br"), "packed"),
        (stand_in.sent(b"no gzip", headers={"Content-Encoding": "gzip"}), "packed"),
        (stand_in.sent(gzip.compress(b'{"elements": []}') + b"\0" * 9, headers=GZIP), "packed"),
        (stand_in.answer([], osm3s={"timestamp_osm_base": "9998-01-01T00:00:00Z"}), "malformed"),
        (stand_in.endless(), "too_large"),
        (stand_in.sent(b'{"elements": []}'.ljust(1_000_001)), "too_large"),
        (stand_in.packed(b'{"elements": [' + b" " * 50_000_000 + b"]}"), "too_large"),
    ],
)
@pytest.mark.usefixtures("small")
def test_hostile_answers_are_refused_by_name(
    server: StandIn, behaviour: stand_in.Behaviour, expected: str, tmp_path: Path
) -> None:
    server.on("node", behaviour)
    assert code(Overpass(server.url, cache=tmp_path, deadline=60)) == expected
    assert len(server.queries) == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.usefixtures("small")
def test_answers_of_just_the_allowed_length(server: StandIn) -> None:
    server.on("node", stand_in.sent(b'{"elements": []}'.ljust(1_000_000)))
    assert Overpass(server.url, cache=None, deadline=60).elements(QUERY).elements == []


def test_what_unpacks_to_much_is_unpacked_in_pieces() -> None:
    class Bomb:
        def getheader(self, *_: str) -> str:
            return "gzip"

    bomb = gzip.compress(bytes(10_000_000))
    sizes = [len(piece) for piece in transport._unpacker(Bomb(), "host")(bomb)]
    assert sum(sizes) == 10_000_000
    assert max(sizes) <= 1 << 16


def test_silence_ends(server: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def hesitate(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(1)
        answer(ONE)(handler)

    server.on("node", hesitate)
    monkeypatch.setattr(transport, "SILENCE_S", 0.05)
    assert code(Clock().source(server.url)) == "unreachable"


@pytest.mark.parametrize("behaviour", [stand_in.truncated(ONE), stand_in.cut(ONE)])
def test_a_broken_off_answer_is_asked_again(server: StandIn, behaviour: stand_in.Behaviour) -> None:
    server.on("node", behaviour, answer(ONE))
    clock = Clock()
    assert clock.source(server.url).elements(QUERY).elements == ONE
    server.on("node", behaviour)
    assert code(clock.source(server.url)) == "truncated"


@pytest.mark.parametrize("headers", [False, True])
def test_a_drip_ends_at_the_deadline(server: StandIn, headers: bool) -> None:
    server.on("node", stand_in.dripping(headers=headers))
    assert code(Overpass(server.url, cache=None, deadline=0.2)) == "deadline"


def test_a_busy_host_is_given_the_time_it_asks_for(server: StandIn) -> None:
    late = failing(503, retry_after="Mon, 23 Nov 2026 00:02:00 GMT")
    server.on("node", failing(429, retry_after="30"), failing(504), late, answer(ONE))
    clock = Clock()
    assert clock.source(server.url).elements(QUERY).elements == ONE
    # Asked for; own waits grow; until two minutes past midnight.
    assert clock.waits == [30, 10, pytest.approx(80)]


def test_patience_ends(server: StandIn) -> None:
    server.on("node", failing(429))
    clock = Clock()
    source = clock.source(server.url)
    assert code(source) == "busy"
    assert len(server.queries) == TRIES
    assert code(source, QUERY + "//2") == "busy"
    assert len(server.queries) == TRIES, "a host that failed for good is not asked again"


@pytest.mark.parametrize(
    "date",
    ["Thu, 01 Jan 1970 00:00:00 +999999999999999999", "Mon, 01 Jan 99999 00:00 GMT", "-1"],
)
def test_waits_that_are_absurd_are_none(server: StandIn, date: str) -> None:
    server.on("node", failing(429, retry_after=date), answer(ONE))
    clock = Clock()
    assert clock.source(server.url).elements(QUERY).elements == ONE
    assert clock.waits == [FIRST_WAIT_S]


@pytest.mark.parametrize("wait", ["999999999999", "86400"])
def test_a_wait_beyond_the_deadline_is_not_begun(server: StandIn, wait: str) -> None:
    server.on("node", failing(429, retry_after=wait))
    clock = Clock()
    assert code(clock.source(server.url)) == "busy"
    assert clock.waits == []


def test_requests_keep_their_distance(server: StandIn) -> None:
    clock = Clock()
    source = clock.source(server.url)
    for number in range(3):
        source.elements(f"node;{number}")
    assert clock.waits == [1, 1]


def test_no_host_behind_the_port() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}/api"
        assert code(Clock().source(url)) == "unreachable"


def test_a_proxy_of_the_surroundings_is_not_used(
    server: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert Clock().source(server.url).elements(QUERY).elements == []


@pytest.mark.parametrize(
    "url",
    [
        "ftp://host/api", "file:///etc/passwd", "host/api", "http://", "http://user:word@host/",
        "http://host/api?data=1", "http://host/#x", "http://host:99999/", "http://ho st/",
        "http://host/\r\nX-Evil: 1", "http://[::1", "http://a..b/x", "http://host:0/",
        f"http://{'a' * 64}.b/x",
    ],
)  # fmt: skip
def test_addresses_that_are_none(url: str) -> None:
    with pytest.raises(FetchError) as caught:
        Overpass(url, cache=None, deadline=1)
    assert caught.value.code == "endpoint"


def test_kept_answers_are_not_asked_again(server: StandIn, tmp_path: Path) -> None:
    server.on("node", answer(ONE))
    steps: list[Step] = []
    Overpass(server.url, cache=tmp_path, deadline=60).elements(QUERY)
    again = Overpass(server.url, cache=tmp_path, deadline=60, on_progress=steps.append)
    assert again.elements(QUERY).elements == ONE
    assert [step.kind for step in steps] == ["kept"]
    assert len(server.queries) == 1


def test_an_old_answer_is_asked_again_and_stays_when_the_host_fails(
    server: StandIn, tmp_path: Path
) -> None:
    server.on("node", answer(ONE), failing(504))
    clock = Clock()
    first = clock.source(server.url, cache=tmp_path).elements(QUERY)
    clock.today += timedelta(days=30)
    found = clock.source(server.url, cache=tmp_path).elements(QUERY)
    assert found.stale
    assert found.elements == ONE
    assert found.asked == first.asked
    assert len(server.queries) == 1 + TRIES
    for behaviour in (failing(403), stand_in.html(), stand_in.redirect("http://127.0.0.1:1/")):
        server.on("node", behaviour)
        assert clock.source(server.url, cache=tmp_path).elements(QUERY).stale
    server.on("node", answer([]))
    assert not clock.source(server.url, cache=tmp_path).elements(QUERY).stale


def test_a_damaged_kept_answer_is_asked_again(
    server: StandIn, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server.on("node", answer(ONE))
    clock = Clock()
    clock.source(server.url, cache=tmp_path).elements(QUERY)
    (file,) = tmp_path.iterdir()
    whole = file.read_bytes()
    for broken in (whole[: len(whole) // 2], b"", b"\x1f\x8b", whole[:-9] + b"123456789"):
        file.write_bytes(broken)
        assert clock.source(server.url, cache=tmp_path).elements(QUERY).elements == ONE
        assert "damaged" in caplog.text
    assert len(server.queries) == 5


def test_a_kept_answer_that_cannot_be_trusted_is_asked_again(
    server: StandIn, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    server.on("node", answer(ONE))
    clock = Clock()
    clock.source(server.url, cache=tmp_path).elements(QUERY)
    (file,) = tmp_path.iterdir()
    head, _, body = gzip.decompress(file.read_bytes()).partition(b"\n")
    facts = json.loads(head)
    for false, said in (
        (facts | {"query": "node;"}, "another question"),
        (facts | {"endpoint": "http://other/"}, "another question"),
        (facts | {"asked": "2026-11-22T00:00:00"}, "no time in the past"),
        (facts | {"asked": "2036-11-22T00:00:00Z"}, "no time in the past"),
        (facts | {"sha256": hashlib.sha256(b"").hexdigest()}, "sha256 differs"),
    ):
        file.write_bytes(gzip.compress(json.dumps(false).encode() + b"\n" + body))
        caplog.clear()
        assert clock.source(server.url, cache=tmp_path).elements(QUERY).elements == ONE
        assert said in caplog.text
    assert len(server.queries) == 6


def test_an_old_answer_stands_in_for_a_remark(server: StandIn, tmp_path: Path) -> None:
    server.on("node", answer(ONE), stand_in.remark("runtime error: out of memory"))
    clock = Clock()
    clock.source(server.url, cache=tmp_path).elements(QUERY)
    clock.today += timedelta(days=30)
    source = clock.source(server.url, cache=tmp_path)
    assert source.elements(QUERY).stale
    with pytest.raises(FetchError) as caught:
        source.elements(QUERY, in_parts=True)
    assert caught.value.code == "overloaded"
    assert source.kept(QUERY + "//") is None


def test_a_folder_of_answers_that_cannot_be_written(server: StandIn, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    assert code(Clock().source(server.url, cache=tmp_path / "file")) == "cache"


def test_a_stop_in_the_middle_leaves_nothing_half(
    server: StandIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    server.on("node", answer(ONE))
    monkeypatch.setattr("geo.fetch.cache.os.fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        Overpass(server.url, cache=tmp_path, deadline=60).elements(QUERY)
    assert list(tmp_path.iterdir()) == []
