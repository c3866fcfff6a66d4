// The list: one row an object, in the order of the answer. Rows are made once and moved after that; a
// list is laid out in portions, so that the first screen does not wait for the last row, and a very
// long one only around what is seen.

import { element, sign } from "./elements.js";
import { createWindow } from "./window.js";

const PORTION = 150;
const WHOLE = 1000; // rows up to which all are laid out in the end
const MOST_MADE = 3000;

export function createList({ onSelect, onLeave }) {
  const box = element("div", { class: "rows", role: "listbox", tabindex: "-1" });
  const made = new Map();
  let index = null;
  let parks = new Map();
  let words = null;
  let order = [];
  let places = new Int32Array(0); // by row number: place in the order, -1 for none
  let timer = 0;
  let distanceAt = () => "";
  let selected = "";
  let active = -1;

  const placeOf = (id) => places[index.number(id)] ?? -1;
  const make = (number) => {
    const row = index.rows[number];
    const [name, subline] = row[words.lang];
    const node = element("div", { class: "row", role: "option", tabindex: "-1", "data-id": row.id },
      sign(row.type === "site" ? parks.get(row.park) : null, words.lang, row.type),
      element("span", { class: "row-name", text: name }),
      element("span", { class: "row-subline", text: subline }),
      element("span", { class: "row-distance" }));
    made.set(number, node);
    return node;
  };
  const mark = (node, on) => {
    node?.classList.toggle("selected", on);
    node?.setAttribute("aria-selected", String(on));
  };
  const tellDistance = (node, at) => {
    const text = distanceAt(at);
    if (node.lastChild.textContent !== text) node.lastChild.textContent = text;
  };
  const rowAt = (at) => {
    const number = order[at];
    const node = made.get(number) ?? make(number);
    node.setAttribute("aria-setsize", String(order.length));
    node.setAttribute("aria-posinset", String(at + 1));
    node.tabIndex = at === active ? 0 : -1;
    mark(node, node.dataset.id === selected);
    tellDistance(node, at);
    return node;
  };
  const laid = createWindow(box, { rowAt, portion: PORTION });

  const layOutRest = () => {
    timer = 0;
    if (laid.to >= order.length || order.length > WHOLE) return;
    laid.extend(laid.to + PORTION);
    timer = setTimeout(layOutRest, 16);
  };
  /** Rows far from the window are made anew when they are wanted again. */
  const forgetFar = () => {
    if (made.size <= MOST_MADE) return;
    for (const [number, node] of made) if (!node.isConnected) made.delete(number);
  };
  box.addEventListener("scroll", () => {
    if (order.length <= WHOLE) return;
    laid.follow();
    forgetFar();
  });
  const nodeAt = (at) => laid.reach(at);
  /** Exactly one row can be reached by Tab: the last one used, else the selected, else the first. */
  const rove = (at, focus = false) => {
    const before = laid.node(active);
    if (before) before.tabIndex = -1;
    active = order.length ? Math.min(Math.max(at, 0), order.length - 1) : -1;
    const node = active >= 0 ? nodeAt(active) : null;
    if (!node) return;
    node.tabIndex = 0;
    if (focus) node.focus();
  };

  const rowOf = (event) => event.target.closest?.(".row") ?? laid.node(active);
  box.addEventListener("click", (event) => {
    const node = event.target.closest?.(".row");
    if (!node) return;
    rove(placeOf(node.dataset.id), true);
    onSelect(node.dataset.id, false);
  });
  box.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || active < 0) return;
    const node = rowOf(event);
    const height = node?.offsetHeight || laid.height;
    const page = Math.max(1, Math.floor(box.clientHeight / Math.max(height, 1)) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page,
      Home: -order.length, End: order.length };
    if (event.key in steps) rove(active + steps[event.key], true);
    else if (node && (event.key === "Enter" || event.key === " ")) onSelect(node.dataset.id, event.key === "Enter");
    else if (event.key === "Escape") onLeave();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  const skeleton = () => {
    box.setAttribute("aria-busy", "true");
    box.replaceChildren(...Array.from({ length: 9 }, (_, at) =>
      element("div", { class: "row skeleton", "aria-hidden": "true" }, element("span", { class: "disc" }),
        element("span", { class: `bone ${at % 3 ? "" : "long"}` }), element("span", { class: "bone short" }))));
  };
  skeleton();

  return {
    node: box,
    setIndex(newIndex, newWords) {
      index = newIndex;
      words = newWords;
      box.setAttribute("aria-label", words.say("ui.zone.list"));
      parks = new Map(index.facets.park.map((park) => [park.id, park]));
      made.clear();
      order = [];
    },
    /** `newDistanceAt`: what stands under the row at a place of the order, empty for nothing;
     * `fromTop`: show the first rows, wherever one has scrolled to. */
    update(newOrder, id, newDistanceAt, fromTop = false) {
      distanceAt = newDistanceAt;
      box.removeAttribute("aria-busy");
      const focused = box.contains(box.getRootNode().activeElement)
        ? box.getRootNode().activeElement.dataset.id : null;
      const same = newOrder.length === order.length && newOrder.every((number, at) => number === order[at]);
      if (!same) {
        clearTimeout(timer);
        order = newOrder;
        places = new Int32Array(index.rows.length).fill(-1);
        order.forEach((number, at) => { places[number] = at; });
        active = -1;
        selected = id;
        laid.start(order.length, fromTop);
        layOutRest();
        const kept = focused ? placeOf(focused) : -1;
        rove(kept >= 0 ? kept : Math.max(placeOf(id), 0), kept >= 0);
      } else {
        for (const node of box.querySelectorAll(".row[data-id]")) tellDistance(node, placeOf(node.dataset.id));
        if (fromTop) box.scrollTop = 0;
      }
      this.select(id);
    },
    /** Mark a row; bring it into view if the choice was made elsewhere. */
    select(id, reveal = false) {
      const at = placeOf(id);
      if (id !== selected) {
        mark(laid.node(placeOf(selected)), false);
        mark(laid.node(at), true);
        selected = id;
      }
      if (at < 0) return;
      if (!box.contains(box.getRootNode().activeElement)) rove(at);
      if (reveal) nodeAt(at).scrollIntoView({ block: "nearest" });
    },
    focus: (id) => {
      const at = placeOf(id);
      rove(at >= 0 ? at : Math.max(active, 0), true);
    },
    stop: () => clearTimeout(timer),
  };
}
