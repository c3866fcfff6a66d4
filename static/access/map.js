// The map: SVG in metres, y southwards. A click or Enter puts a what-if place; moved by buttons, keys,
// a drag, or Ctrl and the wheel.

import { element, iconButton } from "../explorer/elements.js";
import { svg } from "../explorer/svg.js";

const STEP = 1.5;
const CLICK_PX = 4;
const PAINT_MS = 120;
const LAYERS = ["water", "open_space", "buildings", "minor", "major"];
const MOST_MARKS_M_PX = 12; // beyond so many metres a pixel, small signs are a blur

export function createMap({ onPlace, onSite }) {
  const picture = svg("svg", { class: "map", role: "application", tabindex: "0", preserveAspectRatio: "xMidYMid meet" });
  const buttons = element("div", { class: "zoom" });
  const cross = element("span", { class: "cross", "aria-hidden": "true" });
  const legend = element("ul", { class: "legend" });
  const note = element("p", { class: "quiet note" });
  const keys = element("p", { class: "quiet note" });
  const zone = element("div", { class: "map-zone" }, picture, cross, buttons);
  const node = element("div", { class: "map-side" }, zone, legend, keys, note);
  const rings = svg("g", { class: "rings" });
  const signs = svg("g", { class: "signs" });
  const marks = svg("g", { class: "marks" });
  let data = null;
  let view = null; // west, north, width, height
  let moved = false;
  let before = "";
  let shown = null; // of the rings
  let later = 0;

  const metre = () => (picture.clientWidth ? Math.max(view[2] / picture.clientWidth, view[3] / picture.clientHeight) : 1);
  const show = () => {
    picture.setAttribute("viewBox", view.join(" "));
    const px = metre();
    for (const sign of signs.querySelectorAll("[data-at]")) {
      sign.setAttribute("transform", `translate(${sign.dataset.at}) scale(${px})`);
    }
    for (const mark of marks.children) mark.setAttribute("r", String((mark.dataset.r ?? 2.5) * px));
    marks.setAttribute("visibility", px > MOST_MARKS_M_PX ? "hidden" : "visible");
  };
  // Signs keep their size in pixels; the style sheet that gives the picture its size comes late.
  new ResizeObserver(() => view && picture.clientWidth && show()).observe(picture);
  const zoom = (by) => {
    const [x, y, width, height] = view;
    view = [x + (width - width / by) / 2, y + (height - height / by) / 2, width / by, height / by];
    show();
  };
  const move = (right, down) => {
    view = [view[0] + view[2] * right, view[1] + view[3] * down, view[2], view[3]];
    show();
  };
  const fit = () => {
    const [west, north, east, south] = data.ground.view;
    view = [west, north, Math.max(east - west, 1), Math.max(south - north, 1)];
    show();
  };
  const place = (x, y) => onPlace([Math.round(x), Math.round(y)]);
  const pressed = {
    "+": () => zoom(STEP), "=": () => zoom(STEP), "-": () => zoom(1 / STEP), Home: fit,
    Enter: () => place(view[0] + view[2] / 2, view[1] + view[3] / 2),
    ArrowLeft: () => move(-0.1, 0), ArrowRight: () => move(0.1, 0), ArrowUp: () => move(0, -0.1), ArrowDown: () => move(0, 0.1),
  };
  picture.addEventListener("keydown", (event) => {
    if (!pressed[event.key] || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    pressed[event.key]();
  });
  picture.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return; // the page keeps its scroll
    event.preventDefault();
    zoom(event.deltaY < 0 ? STEP : 1 / STEP);
  }, { passive: false });
  picture.addEventListener("pointerdown", (start) => {
    moved = false;
    if (start.pointerType !== "mouse" || start.button !== 0) return;
    const from = view;
    const drag = (event) => {
      const [right, down] = [event.clientX - start.clientX, event.clientY - start.clientY];
      if (!moved && Math.hypot(right, down) < CLICK_PX) return;
      moved = true;
      view = [from[0] - right * metre(), from[1] - down * metre(), from[2], from[3]];
      show();
    };
    const end = () => {
      removeEventListener("pointermove", drag);
      removeEventListener("pointerup", end);
    };
    addEventListener("pointermove", drag);
    addEventListener("pointerup", end);
  });
  picture.addEventListener("click", (event) => {
    if (moved) return;
    const site = event.target.closest?.("[data-site]")?.dataset.site;
    if (site) {
      onSite(site);
      return;
    }
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
    place(x, y);
  });

  const numberOf = (id) => (data.places.length > 1 ? data.places.findIndex((place) => place.id === id) + 1 : 0);
  const badge = (id) => (numberOf(id) ? [svg("circle", { class: "badge", r: 7, cx: 11, cy: -11 }), svg("text", { class: "badge-text", x: 11, y: -7.5 }, String(numberOf(id)))] : []);
  function disc(site) {
    const sign = svg("g", { class: `site${site.chosen || site.beside ? " chosen" : ""}` });
    if (!site.chosen) sign.dataset.site = site.id;
    sign.dataset.at = site.at.join(" ");
    sign.append(svg("circle", { class: "halo", r: site.chosen ? 15 : 12 }), svg("circle", { r: 11, fill: site.colour }),
      svg("text", { y: 4 }, site.letter), ...badge(site.id), svg("title", {}, site.name));
    return sign;
  }
  function pin(what) {
    const sign = svg("g", { class: "what-if" });
    sign.dataset.at = what.at.join(" ");
    sign.append(svg("path", { d: "M0 0L-9 -16A10.3 10.3 0 1 1 9 -16Z" }), svg("text", { y: -16 }, "?"), ...badge(what.id), svg("title", {}, what.name));
    return sign;
  }
  const outline = (site) => [
    ...(site.shape ? [svg("path", { class: `outline${site.guess ? " guess" : ""}`, d: site.shape })] : []),
    ...(site.circle_m ? [svg("circle", { class: "accuracy", r: site.circle_m, cx: site.at[0], cy: site.at[1] })] : []),
  ];

  function paint(nearest) {
    shown = nearest;
    const at = ({ rings: all }) => all.find(({ minutes }) => minutes === nearest);
    const drawn = data.places.map((place) => {
      const { low, high } = at(place) ?? { low: null, high: "" };
      const group = svg("g", { class: data.places.length > 1 ? "of-place several" : "of-place" });
      group.style.setProperty("--own", place.colour);
      group.append(svg("path", { class: low === null ? "high sure" : "high", d: high, "data-minutes": nearest }),
        ...(low === null ? [] : [svg("path", { class: "low", d: low })]));
      return group;
    });
    const together = data.together ? [svg("path", { class: "union", d: at(data.together).high })] : [];
    rings.replaceChildren(...drawn, ...together);
  }

  return {
    node,
    update(answer, say) {
      data = answer;
      const { words, ground } = data;
      picture.setAttribute("aria-label", `${words.map}. ${words.keys}`);
      keys.textContent = words.keys;
      note.textContent = ground.left_out ? say.fill(words.left_out, { n: say.number(ground.left_out) }) : "";
      marks.replaceChildren(...data.marks.map(({ kind, at }) => {
        const mark = svg("circle", { class: kind === "stop" ? "stop" : "poi", cx: at[0], cy: at[1] });
        if (kind !== "stop") mark.dataset.r = "3.5";
        return mark;
      }));
      shown = null;
      const here = data.places.filter((place) => place.what_if).map(pin);
      signs.replaceChildren(...data.sites.filter(({ at }) => at).flatMap((site) => [...outline(site), disc(site)]), ...here);
      picture.replaceChildren(...LAYERS.slice(0, 3).filter((layer) => ground[layer]).map((layer) => svg("path", { class: layer, d: ground[layer] })),
        rings, ...LAYERS.slice(3).map((layer) => svg("path", { class: layer, d: ground[layer] })), marks, signs);
      buttons.replaceChildren(iconButton("plus", words.zoom_in, () => zoom(STEP)),
        iconButton("minus", words.zoom_out, () => zoom(1 / STEP)), iconButton("house", words.all, fit));
      legend.style.setProperty("--own", (data.places.length === 1 && data.places[0].colour) || "var(--text)");
      const uncertain = data.places.some((place) => place.rings.some(({ low }) => low !== null));
      legend.replaceChildren(...["high", ...(uncertain ? ["low"] : []), ...(data.together ? ["union"] : []), "site", "stop", "poi"].map((part) => element("li", {},
        element("span", { class: `key ${part}${uncertain ? " uncertain" : ""}`, "aria-hidden": "true" }),
        element("span", { text: part === "high" && uncertain ? words.uncertain : words[`legend.${part}`] }))));
      // Another place on the same ground: what the viewer looks at stays.
      const same = before === ground.view.join();
      before = ground.view.join();
      if (same && view) show();
      else fit();
    },
    /**
     * Draw the isochrones prepared for the nearest number of minutes; return that number. Those of several
     * places take the browser longer to paint than a slider may wait: they follow when it rests.
     */
    ring(minutes) {
      const nearest = data.places[0].rings.reduce((best, { minutes: one }) => (best === null
        || Math.abs(one - minutes) < Math.abs(best - minutes) ? one : best), null);
      clearTimeout(later);
      if (nearest === null || nearest === shown) return nearest; // painting large outlines anew takes time
      if (data.places.length > 1 && shown !== null) later = setTimeout(() => paint(nearest), PAINT_MS);
      else paint(nearest);
      return nearest;
    },
  };
}
