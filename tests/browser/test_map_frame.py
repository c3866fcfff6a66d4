"""The map frame alone, in a tiny host page: what is drawn, said and answered."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page, expect
from pyproj import Geod

from geo import dataset
from layers.page import build_map
from tests.browser.map_host import MapServer, collection, serve
from tests.browser.waiting import PATIENCE_MS

pytestmark = pytest.mark.browser

HOSTILE = (
    '"><img src=x onerror=hacked=1>',
    "</script><script>hacked=1</script>",
    "${hacked=1} `hacked=1` \\u0041 \\x D:\\uploads",
    "\u202eright to left\u202c",
    "a" * 10_000,
)


def feature(
    own_id: str, at: tuple[float, float] | None, *, site: bool = True, **fields: Any
) -> dict[str, Any]:
    properties = {
        "id": own_id,
        "name_ru": f"имя {own_id}",
        "name_en": f"name {own_id}",
        "status": "running",
        "status_source": "under_construction",
        "geometry_method": "point",
        "position_accuracy_m": 300,
        "area_ha": None,
        **({"park_type": "industrial"} if site else {"kind": "social", "site_id": None}),
        **fields,
    }
    geometry = at and {"type": "Point", "coordinates": list(at)}
    return {"type": "Feature", "id": own_id, "properties": properties, "geometry": geometry}


SITES = {
    "industrial": [feature("plant", (85.0, 56.5), area_ha=150)],
    "medical": [feature("clinic", (84.93, 56.52), park_type="medical")],
    "sport": [feature("pool", (85.09, 56.47), park_type="sport")],
}
PROJECTS = [
    feature("school", (85.05, 56.6), site=False),
    feature("twin-1", (84.86, 56.45), site=False),
    feature("twin-2", (84.86, 56.45), site=False),
    feature(
        "hall-1", (85.0, 56.5), site=False, site_id="plant", geometry_method="position_of_site"
    ),
    feature(
        "hall-2", (85.0, 56.5), site=False, site_id="plant", geometry_method="position_of_site"
    ),
    feature("nowhere", None, site=False, geometry_method="unknown"),
]
ALL = ["plant", "clinic", "pool", *(project["id"] for project in PROJECTS)]


class Layers:
    """What the server answers for each layer; tests change it."""

    def __init__(self) -> None:
        self.content: dict[str, bytes | int] = {
            layer: collection(*features) for layer, features in SITES.items()
        } | {"projects": collection(*PROJECTS)}

    def __call__(self, layer_id: str) -> bytes | int:
        return self.content.get(layer_id, collection())


@pytest.fixture(scope="module")
def running() -> Iterator[MapServer]:
    with serve(dataset.shared()) as server:
        yield server


@pytest.fixture
def layers() -> Layers:
    return Layers()


@pytest.fixture
def server(running: MapServer, layers: Layers) -> MapServer:
    running.layers = layers
    running.asked.clear()
    return running


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1000, "height": 800})
    yield context.new_page()
    context.close()


@pytest.fixture
def frame(page: Page, server: MapServer) -> Frame:
    return hosted(page, server)


def hosted(page: Page, server: MapServer, query: str = "lang=en") -> Frame:
    page.goto(f"{server.url}/host?{query}")
    page.wait_for_function("said.some((message) => message.type === 'ready')")
    frame = page.frames[1]
    tell(page, "show", ids=ALL)
    until(frame, "Atlas.frame.scene.visible.length > 0")
    painted(frame)
    return frame


def bare(page: Page, server: MapServer) -> Frame:
    page.goto(f"{server.url}/map?lang=en")
    until(page.main_frame, "Atlas.frame?.scene.visible.length > 5")
    painted(page.main_frame)
    return page.main_frame


def tell(page: Page, kind: str, **fields: Any) -> None:
    page.evaluate("([kind, fields]) => tell(kind, fields)", [kind, fields])


def said(page: Page, kind: str) -> list[dict[str, Any]]:
    """Wait for a message from the frame and return all of its kind."""
    page.wait_for_function("(kind) => said.some((message) => message.type === kind)", arg=kind)
    return page.evaluate("(kind) => said.filter((message) => message.type === kind)", kind)


def painted(frame: Frame) -> None:
    """Let messages arrive and a repaint they ask for happen."""
    frame.evaluate(
        """() => new Promise((done) => setTimeout(() =>
        requestAnimationFrame(() => requestAnimationFrame(done)), 30))"""
    )


def shown(frame: Frame) -> list[str]:
    return frame.evaluate("Atlas.frame.scene.visible.map((object) => object.id).sort()")


def position(frame: Frame, own_id: str) -> tuple[float, float]:
    x, y = frame.evaluate(
        """(id) => {
        const { lat, lon } = Atlas.frame.objects.get(id);
        const point = Atlas.frame.map.latLngToContainerPoint([lat, lon]);
        return [point.x, point.y];
    }""",
        own_id,
    )
    return x, y


def badge(frame: Frame, own_id: str) -> tuple[float, float]:
    x, y = position(frame, own_id)
    left, top = frame.evaluate(
        "([id, x, y]) => Atlas.frame.painter.badgeAt(Atlas.frame.objects.get(id), x, y)",
        [own_id, x, y],
    )
    return left, top


def colour(frame: Frame, x: float, y: float) -> str:
    return frame.evaluate(
        """([x, y]) => {
        const { painter, map } = Atlas.frame;
        const at = map.containerPointToLayerPoint([x, y]).subtract(painter._bounds.min);
        const ratio = devicePixelRatio;
        const [r, g, b, a] = painter.ctx.getImageData(at.x * ratio, at.y * ratio, 1, 1).data;
        return a ? [r, g, b].join(" ") : "ground";
    }""",
        [x, y],
    )


def until(frame: Frame, condition: str) -> None:
    """Wait for a condition in the frame: Playwright's own way needs eval, which is forbidden."""
    frame.evaluate(
        f"""() => new Promise((done, fail) => {{
        const last = setTimeout(() => fail(new Error("never so")), {PATIENCE_MS});
        const check = () => {{
            if (!({condition})) return setTimeout(check, 20);
            clearTimeout(last);
            return done();
        }};
        check();
    }})"""
    )


