"""The offline edition, opened from a disk: it asks for nothing and answers like the server."""

import csv
import random
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any
from urllib.parse import urlencode, urlsplit
from urllib.request import url2pathname

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from geo.dataset import Dataset, shared
from geo.facets import FACETS, vocabulary
from geo.order import SORTS
from geo.query import Query, apply
from geo.search.ranking import search_of
from layers.bundle import bundle
from layers.locale import LANGUAGES, Translator
from layers.offline import offline_page
from layers.offline_data import cards, offline_data, search_data
from layers.page_data import to_script_block
from tests.browser.test_accessibility import violations
from views.answer import build_answer

pytestmark = pytest.mark.browser

QUESTIONS = Path(__file__).parent.parent / "geo" / "search"
STATES = 400
# Slips, endings, the other alphabet and layout, hyphens, little words, signs, nothing at all.
TEXTS = (
    "", "парк", "park", "gfhr", "ТГУ", "nue", "лагерного сада", "lagernyj sad", "мидицинский",
    "био-парк", "нефте химический", "в томске", "сибирский медицинский", "sibmed", "ЁЛКА", "«»",
    "rjvfylf", "индустр", "Sez-Tomsk", "инновацоинный", "x", "ул. Ленина", "36", "Straße",
)  # fmt: skip


@pytest.fixture(scope="module")
def dataset() -> Dataset:
    return shared()


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory, dataset: Dataset) -> str:
    path = tmp_path_factory.mktemp("offline") / "atlas.html"
    path.write_bytes(offline_page(dataset))
    return path.as_uri()


def exposed(entry: str, name: str) -> str:
    """Return a module with its imports as a script that leaves one of its exports for the test."""
    text = bundle(entry)
    last = text.rindex("const module_")
    module = text[last:].split()[1]
    return f"{text}globalThis.{name} = {module}.{name};"


@pytest.fixture(scope="module")
def answers(
    tmp_path_factory: pytest.TempPathFactory, dataset: Dataset, chromium: Browser
) -> Iterator[Page]:
    """A page that holds the filter and the search of the edition, and nothing else."""
    path = tmp_path_factory.mktemp("answers") / "page.html"
    blocks = {"offline": offline_data(dataset), "search": search_data(dataset)}
    scripts = (
        exposed("offline/answer.js", "createAnswerer"),
        exposed("offline/search.js", "createTextSearch"),
        exposed("explorer/order.js", "decodeOrder"),
        """
        const read = (id) => JSON.parse(document.getElementById(id).textContent);
        const data = read("offline");
        const search = createTextSearch(read("search"), data.rows, () => true);
        globalThis.match = search.match;
        globalThis.suggest = search.suggest;
        const answer = createAnswerer({ ...data, ids: data.list.id }, { match: search.match });
        globalThis.answerAll = (states) => states.map(([link, lang]) => {
          const { order, ...rest } = answer(link, lang);
          return { ...rest, order: decodeOrder(order) };
        });
        """,
    )
    path.write_text(
        "<!DOCTYPE html><meta charset=utf-8>"
        + "".join(
            f'<script type="application/json" id="{name}">{to_script_block(data)}</script>'
            for name, data in blocks.items()
        )
        + "".join(f'<script type="module">{script}</script>' for script in scripts),
        encoding="utf-8",
    )
    page = chromium.new_page()
    page.goto(path.as_uri())
    yield page
    page.close()


def states(dataset: Dataset) -> list[tuple[str, str]]:
    """Return links of any kind with a language each: likely ones, empty answers, broken ones."""
    chance = random.Random(5)  # noqa: S311 - states, not secrets
    options = vocabulary(dataset)
    some = list(dataset.rows["id"])
    found = []
    for _ in range(STATES):
        params: list[tuple[str, str]] = []
        for key in FACETS:
            if chance.random() < 0.3:
                params += [(key, one) for one in chance.sample(options[key], chance.randint(1, 3))]
        if chance.random() < 0.25:
            params += [
                ("years", str(chance.randint(1995, 2040))) for _ in range(chance.randint(1, 2))
            ]
        if chance.random() < 0.2:
            sums = ("0", "100", "1000.5", "0.1", "60000", "unknown", "unknown")
            params += [("money", chance.choice(sums)) for _ in range(chance.randint(1, 2))]
        if chance.random() < 0.35:
            params.append(("q", chance.choice(TEXTS)))
        if chance.random() < 0.5:
            params.append(("sort", chance.choice([sort for sort in SORTS if sort != "near"])))
        if chance.random() < 0.2:
            params.append(("sel", chance.choice(some)))
        if chance.random() < 0.15:
            wrong = (
                ("park", "nowhere"),
                ("years", "abc"),
                ("money", "-1"),
                ("sort", "?"),
                ("x", "y"),
            )
            params += chance.sample(wrong, chance.randint(1, 3))
        found.append((urlencode(params), chance.choice(LANGUAGES)))
    return found


