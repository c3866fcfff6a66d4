"""What the content security policies allow and stop, in a real browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.api.server import ROOT, running

pytestmark = [pytest.mark.browser, pytest.mark.slow]

WAIT_MS = 30_000

REACH = """async (url) => {
  try { return (await fetch(url)).status; } catch { return "stopped"; }
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    log = tmp_path_factory.mktemp("server") / "log"
    script = ROOT / "tests" / "browser" / "policy" / "app.py"
    with running(log, script, PYTHONPATH=str(ROOT)) as address:
        yield address


@pytest.fixture
def page(chromium) -> Iterator[Page]:
    page = chromium.new_page()
    page.errors = []
    page.asked = []
    page.on("console", lambda m: page.errors.append(m.text) if m.type == "error" else None)
    page.on("pageerror", lambda error: page.errors.append(str(error)))
    page.on("request", lambda request: page.asked.append(request.url))
    yield page
    page.close()


@pytest.mark.parametrize("path", ["/", "/second"])
def test_everything_streamlit_draws_runs_under_the_policy(page, address, path):
    page.goto(address + path)
    expect(page.get_by_text("component runs")).to_be_visible(timeout=WAIT_MS)
    expect(page.get_by_test_id("stDataFrame").locator("canvas").first).to_be_visible()
    expect(page.get_by_test_id("stVegaLiteChart").locator("canvas, svg").first).to_be_visible()
    page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"uploaded"}
    )
    expect(page.get_by_text("received uploaded")).to_be_visible(timeout=WAIT_MS)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download", exact=True).click()
    assert download.value.path().read_text(encoding="utf-8") == "downloaded"
    map_frame = page.frame_locator("iframe").last
    expect(
        map_frame.get_by_role("application").or_(map_frame.locator("canvas")).first
    ).to_be_visible()

    assert page.errors == []
    assert {url for url in page.asked if not url.startswith((address, "blob:", "data:"))} == set()


@pytest.mark.parametrize("path", ["/map", "/embed"])
def test_the_map_page_has_no_origin_and_reaches_only_its_server(page, address, path):
    page.goto(address + path)
    expect(page.locator("canvas").first).to_be_visible(timeout=WAIT_MS)
    assert page.errors == []
    assert page.evaluate("self.origin") == "null"
    assert page.evaluate(REACH, "/layers/index.json") == 200
    assert page.evaluate(REACH, "http://127.0.0.1:9/") == "stopped"
    assert any("Content Security Policy" in error for error in page.errors)


def test_a_script_that_got_into_the_page_does_not_run(page, address):
    page.goto(address)
    expect(page.get_by_text("component runs")).to_be_visible(timeout=WAIT_MS)
    page.evaluate(
        """() => document.body.append(document.createRange().createContextualFragment(
          '<img src="x:" onerror="window.hurt = 1"><script>window.hurt = 1</script>'))"""
    )
    page.wait_for_timeout(200)
    assert page.evaluate("window.hurt") is None
    assert len([error for error in page.errors if "Content Security Policy" in error]) >= 2


def test_only_our_own_pages_frame_the_application(page, address):
    page.set_content(f'<iframe src="{address}/"></iframe><iframe src="{address}/embed"></iframe>')
    page.wait_for_timeout(1000)
    assert any("frame-ancestors" in error for error in page.errors)
    embed = page.frames[-1]
    assert embed.locator("canvas").count() > 0