def zoom_and_centre(frame: Frame) -> list[float]:
    return frame.evaluate(
        "(({ map }) => [map.getZoom(), map.getCenter().lat, map.getCenter().lng])(Atlas.frame)"
    )


def test_the_frame_works_without_an_origin_under_its_policy(page: Page, server: MapServer) -> None:
    faults: list[str] = []
    page.on(
        "console", lambda message: faults.append(message.text) if message.type == "error" else None
    )
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.route("**/favicon.ico", lambda route: route.fulfill(status=204))
    frame = hosted(page, server)
    assert frame.evaluate("self.origin") == "null"
    assert frame.evaluate(
        "document.fonts.ready.then(() => document.fonts.check('600 12px \"Golos Text Variable\"'))"
    )
    assert faults == []


def test_no_other_host_is_asked_before_the_viewer_says_so(page: Page, server: MapServer) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.route("https://**", lambda route: route.abort())
    frame = hosted(page, server)
    tell(page, "language", lang="ru")
    tell(page, "select", id="plant", pan=True)
    frame.evaluate("Atlas.frame.map.setView([56.5, 85.0], 15, { animate: false })")
    painted(frame)
    assert [url for url in asked if not url.startswith(server.url)] == []

    frame.click(".atlas-controls [data-label='map.layers']")
    frame.click("input[name=tiles]")
    expect(frame.locator(".atlas-notice")).to_contain_text("OpenStreetMap")
    foreign = [url for url in asked if not url.startswith(server.url)]
    assert foreign
    assert all(url.startswith("https://tile.openstreetmap.org/") for url in foreign)
    x, y = position(frame, "plant")
    assert colour(frame, x - 15, y) != "ground"


def test_a_filter_repaints_and_neither_moves_nor_asks_again(
    page: Page, server: MapServer, frame: Frame
) -> None:
    frame.evaluate("Atlas.frame.map.setView([56.5, 85.0], 12, { animate: false })")
    painted(frame)
    x, y = position(frame, "clinic")
    # Beside the letter, inside the disc.
    assert colour(frame, x - 7, y) != "ground"
    before, asked = zoom_and_centre(frame), list(server.asked)
    tell(page, "show", ids=["plant", "school"])
    painted(frame)
    assert shown(frame) == ["plant", "school"]
    assert colour(frame, x - 7, y) == "ground"
    assert zoom_and_centre(frame) == before
    assert server.asked == asked
    assert len(asked) == len(set(asked)) == 7
    assert page.evaluate("frame_loads") == 1


