// The detail panel over the map; on a phone a sheet from below. Everything in it is text.

import { element, icon, iconButton, link, sign } from "./elements.js";

const SHOWN_IN_LIST = 5;
const DRAG_TO_CLOSE_PX = 90;
const CHECK = /\s*\[(?:Проверка|Check): ([^\]]+)\]/g;

export function createPanel({ terms, served, onClose, onSelect, onCopy, onZoom, onNear }) {
  const body = element("div", { class: "panel-body" });
  const actions = element("div", { class: "actions" });
  const handle = element("button", { type: "button", class: "handle" });
  const close = iconButton("x", "", onClose, { class: "panel-close" });
  const head = element("header", { class: "panel-head" });
  const node = element("section", { class: "panel float", hidden: true, tabindex: "-1" },
    handle, close, head, body, actions);
  let words = null;
  let index = null;
  let drawn = null;

  body.addEventListener("scroll", () => head.classList.toggle("scrolled", body.scrollTop > 0));
  node.addEventListener("keydown", (event) => {
    if (event.key === "Escape") onClose();
  });
  handle.addEventListener("click", () => node.classList.toggle("tall"));
  handle.addEventListener("pointerdown", (start) => {
    handle.setPointerCapture(start.pointerId);
    const move = (event) => {
      node.style.translate = `0 ${Math.max(0, event.clientY - start.clientY)}px`;
    };
    const end = (event) => {
      handle.removeEventListener("pointermove", move);
      node.style.translate = "";
      if (event.clientY - start.clientY > DRAG_TO_CLOSE_PX) onClose();
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", end, { once: true });
    handle.addEventListener("pointercancel", end, { once: true });
  });

  const goToSource = (n) => {
    const source = body.querySelector(`[data-source="${n}"]`);
    source.scrollIntoView({ block: "nearest" });
    (source.querySelector("a") ?? source).focus();
  };
  const mark = (n) => element("sup", {}, element("a", { href: `#source-${n}`, class: "mark", text: String(n),
    "aria-label": words.say("ui.panel.source", { n }),
    onclick: (event) => { event.preventDefault(); goToSource(n); } }));

  const fact = ({ key, label, value, missing, detail, as_of: asOf }, refs, ours) => element("div", { class: "fact" },
    element("dt", {}, element("span", { text: label }), ours ? terms.button(`fact.${key}`) : null),
    element("dd", { class: missing ? "missing" : "" },
      element("span", { text: value }), ...refs.map(mark),
      detail ? element("span", { class: "detail", text: detail }) : null,
      // A status has its date in itself.
      asOf && !value.includes(asOf) ? element("span", { class: "as-of", text: asOf }) : null));

  /** Marks that would be the same at every value stand once, with the note that says so. */
  const facts = (card) => {
    const sets = new Set(card.facts.filter(({ refs }) => refs.length).map(({ refs }) => refs.join()));
    const shared = card.sources_note && sets.size === 1 ? card.facts.find(({ refs }) => refs.length).refs : [];
    return [
      element("dl", { class: "facts" }, ...card.facts.map((one) =>
        fact(one, shared.length ? [] : one.refs, card.type !== "own"))),
      card.sources_note ? element("p", { class: "card-note sources-note" },
        element("span", { text: `${card.sources_note} ` }), element("span", { class: "marks" }, ...shared.map(mark))) : null,
    ];
  };

  const pageOf = (id, type) => `/object?${new URLSearchParams({ id, type, lang: words.lang })}`;

  const item = ({ id, type, title, sub, translated }) => element("li", {},
    index.row(id)?.type === type
      ? element("button", { type: "button", class: "text-button", text: title, onclick: () => onSelect(id) })
      : served ? link(pageOf(id, type), title, { class: "text-button" }) : element("span", { text: title }),
    sub ? element("span", { class: "row-subline", text: sub }) : null,
    translated ? element("span", { class: "translated", text: words.say("ui.panel.translated") }) : null);

  const list = ({ label, note, items }) => {
    const rest = items.slice(SHOWN_IN_LIST);
    const rows = element("ul", {}, ...items.slice(0, SHOWN_IN_LIST).map(item));
    const more = rest.length ? element("button", { type: "button", class: "text-button more",
      text: words.say("ui.panel.more", { n: words.number(rest.length) }),
      onclick: () => { rows.append(...rest.map(item)); more.remove(); } }) : null;
    return element("div", { class: "panel-list" }, element("h3", { text: label }), rows, more,
      note ? element("p", { class: "card-note", text: note }) : null);
  };

  const drawHead = (row, kicker, title) => head.replaceChildren(
    element("p", { class: "kicker" },
      sign(row.type === "site" ? index.facets.park.find(({ id }) => id === row.park) : null, words.lang, row.type),
      element("span", { text: kicker })),
    element("h2", { class: "panel-title", text: title }));

  const place = ({ text, precision, guess, placed, method, basis }) =>
    element("p", { class: "place", title: [method, basis].filter(Boolean).join(" ") },
      element("span", { text: text ? `${text} · ` : "" }),
      element("span", { class: guess || !placed ? "missing" : "", text: precision }), terms.button("place"));

  const drawWaiting = (row) => {
    drawHead(row, ...row[words.lang].toReversed());
    body.replaceChildren(
      element("div", { class: "bones", "aria-label": words.say("ui.panel.loading") },
        ...Array.from({ length: 5 }, () => element("span", { class: "bone" }))));
    actions.replaceChildren();
  };

  /** A note, and apart from it the Atlas's own doubts, which stand in it in brackets (layers/sheet.py). */
  const noteOf = (note) => {
    const doubts = [...note.matchAll(CHECK)].map(([, text]) => text[0].toUpperCase() + text.slice(1));
    const rest = note.replace(CHECK, "").trim();
    return [
      ...(rest ? [element("p", { class: "card-note", text: rest })] : []),
      ...(doubts.length ? [element("div", { class: "panel-list" }, element("h3", { text: words.say("ui.panel.doubts") }),
        ...doubts.map((text) => element("p", { class: "card-note", text })))] : []),
    ];
  };

  const away = ([distance, from]) => (distance ? element("p", { class: "place away" },
    element("span", { text: `${words.say("ui.near.distance")}: ` }), element("b", { text: distance }),
    from ? element("span", { text: `. ${from}` }) : null) : null);

  const draw = (row, card, distance) => {
    drawHead(row, card.kicker, card.title);
    body.replaceChildren(
      place(card.place),
      ...[away(distance)].filter(Boolean),
      ...facts(card).filter(Boolean),
      ...noteOf(card.note ?? ""),
      ...card.lists.map(list),
      element("ol", { class: "sources", "aria-label": words.say("ui.panel.sources") },
        ...card.sources.map(({ n, label, url }) => element("li", { id: `source-${n}`, "data-source": n, tabindex: "-1" },
          element("sup", { text: String(n) }), link(url, label)))));
    actions.replaceChildren(...[
      row.at ? element("button", { type: "button", class: "button primary", "data-act": "zoom", text: words.say("ui.panel.zoom"),
        onclick: () => onZoom(row.id) }) : null,
      row.at && served ? element("button", { type: "button", class: "button", "data-act": "near", text: words.say("ui.near.object"),
        onclick: () => onNear(row.id) }) : null,
      element("button", { type: "button", class: "button", "data-act": "link", text: words.say("ui.panel.link"),
        onclick: () => onCopy(card.links.object) }),
      card.links.object && served ? link(card.links.object, words.say("ui.panel.page"), { class: "button" }) : null,
      row.type === "site" && served ? link(`/compare?${new URLSearchParams({ id: row.id, lang: words.lang })}`,
        words.say("ui.panel.compare"), { class: "text-button" }) : null,
      card.links.report ? link(card.links.report, words.say("ui.panel.report"), { class: "text-button" }) : null,
    ].filter(Boolean));
    body.scrollTop = 0;
  };

  return {
    node,
    setIndex(newIndex, newWords) {
      index = newIndex;
      words = newWords;
      drawn = null;
      node.setAttribute("aria-label", words.say("ui.zone.panel"));
      for (const [button, id] of [[close, "ui.panel.close"], [handle, "ui.panel.handle"]]) {
        button.setAttribute("aria-label", words.say(id));
        button.title = words.say(id);
      }
    },
    get open() {
      return !node.hidden;
    },
    focus: () => close.focus(),
    /** `row` is null where nothing is selected; `card` is null until its answer is there; `distance`:
     * from the point asked about, and how exactly that is known, empty where none is. */
    update(row, card, distance) {
      node.hidden = row === null;
      if (row === null) {
        drawn = null;
        return;
      }
      const key = JSON.stringify([row.id, words.lang, card, distance]);
      if (key === drawn) return;
      drawn = key;
      const focused = node.getRootNode().activeElement;
      const held = focused !== node && node.contains(focused);
      if (card) draw(row, card, distance);
      else drawWaiting(row);
      // What was pressed is drawn anew: the keyboard stays with it, or at least in the panel.
      if (held && !focused.isConnected) (node.querySelector(`[data-act="${focused.dataset.act}"]`) ?? close).focus();
    },
  };
}
