// The explorer: one link, one answer to it, and the zones that show both.

import { createAnnouncer } from "./announce.js";
import { createBridge } from "./bridge.js";
import { addIcons, element } from "./elements.js";
import { createExchange } from "./exchange.js";
import { createFacet } from "./facets.js";
import { createFigures } from "./figures.js";
import { createHead } from "./head.js";
import { createLayout } from "./layout.js";
import { FACETS, cleared, formatLink, parseLink, toggled } from "./link.js";
import { createList } from "./list.js";
import { decodeOrder } from "./order.js";
import { copyText, locate, openCopyright, toggleFullScreen } from "./origin.js";
import { createPanel } from "./panel.js";
import { createMoney, createYears } from "./ranges.js";
import { fetchIndex } from "./rows.js";
import { createSearch } from "./search.js";
import { isDark, prefersLessMotion, watchTheme } from "./theme.js";
import { makeWords } from "./words.js";

export function createExplorer() {
  const exchange = createExchange({ onSilence: () => announcer.show(words.say("ui.silence")) });
  const announcer = createAnnouncer();
  let index = null;
  let words = null;
  let order = [];
  let undo = null; // the link before Clear all
  let view = null; // what the map shows: west, south, east, north
  let cameFrom = null; // where the selection was made, for the way back

  // In the page and styled: what is measured or read off styles has to wait for this.
  let settle = null;
  const settled = new Promise((resolve) => { settle = resolve; });

  // ---- what a viewer does ---------------------------------------------------------------------

  const go = (link, before = null) => {
    undo = before;
    exchange.ask(link);
    drawControls();
  };
  const change = (fields) => go({ ...exchange.link, ...fields });
  const select = (id, { focusPanel = false, from = "list" } = {}) => {
    if (id) cameFrom = from;
    change({ sel: id });
    list.select(id, from !== "list");
    bridge.select(id || null, from !== "map");
    if (!id) return;
    announcer.say(words.say("ui.live.selected", { name: index.row(id)[words.lang][0] }));
    if (focusPanel) panel.focus();
  };
  const leavePanel = () => {
    const id = exchange.link.sel;
    if (!id) return;
    const inside = panel.node.contains(root.getRootNode().activeElement);
    select("");
    if (!inside) return;
    if (cameFrom === "map") bridge.focus();
    else list.focus(id);
  };
  const copy = async (address) => {
    const url = new URL(address, document.baseURI).href;
    announcer.show((await copyText(url)) ? words.say("ui.copied") : words.say("ui.copy.failed", { url }));
  };
  const ownAddress = () => `?${[formatLink(exchange.link), `lang=${words.lang}`].filter(Boolean).join("&")}`;

  // ---- the zones ------------------------------------------------------------------------------

  const set = (key, value) => change({ [key]: value });
  const search = createSearch((text) => set("q", text));
  const facets = FACETS.map((key) => createFacet(key, (id) => set(key, toggled(exchange.link[key], id))));
  const years = createYears(set);
  const money = createMoney(set);
  const head = createHead({
    onParams: (params) => go(parseLink(params)),
    onClear: () => go(cleared(exchange.link), exchange.link),
    onUndo: () => go(undo),
    onSort: (sort) => set("sort", sort === "default" ? "" : sort),
    onCopy: () => copy(ownAddress()),
    onHide: () => layout.hideList(),
  });
  const list = createList({
    onSelect: (id, focusPanel) => select(id, { focusPanel: focusPanel || layout.phone }),
    onLeave: leavePanel,
  });
  const empty = element("div", { class: "empty", hidden: true });
  const listBody = element("div", { class: "list-body" }, empty, list.node);
  const figures = createFigures();
  const panel = createPanel({
    onClose: leavePanel,
    onSelect: (id) => select(id, { from: "panel", focusPanel: true }),
    onCopy: copy,
    onZoom: (id) => {
      if (layout.phone) layout.showMap(true);
      layOverMap();
      bridge.tell("fit", { ids: [id] });
    },
  });
  const mapZone = element("section", { class: "map" }, figures.node);
  const root = element("div", { class: "atlas loading" });
  const layout = createLayout(root, {
    search: search.node,
    groups: [...facets, years, money],
    head: head.node,
    list: listBody,
    mapZone,
    panel: panel.node,
    note: announcer.note,
  });
  root.append(announcer.region);

  const bridge = createBridge(mapZone, {
    failed: () => showFailure(mapZone, words.say("ui.map.failed"), words.say("ui.retry"), loadMap),
    select: ({ id }) => {
      const known = index.row(id) ? id : "";
      if (known !== exchange.link.sel) select(known, { from: "map" });
    },
    parks: ({ parks }) => set("park", index.facets.park.map(({ id }) => id).filter((id) => parks.includes(id))),
    view: ({ bbox }) => { view = bbox; },
    locate: () => locate().then((place) => bridge.tell("located", place), () => bridge.tell("locate-failed", {})),
    fullscreen: () => toggleFullScreen(mapZone),
    copyright: openCopyright,
    announce: ({ text }) => announcer.say(String(text)),
    leave: () => (panel.open ? panel.focus() : list.focus(exchange.link.sel)),
  });
  const unwatchTheme = watchTheme(() => bridge.theme(isDark(root)));

  // ---- drawing --------------------------------------------------------------------------------

  /** What follows the link at once, before any answer. */
  function drawControls() {
    if (!index) return;
    const { link, data } = exchange;
    FACETS.forEach((key, at) =>
      facets[at].update({ words, facet: index.facets[key], chosen: link[key], counts: data.counts[key] }));
    years.update({ words, years: index.years, chosen: link.years, histogram: data.years });
    money.update({ words, edges: index.money, chosen: link.money, histogram: data.money });
    search.update({ words, text: link.q, own: exchange.own });
    layout.update({ shown: data.totals.shown });
    bridge.parks(link.park);
    const row = index.row(link.sel);
    panel.update(row, data.card?.id === link.sel ? data.card : null);
    mapZone.classList.toggle("with-panel", row !== null);
    layOverMap();
  }

  /** The map keeps what it shows clear of what lies over it. It scrolls nothing, so it takes the wheel. */
  function layOverMap() {
    const top = figures.node.offsetHeight + 20;
    const { offsetWidth, offsetHeight } = panel.node;
    mapZone.style.setProperty("--under-figures", `${top}px`);
    bridge.layout(layout.phone ? [top, 0, panel.open ? offsetHeight : 76, 0]
      : [top, panel.open ? offsetWidth + 28 : 0, 0, 0], "greedy");
  }

  /** What the answer decides. */
  function drawAnswer() {
    const { link, data } = exchange;
    order = decodeOrder(data.order);
    list.update(order, link.sel);
    drawEmpty(data.empty);
    head.update({ words, data, undo });
    figures.update({ words, totals: data.totals });
    bridge.show(order.map((number) => index.rows[number].id));
    bridge.select(link.sel || null, true);
    drawControls();
    root.classList.remove("loading");
  }

  function drawEmpty(nothing) {
    empty.hidden = !nothing;
    list.node.hidden = Boolean(nothing);
    if (!nothing) return;
    empty.replaceChildren(element("p", { text: nothing.title }));
    if (nothing.params !== null) {
      empty.append(element("button", { type: "button", class: "button", text: nothing.text,
        onclick: () => go(parseLink(nothing.params)) }));
    }
  }

  function announceShown({ shown, all }) {
    const numbers = { n: words.number(shown), all: words.number(all) };
    if (!shown) announcer.say(words.say("ui.live.none"));
    else if (!view) announcer.say(words.say("ui.live.shown.list", numbers));
    else {
      const visible = words.number(index.countInside(order, view));
      announcer.say(words.say("ui.live.shown", { ...numbers, visible }));
    }
  }

  function speak(lang) {
    words = makeWords(index.messages[lang], lang);
    root.lang = lang;
    list.setIndex(index, words);
    panel.setIndex(index, words);
    layout.rename(words);
    bridge.language(lang);
    bridge.rename(words.say("ui.zone.map"));
  }

  // ---- loading --------------------------------------------------------------------------------

  function showFailure(where, text, retry, act) {
    const failure = element("div", { class: "failure", role: "alert" }, element("p", { text }),
      element("button", { type: "button", class: "button", text: retry,
        onclick: () => { failure.remove(); act(); } }));
    where.prepend(failure);
  }

  function loadMap() {
    const query = { host: 1, lang: words.lang, theme: isDark(root) ? "dark" : "light" };
    bridge.load(`/map?${new URLSearchParams(query)}`, words.say("ui.zone.map"));
  }

  async function loadIndex() {
    const { index: version, failure } = exchange.data;
    try {
      [index] = await Promise.all([fetchIndex(version), settled]);
    } catch {
      showFailure(listBody, failure.text, failure.retry, loadIndex);
      return;
    }
    speak(exchange.data.lang);
    bridge.theme(isDark(root));
    bridge.motion(prefersLessMotion());
    drawAnswer();
    list.select(exchange.link.sel, true);
    if (layout.phone) layout.whenMapOpens(loadMap);
    else loadMap();
  }

  return {
    attach(parent) {
      parent.append(root);
      addIcons(root);
      settle();
    },
    update(answer, trigger) {
      const { data, link } = exchange;
      if (!exchange.take(answer, trigger)) return;
      if (data === null) loadIndex();
      if (index === null) return;
      if (answer.lang !== words.lang) speak(answer.lang);
      drawAnswer();
      if (exchange.link.sel !== link.sel) list.select(exchange.link.sel, true);
      if (answer.params !== data.params) announceShown(answer.totals);
    },
    destroy() {
      exchange.stop();
      announcer.stop();
      list.stop();
      bridge.destroy();
      layout.destroy();
      unwatchTheme();
    },
  };
}