def test_a_choice_told_before_the_layers_have_come_is_kept(page: Page, server: MapServer) -> None:
    # Held back until the route is taken away.
    page.route("**/layers/*.geojson*", lambda route: None)
    page.goto(f"{server.url}/host?lang=en")
    page.wait_for_function("said.some((message) => message.type === 'ready')")
    tell(page, "show", ids=["pool"])
    tell(page, "select", id="pool", pan=False)
    frame = page.frames[1]
    painted(frame)
    assert shown(frame) == []
    page.unroute("**/layers/*.geojson*")
    until(frame, "Atlas.frame.objects.size === 9")
    assert shown(frame) == ["pool"]
    assert frame.evaluate("Atlas.frame.selected.id") == "pool"


def test_a_frame_opened_while_hidden_begins_with_the_whole_view(
    page: Page, server: MapServer
) -> None:
    wanted = zoom_and_centre(hosted(page, server))
    page.add_init_script(
        """addEventListener("DOMContentLoaded", () => {
        const frame = document.querySelector("iframe");
        if (frame) frame.style.width = frame.style.height = "0";
    })"""
    )
    frame = hosted(page, server)
    assert zoom_and_centre(frame) != wanted
    page.evaluate("document.querySelector('iframe').removeAttribute('style')")
    until(frame, "Atlas.frame.map.getSize().x === 1000")
    painted(frame)
    assert zoom_and_centre(frame) == pytest.approx(wanted, abs=1e-3)


def test_clicks_report_the_object_and_the_empty_map_clears(page: Page, frame: Frame) -> None:
    page.mouse.click(*position(frame, "clinic"))
    assert said(page, "select")[-1]["id"] == "clinic"
    x, y = position(frame, "clinic")
    page.mouse.click(x, y - 150)
    page.wait_for_function("said.filter((message) => message.type === 'select').length === 2")
    assert said(page, "select")[-1]["id"] is None


def test_selecting_moves_the_map_only_to_what_is_hidden(page: Page, frame: Frame) -> None:
    tell(page, "layout", padding=[0, 0, 0, 0])
    painted(frame)
    before = zoom_and_centre(frame)
    tell(page, "select", id="plant", pan=True)
    painted(frame)
    assert zoom_and_centre(frame) == before
    x, _ = position(frame, "plant")
    tell(page, "motion", reduced=True)
    # The host's panel now lies over the plant.
    tell(page, "layout", padding=[0, 1000 - x + 20, 0, 0])
    tell(page, "select", id="plant", pan=True)
    painted(frame)
    assert position(frame, "plant")[0] < x - 20
    assert zoom_and_centre(frame)[0] == before[0]


def test_projects_at_their_site_are_a_number_on_it_and_a_dot_without_it(
    page: Page, frame: Frame
) -> None:
    page.mouse.click(*badge(frame, "plant"))
    rows = frame.locator(".atlas-chooser li button")
    expect(rows).to_have_count(2)
    rows.first.click()
    assert said(page, "select")[-1]["id"] == "hall-1"
    tell(page, "show", ids=["clinic", "hall-1", "hall-2"])
    painted(frame)
    [dot] = frame.evaluate("Atlas.frame.painter.dots.map(({ n }) => n)")
    assert dot == 2


def test_projects_on_one_spot_open_a_list_at_every_zoom(page: Page, frame: Frame) -> None:
    frame.evaluate("Atlas.frame.map.setView([56.45, 84.86], 18, { animate: false })")
    painted(frame)
    page.mouse.click(*position(frame, "twin-1"))
    expect(frame.locator(".atlas-chooser li button")).to_have_count(2)
    page.keyboard.press("Escape")
    expect(frame.locator(".atlas-chooser")).to_be_hidden()
    assert frame.evaluate("document.activeElement === Atlas.frame.region")


