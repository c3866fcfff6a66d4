// The page Projects: the filters of the map beside charts and a table of what the link shows.

import { createAnnouncer } from "../explorer/announce.js";
import { createControls } from "../explorer/controls.js";
import { addIcons, element, link as anchor } from "../explorer/elements.js";
import { createExchange } from "../explorer/exchange.js";
import { createEmpty, showFailure } from "../explorer/failure.js";
import { createFilterZone } from "../explorer/filter_zone.js";
import { createHead } from "../explorer/head.js";
import { cleared, formatLink, parseLink, placed, toggled, withoutOwn } from "../explorer/link.js";
import { parseNear, formatNear } from "../explorer/near.js";
import { decodeOrder } from "../explorer/order.js";
import { copyText } from "../explorer/origin.js";
import { createOwnLoader } from "../explorer/own.js";
import { fetchIndex } from "../explorer/rows.js";
import { createSearch } from "../explorer/search.js";
import { createTerms } from "../explorer/terms.js";
import { makeWords } from "../explorer/words.js";
import { createCharts } from "./charts.js";
import { createTable } from "./table.js";
import { createUndated } from "./undated.js";

async function fetchCells(lang, version) {
  const answer = await fetch(`/layers/table.json?${new URLSearchParams({ lang, v: version })}`);
  if (!answer.ok) throw new Error(`the table answers ${answer.status}`);
  return answer.json();
}

