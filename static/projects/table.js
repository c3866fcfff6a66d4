// The table of what is shown: sorted by the link, in pages, with the columns that the viewer wants.

import { element, icon, link, sign } from "../explorer/elements.js";
import { createColumns } from "./columns.js";

const PAGE = 50;
const NUMBERS = new Set(["years", "money", "jobs", "area"]);
/** Columns that the link can sort by; where the largest stand first at the first click. */
const SORTS = { name: "name", years: "year", money: "money", jobs: "jobs", area: "area", status: "status" };
const DOWNWARDS = new Set(["money", "jobs", "area"]);

/** The order that a click on a heading asks for: one way, the other way, none. */
export function nextSort(key, sort) {
  const name = SORTS[key];
  const steps = DOWNWARDS.has(key) ? [`-${name}`, name] : [name, `-${name}`];
  return [...steps, ""][steps.indexOf(sort) + 1];
}

export function createTable({ onSort, mapAddress }) {
  const body = element("tbody", {});
  const headRow = element("tr", {});
  const caption = element("caption", { class: "hidden" });
  const range = element("p", { class: "range" });
  const step = (by) => element("button", { type: "button", class: "button step", onclick: () => turn(page + by) },
    icon(by < 0 ? "chevron-left" : "chevron-right"));
  const steps = [step(-1), step(1)];
  const frame = element("div", { class: "table-frame", role: "group", tabindex: "0" },
    element("table", {}, caption, element("thead", {}, headRow), body));
  const columns = createColumns({ onChange: () => draw() });
  const pager = element("div", { class: "pager" }, range, ...steps, columns.node);
  const node = element("div", { class: "table-zone" }, pager, frame);
  let state = null;
  let page = 0;
  let shown = "";

  const last = () => Math.max(0, Math.ceil(state.order.length / PAGE) - 1);
  const turn = (to) => {
    if (to < 0 || to > last()) return;
    page = to;
    draw();
    frame.scrollTop = 0;
    node.scrollIntoView({ block: "start" });
  };

  const missing = () => element("span", { class: "missing", text: state.words.say("ui.table.missing") });
  const object = (address, text) => link(`${address}&lang=${state.words.lang}`, text);
  const content = (cell) => {
    if (cell === null || cell === undefined) return [missing()];
    if (typeof cell === "string") return [cell];
    return cell.flatMap(([text, address], at) => [...(at ? ["; "] : []), object(address, text)]);
  };

  const heading = (key) => {
    const { words, sort } = state;
    const title = words.say(`ui.column.${key}`);
    const css = NUMBERS.has(key) ? "number" : `column-${key}`;
    if (!(key in SORTS)) return element("th", { scope: "col", class: css, text: title });
    const way = sort === SORTS[key] ? "ascending" : sort === `-${SORTS[key]}` ? "descending" : null;
    return element("th", { scope: "col", class: css, "aria-sort": way },
      element("button", { type: "button", class: "sort-head", "data-column": key, onclick: () => onSort(nextSort(key, sort)) },
        element("span", { text: title }),
        element("span", { class: "sort-mark", "aria-hidden": "true", text: way === "ascending" ? "▲" : way ? "▼" : "↕" })));
  };

  const row = (number, keys) => {
    const { words, index, cells, parks, selected } = state;
    const { id, type, park, [words.lang]: [name] } = index.rows[number];
    const values = cells.rows[number] ?? [];
    const brought = type === "own";
    return element("tr", { "data-id": id, class: id === selected ? "selected" : null, "aria-current": id === selected ? "true" : null },
      element("th", { scope: "row" }, element("span", { class: "row-head" },
        sign(type === "site" ? parks.get(park) : null, words.lang, type),
        element("span", { class: "row-title" }, brought ? element("span", { text: name })
          : object(`/object?id=${encodeURIComponent(id)}`, name)),
        link(mapAddress(id), words.say("ui.table.on_map"), { class: "on-map", "data-inside": true,
          "aria-label": words.say("ui.table.on_map.of", { name }) }))),
      ...keys.map((key) => element("td", { class: NUMBERS.has(key) ? "number" : `column-${key}`,
        "data-title": words.say(`ui.column.${key}`) }, ...content(values[state.cells.columns.indexOf(key)]))));
  };

  function draw() {
    const { words, order, all } = state;
    const focused = node.getRootNode().activeElement?.dataset?.column;
    const keys = state.cells.columns.filter((key) => columns.chosen(key));
    caption.textContent = words.say("ui.table.caption");
    frame.setAttribute("aria-label", words.say("ui.table.caption"));
    headRow.replaceChildren(heading("name"), ...keys.map(heading));
    const from = page * PAGE;
    const part = order.slice(from, from + PAGE);
    body.replaceChildren(...part.map((number) => row(number, keys)));
    const numbers = { from: words.number(part.length ? from + 1 : 0), to: words.number(from + part.length),
      n: words.number(order.length), all: words.number(all) };
    range.textContent = words.say(order.length === all ? "ui.table.range" : "ui.table.range.filtered", numbers);
    steps.forEach((button, at) => {
      // Not `disabled`: that would take the keyboard from who has just come to the end.
      button.setAttribute("aria-disabled", String(at ? page >= last() : page === 0));
      button.setAttribute("aria-label", words.say(at ? "ui.table.next" : "ui.table.previous"));
      button.title = words.say(at ? "ui.table.next" : "ui.table.previous");
      button.hidden = order.length <= PAGE;
    });
    node.hidden = order.length === 0;
    if (focused) headRow.querySelector(`[data-column="${focused}"]`)?.focus();
  }

  return {
    node,
    has: (id) => state.order.includes(state.index.number(id)),
    /** Turn to the page of a row and bring it into view. */
    reveal(id) {
      const at = id ? state.order.indexOf(state.index.number(id)) : -1;
      if (at < 0) return;
      page = Math.floor(at / PAGE);
      draw();
      body.children[at % PAGE].scrollIntoView({ block: "center" });
    },
    update(next) {
      state = { ...next, parks: new Map(next.index.facets.park.map((park) => [park.id, park])) };
      const list = next.order.join();
      if (list !== shown) page = 0;
      shown = list;
      columns.update({ words: next.words, keys: next.cells.columns });
      draw();
    },
  };
}