def test_the_legend_shows_what_is_on_screen_and_asks_the_host(page: Page, frame: Frame) -> None:
    rows = frame.locator(".atlas-legend [data-park]")
    expect(rows).to_have_text(["IIndustrial", "MMedical", "SSport"])
    expect(frame.locator(".atlas-sign")).to_have_text(
        [
            "larger: larger known area",
            "project",
            "3several projects",
            "3projects of a site",
            "approximate place",
        ]
    )
    states = "(rows) => rows.map((row) => row.getAttribute('aria-pressed'))"
    assert rows.evaluate_all(states) == ["false"] * 3
    rows.nth(1).click()
    assert said(page, "parks")[-1]["parks"] == ["medical"]
    # Nothing changes until the host says so.
    assert rows.evaluate_all(states) == ["false"] * 3
    tell(page, "parks", parks=["medical"])
    tell(page, "show", ids=["clinic"])
    painted(frame)
    # The others stay, dimmed, so that one of them can be added.
    assert rows.evaluate_all(states) == ["false", "true", "false"]
    expect(rows.first).to_have_class("atlas-dimmed")
    rows.first.click()
    page.wait_for_function("said.filter((message) => message.type === 'parks').length === 2")
    assert said(page, "parks")[-1]["parks"] == ["industrial", "medical"]
    tell(page, "parks", parks=["medical"])
    rows.nth(1).click()
    page.wait_for_function("said.filter((message) => message.type === 'parks').length === 3")
    assert said(page, "parks")[-1]["parks"] == []
    tell(page, "parks", parks=[])
    tell(page, "show", ids=ALL)
    frame.evaluate("Atlas.frame.map.setView([56.47, 85.09], 16, { animate: false })")
    expect(rows).to_have_text(["SSport"])


def test_a_kind_of_the_filter_stays_in_the_legend_out_of_sight(page: Page, frame: Frame) -> None:
    tell(page, "parks", parks=["medical"])
    tell(page, "show", ids=["clinic"])
    frame.evaluate("Atlas.frame.map.setView([56.47, 85.09], 16, { animate: false })")
    expect(frame.locator(".atlas-legend [data-park]")).to_have_text(["MMedical", "SSport"])


def test_the_legend_begins_folded_where_the_host_leaves_little_room(
    page: Page, frame: Frame
) -> None:
    rows = frame.locator("#atlas-legend-rows")
    expect(rows).to_be_visible()
    tell(page, "layout", padding=[0, 358, 0, 0])
    expect(rows).to_be_hidden()
    frame.click(".atlas-legend-title")
    expect(rows).to_be_visible()
    tell(page, "layout", padding=[0, 359, 0, 0])
    painted(frame)
    expect(rows).to_be_visible()


def test_the_whole_attribution_opens_above_its_line(page: Page, frame: Frame) -> None:
    button = frame.locator(".atlas-attribution-button")
    whole = frame.locator("#atlas-attribution")
    expect(whole).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    for text in ("Leaflet", *dataset.shared().catalog.attributions("en"), "background off"):
        expect(whole).to_contain_text(text)
    assert whole.evaluate("(node) => node.scrollWidth <= node.clientWidth")
    page.keyboard.press("Escape")
    expect(whole).to_be_hidden()
    expect(button).to_be_focused()


def test_the_city_is_named_where_no_mark_hides_it(
    page: Page, server: MapServer, layers: Layers
) -> None:
    [city] = [
        (row.longitude, row.latitude)
        for row in dataset.shared().settlements.itertuples()
        if row.name_en == "Tomsk"
    ]
    crowd = [
        feature(f"crowd-{x}-{y}", (city[0] + x / 200, city[1] + y / 350))
        for x in range(-9, 10)
        for y in range(-9, 10)
    ]
    layers.content["sport"] = collection(*crowd)
    frame = hosted(page, server)
    frame.evaluate(
        "([lon, lat]) => Atlas.frame.map.setView([lat, lon], 12, { animate: false })", city
    )
    tell(page, "show", ids=[one["id"] for one in crowd])
    painted(frame)
    last = frame.evaluate(
        """() => {
        const { painter } = Atlas.frame;
        const { ctx } = painter;
        const said = [];
        ctx.fillText = (text) => said.push(text);
        ctx.drawImage = () => said.push("disc");
        painter.paint();
        delete ctx.fillText;
        delete ctx.drawImage;
        return said.slice(said.lastIndexOf("disc") + 1);
    }"""
    )
    assert "Tomsk" in last


