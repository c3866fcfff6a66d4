// The list: one row an object, in the order of the answer. Rows are made once and moved after that;
// a long list is laid out in portions, so that the first screen does not wait for the last row.

import { element, sign } from "./elements.js";

const PORTION = 150;

export function createList({ onSelect, onLeave }) {
  const box = element("div", { class: "rows", role: "listbox", tabindex: "-1" });
  const made = new Map();
  let index = null;
  let parks = new Map();
  let words = null;
  let order = [];
  let places = new Map();
  let laid = 0;
  let timer = 0;
  let selected = "";
  let active = -1;

  const make = (number) => {
    const row = index.rows[number];
    const [name, subline] = row[words.lang];
    const node = element("div", { class: "row", role: "option", tabindex: "-1", "data-id": row.id },
      sign(row.type === "site" ? parks.get(row.park) : null, words.lang),
      element("span", { class: "row-name", text: name }),
      element("span", { class: "row-subline", text: subline }));
    made.set(number, node);
    return node;
  };
  const mark = (number, on) => {
    const node = made.get(number);
    if (!node) return;
    node.classList.toggle("selected", on);
    node.setAttribute("aria-selected", String(on));
  };
  const layOut = (upTo) => {
    const portion = order.slice(laid, upTo).map((number) => made.get(number) ?? make(number));
    portion.forEach((node, at) => {
      node.setAttribute("aria-setsize", String(order.length));
      node.setAttribute("aria-posinset", String(laid + at + 1));
      node.setAttribute("aria-selected", String(node.dataset.id === selected));
      node.classList.toggle("selected", node.dataset.id === selected);
      node.tabIndex = -1;
    });
    box.append(...portion);
    laid = Math.max(laid, Math.min(upTo, order.length));
  };
  const layOutRest = () => {
    timer = 0;
    if (laid >= order.length) return;
    layOut(laid + PORTION);
    timer = setTimeout(layOutRest, 16);
  };
  const nodeAt = (at) => {
    if (at >= laid) layOut(at + 1);
    return box.children[at] ?? null;
  };
  /** Exactly one row can be reached by Tab: the last one used, else the selected, else the first. */
  const rove = (at, focus = false) => {
    const before = active >= 0 ? box.children[active] : null;
    if (before) before.tabIndex = -1;
    active = order.length ? Math.min(Math.max(at, 0), order.length - 1) : -1;
    const node = active >= 0 ? nodeAt(active) : null;
    if (!node) return;
    node.tabIndex = 0;
    if (focus) node.focus();
  };

  const rowOf = (event) => event.target.closest?.(".row");
  box.addEventListener("click", (event) => {
    const node = rowOf(event);
    if (!node) return;
    rove(places.get(node.dataset.id), true);
    onSelect(node.dataset.id, false);
  });
  box.addEventListener("keydown", (event) => {
    const node = rowOf(event);
    if (!node || event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(box.clientHeight / Math.max(node.offsetHeight, 1)) - 1);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page,
      Home: -order.length, End: order.length };
    if (event.key in steps) rove(active + steps[event.key], true);
    else if (event.key === "Enter" || event.key === " ") onSelect(node.dataset.id, event.key === "Enter");
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
    update(newOrder, id) {
      box.removeAttribute("aria-busy");
      const focused = box.contains(box.getRootNode().activeElement)
        ? box.getRootNode().activeElement.dataset.id : null;
      const same = newOrder.length === order.length && newOrder.every((number, at) => number === order[at]);
      if (!same) {
        clearTimeout(timer);
        order = newOrder;
        places = new Map(order.map((number, at) => [index.rows[number].id, at]));
        const top = box.scrollTop;
        laid = 0;
        active = -1;
        selected = id;
        box.replaceChildren();
        layOut(PORTION);
        box.scrollTop = Math.min(top, box.scrollHeight);
        layOutRest();
        rove(places.get(focused) ?? places.get(id) ?? 0, places.has(focused));
      }
      this.select(id);
    },
    /** Mark a row; bring it into view if the choice was made elsewhere. */
    select(id, reveal = false) {
      if (id !== selected) {
        for (const [which, on] of [[selected, false], [id, true]])
          if (places.has(which)) mark(order[places.get(which)], on);
        selected = id;
      }
      if (!places.has(id)) return;
      if (!box.contains(box.getRootNode().activeElement)) rove(places.get(id));
      if (reveal) nodeAt(places.get(id)).scrollIntoView({ block: "nearest" });
    },
    focus: (id) => rove(places.get(id) ?? Math.max(active, 0), true),
    stop: () => clearTimeout(timer),
  };
}
