// The pairs as a table that is leafed through; a choice in it is a choice on the map, and back.

import { element } from "../explorer/elements.js";

const PAGE = 25;

export function createTable({ onChoose }) {
  const head = element("tr");
  const body = element("tbody");
  const caption = element("caption", { class: "heard" });
  const span = element("span", { class: "span", role: "status" });
  const back = element("button", { type: "button", class: "button", onclick: () => turn(first - PAGE) });
  const on = element("button", { type: "button", class: "button", onclick: () => turn(first + PAGE) });
  const every = element("button", { type: "button", class: "button", hidden: true, onclick: () => narrow(null) });
  const frame = element("div", { class: "frame", tabindex: "0", role: "group" },
    element("table", {}, caption, element("thead", {}, head), body));
  const node = element("div", { class: "table-zone" }, element("div", { class: "leaf" }, span, back, on, every), frame);
  let data = null;
  let columns = [];
  let rows = []; // numbers of the pairs that are listed
  let first = 0;
  let chosen = new Set();

  const number = (value, digits) => (value === null ? "—"
    : value.toLocaleString(data.lang, { maximumFractionDigits: digits }));

  const name = (row) => element("span", {}, element("bdi", { text: row.name }),
    row.on_map ? element("a", { href: `./?sel=${encodeURIComponent(row.id)}&lang=${data.lang}`, class: "sub", text: data.words.on_map,
      "aria-label": `${data.words.on_map}: ${row.name}` }) : element("span", { class: "sub" }, element("bdi", { text: row.id })));

  function draw() {
    const { words, pairs } = data;
    const last = Math.min(first + PAGE, rows.length);
    span.textContent = words.span.replace("{first}", number(rows.length ? first + 1 : 0, 0))
      .replace("{last}", number(last, 0)).replace("{all}", number(rows.length, 0));
    back.disabled = first === 0;
    on.disabled = last >= rows.length;
    back.hidden = on.hidden = rows.length <= PAGE;
    body.replaceChildren(...rows.slice(first, last).map((at) => {
      const cells = columns.map(({ title, of, css }, n) => element(n ? "td" : "th",
        { class: css, ...(n ? { "data-title": title } : { scope: "row" }) }, of(at)));
      const line = element("tr", { class: chosen.has(at) ? "chosen" : "", onclick: (event) => event.target.closest("a") || onChoose(at) }, ...cells);
      const pick = element("button", { type: "button", class: "pick", "aria-pressed": String(chosen.has(at)),
        "aria-label": `${words.pair} ${data.left[pairs.left[at]].name} — ${data.right[pairs.right[at]].name}`, text: "◎" });
      cells[0].prepend(pick);
      return line;
    }));
  }
  function turn(to) {
    first = Math.max(0, Math.min(to, rows.length - 1));
    draw();
  }
  function narrow(some) {
    rows = some ?? data.pairs.left.map((_, at) => at);
    every.hidden = some === null;
    if (some === null && chosen.size) turn(Math.floor(Math.min(...chosen) / PAGE) * PAGE);
    else turn(0);
  }

  return {
    node,
    update(answer) {
      data = answer;
      const { words, pairs } = data;
      chosen = new Set();
      const text = (value) => element("span", { text: value });
      columns = [
        { title: words.left, css: "", of: (at) => name(data.left[pairs.left[at]]) },
        { title: words.right, css: "", of: (at) => name(data.right[pairs.right[at]]) },
        ...(pairs.distance_m ? [{ title: words.distance, css: "number", of: (at) => text(number(pairs.distance_m[at], 0)) }] : []),
        ...(pairs.share ? [{ title: words.share, css: "number", of: (at) => text(number(pairs.share[at], 3)) }] : []),
        { title: words.certainty, css: "", of: (at) => text(words.certainties[pairs.certainty[at]]) },
        { title: words.no, css: "number", of: (at) => text(`${pairs.no[at]} / ${pairs.of[at]}`) },
      ];
      caption.textContent = words.pairs;
      frame.setAttribute("aria-label", words.pairs);
      head.replaceChildren(...columns.map(({ title, css }) => element("th", { scope: "col", class: css, text: title })));
      for (const [button, label] of [[back, words.back], [on, words.on], [every, words.every]]) button.textContent = label;
      narrow(null);
    },
    /** Mark pairs; those of one row are listed alone, as they may stand on many pages. */
    mark(some, alone) {
      chosen = new Set(some);
      const focused = node.getRootNode().activeElement?.closest?.("tr");
      const at = focused ? [...body.children].indexOf(focused) : -1;
      if (alone) narrow(some);
      else {
        if (!rows.includes(some[0])) narrow(null);
        turn(Math.floor(rows.indexOf(some[0]) / PAGE) * PAGE);
      }
      if (at >= 0) body.children[at]?.querySelector(".pick").focus();
    },
  };
}
