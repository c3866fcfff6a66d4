import threading
import time
from collections.abc import Callable

import pytest

from geo.read import Limits, Reader, Report
from geo.read.background import Background, Turns
from geo.read.report import refused
from geo.uploads import Offer, Options, Upload, offers, read_in_turn, read_upload
from tests.corpus.build import LAYER, TABLE, workbook

PLAIN = Options()


def told(report: Report, options: Options = PLAIN) -> list[tuple[str, str]]:
    return [(offer.kind, offer.value) for offer in offers(report, options)]


@pytest.mark.parametrize(
    ("code", "values", "expected"),
    [
        ("not_utf8", {"offer": "cp1251"}, [("encoding", "cp1251")]),
        (
            "unknown_encoding",
            {"encoding": "cp866", "known": "cp1251, utf-8"},
            [("encoding", "cp1251")],
        ),
        (
            "crs_needed",
            {"offer": "EPSG:3857, EPSG:32645"},
            [("crs", "EPSG:3857"), ("crs", "EPSG:32645")],
        ),
        ("crs_needed", {"offer": "EPSG:?"}, []),
        ("many_layers", {"layers": 'a, "b, c", "d ""e"""'}, [
            ("layer", "a"), ("layer", "b, c"), ("layer", 'd "e"'),
        ]),
        ("layer_unknown", {"layer": "x", "layers": "long…, a, …"}, [("layer", "a")]),
        ("empty_file", {}, []),
    ],
)  # fmt: skip
def test_a_refusal_offers_what_may_help(
    code: str, values: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    assert told(refused("a.csv", code, **values)) == expected


def test_an_offer_keeps_what_was_chosen_before() -> None:
    report = refused("a.csv", "not_utf8", offer="cp1251")
    (offer,) = offers(report, Options(layer="parks"))
    assert offer == Offer("encoding", "cp1251", Options(layer="parks", encoding="cp1251"))


def test_every_offer_leads_to_a_layer() -> None:
    swapped = LAYER.replace("[84.95, 56.48]", "[56.48, 84.95]")
    metres = LAYER.replace("[84.95, 56.48]", "[373000, 6261000]")
    with Reader(Limits()) as reader:
        for upload, kind in (
            (Upload("a.csv", TABLE.encode("cp1251")), "encoding"),
            (Upload("a.geojson", swapped.encode()), "swap"),
            (Upload("a.geojson", metres.encode()), "crs"),
            (Upload("a.xlsx", workbook({"a, b": ROWS, "c": ROWS})), "layer"),
        ):
            first = read_upload(upload, reader)
            offer = next(offer for offer in first.offers if offer.kind == kind)
            again = read_upload(upload.again(offer.options), reader)
            assert again.reading.frame is not None
            assert again.upload.sha256 == upload.sha256
            assert kind not in {offer.kind for offer in again.offers}


ROWS = [["name", "lon", "lat"], ["Парк", 84.95, 56.48]]


def test_others_wait_for_their_turn_and_are_refused_in_time() -> None:
    turns = Turns(1)
    assert turns.wait(1, lambda: False)
    begun = time.monotonic()
    assert not turns.wait(0.05, lambda: False)
    assert not turns.wait(60, lambda: True)
    assert time.monotonic() - begun < 30
    turns.end()
    assert turns.wait(1, lambda: False)


def test_a_busy_server_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Turns, "wait", lambda *arguments: False)
    outcome = read_in_turn(
        Upload("a.geojson", LAYER.encode()),
        Limits(),
        at_once=2,
        references={},
        progress=lambda share: None,
        cancelled=lambda: False,
    )
    assert outcome.report.rejected is not None
    assert outcome.report.rejected.code == "busy"


def test_work_in_the_background_tells_how_far_it_is_and_can_be_ended() -> None:
    told = threading.Event()

    def work(progress: Callable[[float], None], cancelled: Callable[[], bool]) -> str:
        progress(0.7)
        progress(0.2)  # never goes back
        told.set()
        while not cancelled():
            time.sleep(0.005)
        return "ended"

    job = Background(work)
    assert told.wait(30)
    assert (job.share, job.done) == (0.7, False)
    job.cancel()
    assert job.result() == "ended"
    assert job.done


def test_a_fault_in_the_background_comes_up_with_the_result() -> None:
    def work(progress: Callable[[float], None], cancelled: Callable[[], bool]) -> None:
        raise OSError("disk")

    with pytest.raises(OSError, match="disk"):
        Background(work).result()