def test_language_and_theme_change_in_place(page: Page, frame: Frame) -> None:
    before = zoom_and_centre(frame)
    tell(page, "select", id="plant", pan=False)
    tell(page, "language", lang="ru")
    tell(page, "theme", dark=True)
    expect(frame.locator(".atlas-legend [data-park]").first).to_have_text("ИИндустриальный")
    expect(frame.locator("html")).to_have_attribute("lang", "ru")
    expect(frame.locator(".atlas-controls .atlas-button").last).to_have_attribute(
        "aria-label", "На весь экран"
    )
    assert "Карта" in (frame.get_attribute(".leaflet-container", "aria-label") or "")
    assert (
        frame.evaluate("getComputedStyle(Atlas.frame.region).backgroundColor") == "rgb(27, 34, 40)"
    )
    assert zoom_and_centre(frame) == before
    assert page.evaluate("frame_loads") == 1


def test_keys_walk_through_the_objects_in_the_order_told(page: Page, frame: Frame) -> None:
    tell(page, "show", ids=["pool", "nowhere", "plant"])
    tell(page, "motion", reduced=True)
    frame.focus(".leaflet-container")
    for _ in range(2):
        page.keyboard.press("PageDown")
    texts = [message["text"] for message in said(page, "announce")]
    assert texts[0].startswith("name pool. Sport park")
    assert texts[1].startswith("name plant.")
    assert texts[1].endswith("2 of 2")
    page.keyboard.press("Enter")
    assert said(page, "select")[-1]["id"] == "plant"
    zoom, _, lon = zoom_and_centre(frame)
    page.keyboard.press("+")
    page.keyboard.press("ArrowRight")
    painted(frame)
    assert zoom_and_centre(frame)[0] == zoom + 1
    assert zoom_and_centre(frame)[2] > lon
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert said(page, "leave")


def test_every_control_has_a_name_and_a_reachable_size(frame: Frame) -> None:
    frame.click(".atlas-controls [data-label='map.layers']")
    small = frame.evaluate(
        """[...document.querySelectorAll(".atlas-ui button, .atlas-ui input")].filter((control) => {
        if (!control.checkVisibility()) return false;
        const target = control.closest("label") || control;
        const { width, height } = target.getBoundingClientRect();
        const name = control.getAttribute("aria-label") || target.textContent;
        return width < 24 || height < 24 || !name.trim() || name.startsWith("map.");
    }).map((control) => control.outerHTML)"""
    )
    assert small == []


@pytest.mark.parametrize(("gesture", "zooms"), [("cooperative", False), ("greedy", True)])
def test_the_wheel_belongs_to_the_page_unless_the_map_fills_the_screen(
    page: Page, server: MapServer, gesture: str, zooms: bool
) -> None:
    frame = hosted(page, server, f"lang=en&scroll&gesture={gesture}")
    before = zoom_and_centre(frame)[0]
    page.mouse.move(500, 300)
    page.mouse.wheel(0, 200)
    if zooms:
        until(frame, f"Atlas.frame.map.getZoom() < {before}")
        assert page.evaluate("scrollY") == 0
        return
    page.wait_for_function("scrollY > 0")
    expect(frame.locator(".atlas-hint.atlas-on")).to_contain_text("Ctrl")
    assert zoom_and_centre(frame)[0] == before
    page.keyboard.down("Control")
    page.mouse.wheel(0, 200)
    until(frame, f"Atlas.frame.map.getZoom() < {before}")


def test_a_dead_layer_is_named_and_can_be_tried_again(
    page: Page, server: MapServer, layers: Layers
) -> None:
    layers.content["medical"] = 503
    frame = hosted(page, server)
    title = dataset.shared().catalog["medical"].title_en
    expect(frame.locator(".atlas-notice")).to_contain_text(title)
    assert "plant" in shown(frame)
    assert "clinic" not in shown(frame)
    layers.content["medical"] = collection(*SITES["medical"])
    frame.click(".atlas-notice .atlas-link")
    until(frame, "Atlas.frame.objects.has('clinic')")
    expect(frame.locator(".atlas-notice")).to_have_count(0)
    assert "clinic" in shown(frame)