def test_a_link_is_answered_as_the_server_answers_it(answers: Page, dataset: Dataset) -> None:
    asked = states(dataset)
    shown = 0
    for (link, lang), ours in zip(asked, answers.evaluate("answerAll", asked), strict=True):
        query, notes = Query.from_params(link, dataset)
        view = apply(query, dataset, lang=lang)
        theirs = build_answer(dataset, view, notes, Translator(lang))
        assert ours["order"] == view.positions.tolist(), link
        shown += bool(ours["order"])
        for key in ("lang", "params", "sort", "counts", "years", "money", "tags", "notes", "empty"):
            assert ours[key] == theirs[key], (link, key)
        left_out = {"not_placed"}
        assert ours["totals"] == {k: v for k, v in theirs["totals"].items() if k not in left_out}
    assert STATES / 4 < shown < STATES


def questions() -> list[str]:
    files = [QUESTIONS / name for name in ("queries.csv", "held_out.csv")]
    lines = [file.read_text(encoding="utf-8").splitlines() for file in files]
    return [row["query"] for file in lines for row in csv.DictReader(file)] + list(TEXTS)


def test_a_text_finds_the_same_rows(answers: Page, dataset: Dataset) -> None:
    index = search_of(dataset)
    asked = questions()
    found = answers.evaluate("(texts) => texts.map(match)", asked)
    assert {
        text: rows
        for text, rows in zip(asked, found, strict=True)
        if rows != index.match(text).tolist()
    } == {}


def test_suggestions_are_the_same_where_something_is_found(answers: Page, dataset: Dataset) -> None:
    index = search_of(dataset)
    asked = [text for text in questions() if index.best(text)]
    found = answers.evaluate(
        """(texts) => texts.map((text) =>
             suggest(text, 'ru').results.map(({type, id}) => [type, id]))""",
        asked,
    )
    for text, ours in zip(asked, found, strict=True):
        theirs = [[one.document.type, one.document.id] for one in index.best(text)]
        assert ours[:3] == theirs[:3], text


def opened(chromium: Browser, address: str, **options: Any) -> tuple[Page, list[str]]:
    """Open the edition; the list grows by each message, error and request as long as it is open."""
    context = chromium.new_context(**{"locale": "en-GB", "offline": True, **options})
    page = context.new_page()
    faults: list[str] = []

    def requested(request: Request) -> None:
        # The page itself, and what stands in it.
        if not request.url.startswith((address.partition("#")[0], "data:")):
            faults.append(request.url)

    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", requested)
    page.goto(address)
    expect(page.locator(".atlas:not(.loading)")).to_be_visible()
    return page, faults


def rows(page: Page) -> Locator:
    return page.locator(".row[data-id]")


def test_it_opens_from_a_disk_without_a_request(chromium: Browser, file: str) -> None:
    page, faults = opened(chromium, file)
    expect(rows(page)).to_have_count(len(shared().rows))
    frame = page.frame_locator("iframe.map-frame")
    expect(frame.locator(".atlas-legend")).to_be_visible()
    page.get_by_role("checkbox", name="Medical").check()
    expect(page.locator(".shown")).to_have_text("Showing 16 of 161")
    assert page.url.endswith("#park=medical&lang=en")
    rows(page).first.click()
    panel = page.locator(".panel")
    expect(panel.locator(".sources a").first).to_be_visible()
    outside = """(bars) => bars.filter((bar) => {
      const [box, zone] = [bar, bar.parentElement].map((node) => node.getBoundingClientRect());
      return box.height > zone.height + 1 || box.right > zone.right + 1;
    }).length"""
    assert page.locator(".bars .bar").count() > 10
    assert page.locator(".bars .bar").evaluate_all(outside) == 0
    # What only a server has is not offered.
    expect(panel.get_by_text("Near")).to_have_count(0)
    expect(page.locator("[data-group=near], [data-group=own], .export-file")).to_have_count(0)
    page.get_by_role("button", name="Рус").click()
    expect(page.locator(".shown")).to_have_text("Показано: 16 из 161")
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    assert faults == []
    page.context.close()


def test_a_link_opens_the_same_state_and_back_returns(chromium: Browser, file: str) -> None:
    page, faults = opened(chromium, f"{file}#status=running&q=парк&sel=lagerny-sad&lang=ru")
    expect(page.locator(".panel-title")).to_have_text("Лагерный сад")
    expect(page.locator(".tag")).to_have_count(2)
    page.get_by_role("button", name="Убрать условие: выполняется").or_(
        page.locator(".tag").first
    ).first.click()
    expect(page.locator(".tag")).to_have_count(1)
    page.go_back()
    expect(page.locator(".tag")).to_have_count(2)
    assert faults == []
    page.context.close()