export function createProjects() {
  const announcer = createAnnouncer();
  const exchange = createExchange({ onSilence: () => announcer.show(words.say("ui.silence")) });
  let index = null;
  let cells = null;
  let words = null;
  let undo = null; // the link before Clear all
  let own = null; // the layer that the viewer brought
  let openUpload = () => {};
  let settle = null;
  const settled = new Promise((resolve) => { settle = resolve; });

  // ---- what a viewer does ---------------------------------------------------------------------

  const go = (link, before = null) => {
    undo = before;
    exchange.ask(link);
    drawControls();
  };
  const change = (fields) => go({ ...exchange.link, ...fields });
  const set = (key, value) => change({ [key]: value });
  /** The same state under another path. */
  const address = (path, fields = {}) =>
    `${path}?${[formatLink({ ...exchange.link, ...fields }), `lang=${words.lang}`].filter(Boolean).join("&")}`;
  const copy = async () => {
    const url = new URL(address("projects"), document.baseURI).href;
    announcer.show((await copyText(url)) ? words.say("ui.copied") : words.say("ui.copy.failed", { url }));
  };
  const choose = ({ select: id, filter, near, open }) => {
    if (id && table.has(id)) {
      set("sel", id);
      table.reveal(id);
    } else if (id) location.assign(`object?${new URLSearchParams({ id, lang: words.lang })}`);
    else if (filter) {
      const [key, option] = filter;
      if (!exchange.link[key].includes(option)) set(key, toggled(exchange.link[key], option));
    } else if (near) go(placed(exchange.link, formatNear(parseNear(near))));
    else location.assign(open);
  };

  // ---- the zones ------------------------------------------------------------------------------

  const search = createSearch({
    onText: (text) => set("q", text),
    onSay: (text) => announcer.say(text),
    onChoose: choose,
  });
  const terms = createTerms({ served: true });
  const controls = createControls({
    read: () => exchange.link,
    change,
    terms,
    onOpenOwn: () => openUpload(),
    onRemoveOwn: () => {
      undo = null;
      exchange.ask(withoutOwn(exchange.link), { forget: true });
      announcer.show(words.say("ui.own.removed"));
    },
  });
  const head = createHead({
    served: true,
    onParams: (params) => go(parseLink(params)),
    onClear: () => go(cleared(exchange.link), exchange.link),
    onUndo: () => go(undo),
    onSort: (sort) => set("sort", sort === "default" ? "" : sort),
    onCopy: copy,
  });
  const charts = createCharts({ read: () => exchange.link, change });
  const table = createTable({
    onSort: (sort) => set("sort", sort),
    mapAddress: (id) => address("./", { sel: id }),
  });
  const empty = createEmpty((params) => go(parseLink(params)));
  const undated = createUndated();
  const title = element("h1", { class: "page-title" });
  const lead = element("p", { class: "page-lead" });
  const toMap = element("p", { class: "to-map" });
  const main = element("div", { class: "projects", tabindex: "-1" },
    element("header", { class: "page-head" }, title, lead, toMap),
    charts.node, head.node, empty.node, table.node, undated.node, announcer.note);
  const root = element("div", { class: "atlas loading projects-page" });
  const filters = createFilterZone(root, { search: search.node, groups: controls.groups,
    onArrange: ({ sheet }) => { main.inert = sheet; } });
  root.append(filters.bar, filters.rail, filters.node, main, terms.node, announcer.region);
  filters.arrange();

  // ---- drawing --------------------------------------------------------------------------------

  /** What follows the link at once, before any answer. */
  function drawControls() {
    if (!index) return;
    const { link, data } = exchange;
    controls.update({ words, index, link, data, layer: own });
    charts.update({ words, index, link, data });
    search.update({ words, text: link.q, version: data.index });
    filters.update({ words, shown: data.totals.shown });
    toMap.replaceChildren(anchor(address("./"), words.say("ui.projects.to_map"), { "data-inside": true }));
  }

  /** What the answer decides. */
  function drawAnswer() {
    const { data, link } = exchange;
    ownLoader.bring(data.own?.url ?? "");
    // Rows of a layer that is on its way are shown when it has come.
    const order = decodeOrder(data.order).filter((number) => number < index.rows.length);
    head.update({ words, data, undo });
    empty.update(data.empty);
    table.update({ words, index, cells, order, sort: data.sort, selected: link.sel, all: data.totals.all });
    undated.update({ words, index, order: data.undated ? decodeOrder(data.undated) : null });
    drawControls();
    root.classList.remove("loading");
  }

  const ownLoader = createOwnLoader({
    onLayer: (layer) => {
      own = layer;
      index.bring(own);
    },
    onReady: drawAnswer,
    onFailure: (again) => showFailure(main, words.say("ui.own.failed"), words.say("ui.retry"), again),
  });

  function announceShown({ shown, all }) {
    announcer.say(shown
      ? words.say("ui.live.shown.list", { n: words.number(shown), all: words.number(all) })
      : words.say("ui.live.none"));
  }

  function speak(lang) {
    words = makeWords(index.messages[lang], lang);
    root.lang = lang;
    title.textContent = words.say("ui.projects.title");
    lead.textContent = words.say("ui.projects.lead");
    terms.setIndex(index, words);
    filters.rename(words);
  }

  // ---- loading --------------------------------------------------------------------------------

  async function load() {
    const { index: version, table: tableVersion, lang, failure } = exchange.data;
    try {
      [index, cells] = await Promise.all([fetchIndex(version), fetchCells(lang, tableVersion), settled]);
    } catch {
      showFailure(main, failure.text, failure.retry, load);
      return;
    }
    speak(lang);
    drawAnswer();
    table.reveal(exchange.link.sel);
  }

  async function changeLanguage({ lang, table: version }) {
    try {
      cells = await fetchCells(lang, version);
    } catch {
      showFailure(main, words.say("ui.index.failed"), words.say("ui.retry"), () => changeLanguage({ lang, table: version }));
      return;
    }
    speak(lang);
    drawAnswer();
  }

  return {
    attach(parent) {
      parent.append(root);
      addIcons(root);
      settle();
    },
    update(answer, trigger) {
      openUpload = () => trigger("upload", true);
      const { data } = exchange;
      if (!exchange.take(answer, trigger)) return;
      if (data === null) load();
      if (index === null) return;
      if (answer.lang !== words.lang) {
        changeLanguage(answer);
        return;
      }
      drawAnswer();
      if (answer.params !== data.params) announceShown(answer.totals);
    },
    destroy() {
      exchange.stop();
      search.stop();
      announcer.stop();
      filters.destroy();
    },
  };
}