def test_broken_features_cost_only_themselves(
    page: Page, server: MapServer, layers: Layers
) -> None:
    broken = [
        {"type": "Feature", "id": "x", "properties": None, "geometry": None},
        feature("not-a-number", (float("nan"), 56.5)),
        feature("beyond", (190.0, 56.5)),
        feature("empty", (85.0, 56.5)) | {"geometry": {"type": "Polygon", "coordinates": []}},
        feature("strange", (85.0, 56.5)) | {"geometry": {"type": "Circle", "coordinates": []}},
        None,
    ]
    layers.content["industrial"] = collection(*broken, *SITES["industrial"])
    frame = hosted(page, server)
    until(frame, "Atlas.frame.objects.has('plant')")
    expect(frame.locator(".atlas-notice")).to_contain_text(": 6")
    assert "plant" in shown(frame)


def test_names_from_the_data_stay_text(page: Page, server: MapServer, layers: Layers) -> None:
    spot = (85.0, 56.6)
    layers.content["projects"] = collection(
        *(
            feature(
                f"evil-{n}", spot, site=False, name_en=name, name_ru=name, status=name, kind=name
            )
            for n, name in enumerate(HOSTILE)
        )
    )
    layers.content["medical"] = collection(
        feature(
            "evil-site",
            (84.93, 56.52),
            name_en=HOSTILE[0],
            park_type=HOSTILE[1],
            status_source=HOSTILE[2],
        )
    )
    frame = bare(page, server)
    page.mouse.move(*position(frame, "evil-site"))
    expect(frame.locator(".atlas-tooltip.atlas-on")).to_contain_text(HOSTILE[0])
    page.mouse.click(*position(frame, "evil-site"))
    expect(frame.locator(".atlas-object h2")).to_have_text(HOSTILE[0])
    page.mouse.click(*position(frame, "evil-0"))
    names = frame.locator(".atlas-chooser li button > span:last-child")
    for n, name in enumerate(HOSTILE):
        assert (names.nth(n).text_content() or "").startswith(name)
    assert (
        frame.evaluate("document.querySelectorAll('.atlas-ui :is(img, script, iframe)').length")
        == 0
    )
    assert frame.evaluate("typeof hacked") == "undefined"
    box = frame.locator(".atlas-chooser").bounding_box()
    assert box is not None
    assert box["height"] <= 800


def test_alone_the_page_keeps_the_filter_and_shows_a_card(page: Page, server: MapServer) -> None:
    frame = bare(page, server)
    assert "clinic" in shown(frame)
    frame.click("[data-park=industrial]")
    painted(frame)
    # A project goes with its site.
    assert shown(frame) == ["hall-1", "hall-2", "plant"]
    expect(frame.locator("[data-park=industrial]")).to_have_attribute("aria-pressed", "true")
    page.mouse.click(*position(frame, "plant"))
    card = frame.locator(".atlas-object")
    expect(card).to_contain_text("name plant")
    expect(card).to_contain_text("Industrial park · under construction")
    expect(card).to_contain_text("Approximate place (±300")
    expect(card).to_contain_text("No data")


def test_the_inline_page_needs_nothing_but_itself(page: Page, tmp_path: Any) -> None:
    file = tmp_path / "map.html"
    build_map(dataset.shared(), delivery="inline").save(str(file))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"file://{file}?lang=ru")
    until(page.main_frame, "Atlas.frame.objects.size > 100")
    painted(page.main_frame)
    assert asked == [f"file://{file}?lang=ru"]
    assert len(shown(page.main_frame)) > 100
    expect(page.locator(".atlas-legend [data-park]").first).to_be_visible()