@pytest.fixture
def halting(file: str) -> Iterator[tuple[str, Event]]:
    """The address of the edition from a server that stops in the middle of a card until told."""
    page = Path(url2pathname(urlsplit(file).path)).read_bytes()
    middle = page.index(b'id="cards-en-0"') + 200
    go_on = Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page[:middle])
            self.wfile.flush()
            go_on.wait(60)
            self.wfile.write(page[middle:])

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", go_on
        go_on.set()
        server.shutdown()
        thread.join()


def test_it_works_before_the_page_has_ended(chromium: Browser, halting: tuple[str, Event]) -> None:
    address, go_on = halting
    page = chromium.new_page(locale="en-GB")
    page.goto(f"{address}#lang=en", wait_until="commit")
    expect(rows(page)).to_have_count(len(shared().rows))
    expect(page.frame_locator("iframe.map-frame").locator(".atlas-legend")).to_be_visible()
    page.get_by_role("checkbox", name="Medical").check()
    expect(page.locator(".shown")).to_have_text("Showing 16 of 161")
    rows(page).first.click()
    # The name at once, the facts when their block has come.
    expect(page.locator(".panel-title")).not_to_be_empty()
    expect(page.locator(".panel .bones")).to_be_visible()
    go_on.set()
    expect(page.locator(".panel .fact").first).to_be_visible()
    expect(page.locator(".panel .bones")).to_have_count(0)
    page.close()


def test_the_last_card_opens(chromium: Browser, file: str, dataset: Dataset) -> None:
    last = list(cards(dataset, "en"))[-1]
    page, faults = opened(chromium, f"{file}#sel={last['id']}&lang=en")
    expect(page.locator(".panel-title")).to_have_text(last["title"])
    expect(page.locator(".panel .fact")).to_have_count(len(last["facts"]))
    assert faults == []
    page.context.close()


def test_what_a_link_cannot_have_is_named(chromium: Browser, file: str) -> None:
    page, faults = opened(chromium, f"{file}#near=84.9,56.5,300&park=nowhere&lang=en")
    expect(page.locator(".note")).to_contain_text("nowhere")
    expect(page.locator(".note")).to_contain_text("The filter by place works only")
    expect(rows(page)).to_have_count(len(shared().rows))
    assert faults == []
    page.context.close()


def test_search_and_cards_by_keyboard(chromium: Browser, file: str) -> None:
    page, faults = opened(chromium, file)
    page.keyboard.press("Tab")
    expect(page.locator("#skip")).to_be_focused()
    page.locator(".search-field").focus()
    page.keyboard.type("nge")  # ТПУ in the other layout
    # Without waiting for the list: the keys mean the options of the last letter.
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    title = page.locator(".panel-title")
    expect(title).to_contain_text("Tomsk Polytechnic University")
    expect(page.locator(".panel-close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".panel")).to_be_hidden()
    assert faults == []
    page.context.close()


def test_on_paper_stand_the_map_and_then_the_card_or_the_list(chromium: Browser, file: str) -> None:
    page, faults = opened(chromium, f"{file}#park=medical&lang=en", color_scheme="dark")
    frame = page.frame_locator("iframe.map-frame")
    expect(frame.locator(".atlas-legend")).to_be_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    expect(page.locator(".filters")).to_be_hidden()
    expect(page.locator("#skip")).to_be_hidden()
    expect(frame.locator(".atlas-controls").first).to_be_hidden()
    paper = page.locator(".map-frame").bounding_box()
    first = rows(page).first.bounding_box()
    assert paper is not None
    assert first is not None
    assert paper["width"] <= 681  # inside the margins of A4
    assert paper["y"] + paper["height"] <= first["y"]
    ink = page.evaluate("getComputedStyle(document.body).color.match(/\\d+/g).map(Number)")
    assert max(ink) < 100
    page.emulate_media(media="screen")
    # Not by a click: that goes to what was painted last, which may be the map on paper still.
    rows(page).first.press("Enter")
    expect(page.locator(".panel .fact").first).to_be_visible()
    page.emulate_media(media="print")
    expect(rows(page).first).to_be_hidden()
    expect(page.locator(".panel .fact").first).to_be_visible()
    expect(page.locator(".panel .actions")).to_be_hidden()
    assert faults == []
    page.context.close()


@pytest.mark.parametrize(
    ("lang", "width", "scheme"),
    [("ru", 1440, "light"), ("en", 1440, "dark"), ("ru", 390, "dark"), ("en", 320, "light")],
)
def test_axe_finds_nothing(
    chromium: Browser, file: str, lang: str, width: int, scheme: str
) -> None:
    page, _ = opened(
        chromium,
        f"{file}#park=medical&sel=northern-medical-town&lang={lang}",
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
    )
    expect(page.locator(".panel .sources")).to_be_attached()
    page.wait_for_timeout(400)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.context.close()
