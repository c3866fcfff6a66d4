// The explorer: one link, one answer to it, and the zones that show both.

import { createAnnouncer } from "./announce.js";
import { createBridge } from "./bridge.js";
import { createControls } from "./controls.js";
import { decodeMetres, distanceText, length, measuredFrom } from "./distance.js";
import { addIcons, element, follow } from "./elements.js";
import { copyEmbed } from "./embed.js";
import { createExchange } from "./exchange.js";
import { createEmpty, showFailure } from "./failure.js";
import { createFigures } from "./figures.js";
import { createHead } from "./head.js";
import { createLayout } from "./layout.js";
import { cleared, formatLink, leadsToOne, parseLink, placed, toggled, withoutOwn } from "./link.js";
import { createList } from "./list.js";
import { DEFAULT_M, createNear, formatNear, parseNear, radiusFor } from "./near.js";
import { decodeOrder } from "./order.js";
import { createOwnLoader, forMap } from "./own.js";
import { copyText, locate, openCopyright, toggleFullScreen } from "./origin.js";
import { createPanel } from "./panel.js";
import { fetchIndex } from "./rows.js";
import { createSearch } from "./search.js";
import { createTerms } from "./terms.js";
import { isDark, prefersLessMotion, watchTheme } from "./theme.js";
import { createWelcome } from "./welcome.js";
import { makeWords } from "./words.js";

/** The point that the distances of an answer are measured from, null for none. */
const pointOf = ({ near, params }) => (near ? parseNear(new URLSearchParams(params).get("near")) : null);

const unselected = (params) => formatLink({ ...parseLink(params), sel: "" });

/** What holds the explorer. `mapPage` gives the attributes of the map's frame, `mapRows` what that draws
 * where it cannot fetch it, `addressOf` the address of a link; `served`: there is a server for pages,
 * files, places and layers of the viewer's own. */
const ON_SERVER = {
  mapPage: (query) => ({ src: `/map?${query}` }),
  mapRows: null,
  addressOf: (params) => `?${params}`,
  served: true,
};