PATHS = [
    [(84.97, 56.5), (85.03, 56.49)],
    [(0.0, 0.0), (0.0, 90.0)],
    [(-73.8, 40.6), (37.4, 55.97)],
    [(85.0, 56.5), (85.0, 56.5)],
    [(0.0, 0.0), (90.0, 0.0)],
]
RINGS = [
    [(84.9, 56.4), (85.1, 56.4), (85.1, 56.6), (84.9, 56.6)],
    [(84.97, 56.5), (84.971, 56.5), (84.9705, 56.5005)],
    [(84.0, 56.0), (85.5, 56.1), (84.8, 56.9)],
]


@pytest.mark.parametrize("path", PATHS)
def test_lengths_are_those_of_the_ellipsoid(frame: Frame, path: list[tuple[float, float]]) -> None:
    (lon1, lat1), (lon2, lat2) = path
    known = Geod(ellps="WGS84").inv(lon1, lat1, lon2, lat2)[2]
    assert frame.evaluate("(path) => Atlas.pathLength(path)", path) == pytest.approx(
        known, abs=1e-3
    )


@pytest.mark.parametrize("ring", RINGS)
def test_areas_are_those_of_the_ellipsoid(frame: Frame, ring: list[tuple[float, float]]) -> None:
    known = abs(Geod(ellps="WGS84").polygon_area_perimeter(*zip(*ring, strict=True))[0])
    assert frame.evaluate("(ring) => Atlas.ringArea(ring)", ring) == pytest.approx(known, rel=1e-4)


def test_measuring_by_clicks_tells_length_then_area(page: Page, frame: Frame) -> None:
    frame.click(".atlas-controls [data-label='map.measure']")
    result = frame.locator(".atlas-measure output")
    for x, y in ((300, 200), (500, 200), (500, 400)):
        page.mouse.click(x, y)
        # Two quick clicks would be a double click, which zooms.
        page.wait_for_timeout(350)
    expect(result).to_contain_text("Length:")
    page.mouse.click(300, 200)
    expect(result).to_contain_text("area:")
    assert page.evaluate("said.every((message) => message.type !== 'select')")
    frame.click("[data-label='map.measure.end']")
    expect(frame.locator(".atlas-measure")).to_be_hidden()


def test_place_and_full_screen_are_asked_of_the_host(page: Page, frame: Frame) -> None:
    frame.click("[data-label='map.locate']")
    frame.click("[data-label='map.fullscreen']")
    assert said(page, "locate")
    assert said(page, "fullscreen")
    tell(page, "located", lon=85.02, lat=56.48, accuracy=50)
    until(frame, "Math.abs(Atlas.frame.map.getCenter().lng - 85.02) < 1e-3")
    tell(page, "locate-failed")
    expect(frame.locator(".atlas-notice")).to_contain_text("could not be found")


def drag(page: Page, fingers: list[int]) -> None:
    """Move fingers, given by where they are across, 200 pixels upwards."""
    session = page.context.new_cdp_session(page)

    def touch(kind: str, points: list[dict[str, int]]) -> None:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    for y in range(500, 299, -20):
        points = [{"x": x, "y": y, "id": n} for n, x in enumerate(fingers)]
        touch("touchStart" if y == 500 else "touchMove", points)
        page.wait_for_timeout(16)
    touch("touchEnd", [])


AT_REST = """new Promise((resolve) => {
  let last = -1;
  const look = () => {
    if (scrollY === last) resolve(scrollY);
    last = scrollY;
    setTimeout(look, 200);
  };
  look();
})"""


def test_one_finger_scrolls_the_page_and_two_move_the_map(
    chromium: Browser, server: MapServer
) -> None:
    context = chromium.new_context(
        viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    frame = hosted(page, server, "lang=ru&scroll")
    expect(frame.locator("#atlas-legend-rows")).to_be_hidden()
    before = zoom_and_centre(frame)
    drag(page, [200])
    page.wait_for_function("scrollY > 100")
    expect(frame.locator(".atlas-hint.atlas-on")).to_contain_text("двумя пальцами")
    assert zoom_and_centre(frame) == before
    page.evaluate(AT_REST)  # a finger that leaves lets the page glide on
    page.evaluate("scrollTo(0, 0)")
    assert page.evaluate(AT_REST) == 0
    drag(page, [150, 250])
    until(frame, f"Atlas.frame.map.getCenter().lat < {before[1] - 0.01}")
    assert page.evaluate("scrollY") == 0
    context.close()