export function createExplorer({ mapPage, mapRows, addressOf, served } = ON_SERVER) {
  const exchange = createExchange({ onSilence: () => announcer.show(words.say("ui.silence")) });
  const announcer = createAnnouncer();
  let index = null;
  let words = null;
  let order = [];
  let undo = null; // the link before Clear all
  let view = null; // what the map shows: west, south, east, north
  let cameFrom = null; // where the selection was made, for the way back
  let own = null; // the layer that the viewer brought
  let openUpload = () => {};
  let ordered = ""; // by what the list is in order
  let opening = true; // nothing has been drawn yet
  let picking = false; // the next click on the map is a point to look around

  // In the page and styled: what is measured or read off styles has to wait for this.
  let settle = null;
  const settled = new Promise((resolve) => { settle = resolve; });

  // ---- what a viewer does ---------------------------------------------------------------------

  const go = (link, before = null) => {
    welcome.close();
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
    else if (cameFrom === "search") search.focus();
    else list.focus(id);
  };
  const copy = async (address) => {
    const url = new URL(address, document.baseURI).href;
    announcer.show((await copyText(url)) ? words.say("ui.copied") : words.say("ui.copy.failed", { url }));
  };
  const address = () => addressOf([formatLink(exchange.link), `lang=${words.lang}`].filter(Boolean).join("&"));

  // ---- near a point ---------------------------------------------------------------------------

  const lookAround = (place) => {
    near.tell("");
    go(placed(exchange.link, place ? formatNear(place) : ""));
    if (place) announcer.show([words.say("ui.near.set", { distance: length(place.metres, words) }),
      measuredFrom(place, words)].filter(Boolean).join(" "));
  };
  const radius = () => parseNear(exchange.link.near)?.metres ?? DEFAULT_M;
  const aroundMe = () => {
    near.tell(words.say("ui.near.waiting"));
    locate().then(({ lon, lat, accuracy }) => {
      // A circle smaller than the error of its middle would promise too much.
      lookAround({ lon, lat, metres: Math.max(radius(), radiusFor(accuracy, index.radii)), accuracy });
    }, () => {
      near.tell(words.say("ui.near.refused"));
      announcer.say(words.say("ui.near.refused"));
    });
  };
  const pick = (on) => {
    picking = on;
    bridge.pick(on);
    near.tell(on ? words.say("ui.near.pick") : "");
    drawControls();
    if (!on) return;
    layout.closeSheet();
    if (layout.phone) layout.showMap(true);
    bridge.focus();
    announcer.say(words.say("ui.near.pick"));
  };

  // ---- the zones ------------------------------------------------------------------------------

  const set = (key, value) => change({ [key]: value });
  const search = createSearch({
    onText: (text) => set("q", text),
    onSay: (text) => announcer.say(text),
    onChoose: ({ select: id, filter, near: place, open }) => {
      if (id) select(id, { from: "search", focusPanel: true });
      else if (filter) {
        const [key, option] = filter;
        if (!exchange.link[key].includes(option)) set(key, toggled(exchange.link[key], option));
      } else if (place) lookAround(parseNear(place));
      else follow(open);
    },
  });
  const terms = createTerms({ served });
  const near = createNear({
    onMe: aroundMe,
    onPick: () => pick(!picking),
    onRadius: (metres) => lookAround({ ...parseNear(exchange.link.near), metres }),
    onRemove: () => lookAround(null),
  });
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
    elsewhere: served ? "projects" : "",
    served,
    onParams: (params) => go(parseLink(params)),
    onClear: () => go(cleared(exchange.link), exchange.link),
    onUndo: () => go(undo),
    onSort: (sort) => set("sort", sort === "default" ? "" : sort),
    onCopy: () => copy(address()),
    onEmbed: () => copyEmbed(formatLink(withoutOwn(exchange.link)), words).then((note) => announcer.show(note)),
    onHide: () => layout.hideList(),
  });
  const list = createList({
    onSelect: (id, focusPanel) => select(id, { focusPanel: focusPanel || layout.phone }),
    onLeave: leavePanel,
  });
  const empty = createEmpty((params) => go(parseLink(params)));
  const listBody = element("div", { class: "list-body" }, empty.node, list.node);
  const figures = createFigures();
  const panel = createPanel({
    terms,
    served,
    onClose: leavePanel,
    onSelect: (id) => select(id, { from: "panel", focusPanel: true }),
    onCopy: copy,
    onZoom: (id) => {
      if (layout.phone) layout.showMap(true);
      layOverMap();
      bridge.tell("fit", { ids: [id] });
    },
    onNear: (id) => {
      const { at: [lon, lat], off } = index.row(id);
      lookAround({ lon, lat, metres: radius(), accuracy: off ?? null });
    },
  });
  const mapZone = element("section", { class: "map" }, figures.node);
  const root = element("div", { class: "atlas loading" });
  const layout = createLayout(root, {
    search: search.node,
    groups: served ? [near, ...controls.groups] : controls.groups.filter((group) => group !== controls.own && group !== controls.dates),
    head: head.node,
    list: listBody,
    mapZone,
    panel: panel.node,
    note: announcer.note,
  });
  const welcome = createWelcome(mapZone);
  root.append(terms.node, announcer.region);

  const mapWaiting = element("p", { class: "map-waiting", hidden: true });
  mapZone.append(mapWaiting);
  const bridge = createBridge(mapZone, {
    failed: () => {
      mapWaiting.hidden = true;
      showFailure(mapZone, words.say("ui.map.failed"), words.say("ui.retry"), loadMap);
    },
    // It may come after all, when it was given up.
    ready: () => {
      mapWaiting.hidden = true;
      mapZone.querySelector(":scope > .failure")?.remove();
    },
    select: ({ id }) => {
      const known = index.row(id) ? id : "";
      if (known !== exchange.link.sel) select(known, { from: "map" });
    },
    parks: ({ parks }) => set("park", index.facets.park.map(({ id }) => id).filter((id) => parks.includes(id))),
    view: ({ bbox }) => { view = bbox; },
    point: ({ lon, lat }) => {
      pick(false);
      if (Number.isFinite(lon) && Number.isFinite(lat)) lookAround({ lon, lat, metres: radius(), accuracy: 0 });
    },
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
    controls.update({ words, index, link, data, layer: own });
    search.update({ words, text: link.q, version: data.index });
    near.update({ words, place: parseNear(link.near), radii: index.radii, picking });
    layout.update({ shown: data.totals.shown });
    bridge.parks(link.park);
    const row = index.row(link.sel);
    const place = pointOf(data);
    panel.update(row, data.card?.id === link.sel ? data.card : null,
      row && place && data.near?.selected?.id === link.sel
        ? [distanceText(data.near.selected.metres, row, place, words), measuredFrom(place, words)] : []);
    mapZone.classList.toggle("with-panel", row !== null);
    layOverMap();
    bridge.near(parseNear(link.near));
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
    ownLoader.bring(data.own?.url ?? "");
    // Rows of a layer that is on its way are shown when it has come.
    order = decodeOrder(data.order).filter((number) => number < index.rows.length);
    const place = pointOf(data);
    const metres = place ? decodeMetres(data.near.metres) : [];
    // Whoever asked for another order wants to see what comes first in it.
    const basis = [data.sort, ...(data.sort === "near" ? [place.lon, place.lat] : [])].join();
    list.update(order, link.sel, (at) => (place ? distanceText(metres[at], index.rows[order[at]], place, words) : ""),
      !opening && basis !== ordered);
    ordered = basis;
    empty.update(data.empty);
    list.node.hidden = Boolean(data.empty);
    head.update({ words, data, undo });
    figures.update({ words, totals: data.totals, recent: data.recent });
    // What lies over the map first: it decides how much of the map a place is shown in.
    drawControls();
    bridge.show(order.map((number) =>
      (number < index.shipped ? index.rows[number].id : number - index.shipped)));
    bridge.select(link.sel || null, true, opening && leadsToOne(link));
    bridge.area(data.area ?? null);
    opening = false;
    root.classList.remove("loading");
  }

  /** The layer of the viewer comes and goes; the map keeps its frame, the list its place. */
  const ownLoader = createOwnLoader({
    onLayer: (layer) => {
      own = layer;
      index.bring(own);
      list.setIndex(index, words);
      bridge.own(own && forMap(own));
    },
    onReady: drawAnswer,
    onFailure: (again) => showFailure(listBody, words.say("ui.own.failed"), words.say("ui.retry"), again),
  });

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
    announcer.forget();
    terms.setIndex(index, words);
    list.setIndex(index, words);
    panel.setIndex(index, words);
    welcome.rename(words);
    layout.rename(words);
    bridge.language(lang);
    bridge.rename(words.say("ui.zone.map"));
    mapWaiting.textContent = words.say("ui.map.loading");
  }

  // ---- loading --------------------------------------------------------------------------------

  function loadMap() {
    const query = { host: 1, lang: words.lang, theme: isDark(root) ? "dark" : "light" };
    mapWaiting.hidden = bridge.ready;
    bridge.load(mapPage(new URLSearchParams(query)), words.say("ui.zone.map"));
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
    // The frame takes longest: it starts while the list is laid out.
    if (layout.phone) layout.whenMapOpens(loadMap);
    else loadMap();
    drawAnswer();
    // The features last: what is drawn stays where it is, for a click to meet it.
    if (mapRows) bridge.rows(mapRows);
    list.select(exchange.link.sel, true);
    // Who has just brought a layer wants to see where it is.
    const { arrived } = exchange.data;
    if (layout.phone && arrived) layout.showMap(true);
    if (served && !arrived && !formatLink(exchange.link)) welcome.show();
  }

  return {
    attach(parent) {
      parent.append(root);
      addIcons(root);
      settle();
    },
    update(answer, trigger) {
      openUpload = () => trigger("upload", true);
      const { data, link } = exchange;
      if (!exchange.take(answer, trigger)) return;
      if (data === null) loadIndex();
      if (index === null) return;
      if (answer.lang !== words.lang) speak(answer.lang);
      drawAnswer();
      if (exchange.link.sel !== link.sel) list.select(exchange.link.sel, true);
      // What was chosen says itself; the count would speak over it.
      if (unselected(answer.params) !== unselected(data.params)) announceShown(answer.totals);
    },
    destroy() {
      exchange.stop();
      search.stop();
      welcome.stop();
      announcer.stop();
      list.stop();
      bridge.destroy();
      layout.destroy();
      unwatchTheme();
    },
  };
}
