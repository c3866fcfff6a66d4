// The offline edition: the explorer with the page itself for a server. The address after # is the link.
// Map and list come first; the cards and what is searched stand behind this script in the page.

import { createExplorer } from "../explorer/explorer.js";
import { createAnswerer } from "./answer.js";
import { read, textOf } from "./blocks.js";
import { cardOf } from "./cards.js";
import { fitMapToPaper } from "./print.js";
import { decodeColumns, mapColumns, rowsOf } from "./rows.js";
import { createTextSearch } from "./search.js";
import { serve } from "./server.js";

/** `data`: the block of that name; `columns`: its list, decoded; `mapPage`: the page of the map's frame. */
function open(data, columns, mapPage) {
  const { messages } = data.index;
  const languages = Object.keys(messages);
  const numbers = new Map(columns.id.map((id, number) => [id, number]));
  // An address opens what stands there.
  const known = ({ type, id }) => (type === "address" ? numbers.has(id) : columns.type[numbers.get(id)] === type);
  let search = null;
  let coming = null;
  const searching = () => {
    coming ??= read("search-data").then((found) => (search = createTextSearch(found, data.rows, known)));
    return coming;
  };
  serve({ index: { ...data.index, rows: rowsOf(columns) }, icons: () => textOf("offline-icons"), search: searching });
  const answer = createAnswerer({ ...data, ids: columns.id }, { match: (text) => search.match(text) });

  const asked = () => new URLSearchParams(location.hash.slice(1));
  const languageOf = (params) => [params.get("lang"), navigator.language.slice(0, 2)].find((one) => languages.includes(one))
    ?? languages[0];
  let lang = languageOf(asked());

  const explorer = createExplorer({
    mapPage: () => ({ srcdoc: mapPage }),
    mapRows: mapColumns(columns, data.map, data.rows),
    addressOf: (params) => `#${params}`,
    served: false,
  });

  const say = (id, values = {}) => Object.entries(values).reduce((text, [name, value]) =>
    text.replace(`{${name}}`, value), messages[lang][id]);

  function speak() {
    document.documentElement.lang = lang;
    document.title = say("ui.offline.title");
    document.getElementById("name").textContent = say("ui.offline.title");
    document.getElementById("edition").textContent = say("ui.offline.edition", { release: data.release });
    document.getElementById("skip").textContent = say("ui.offline.skip");
    document.getElementById("languages").setAttribute("aria-label", say("ui.offline.language"));
    for (const button of document.querySelectorAll("#languages button"))
      button.setAttribute("aria-pressed", String(button.lang === lang));
  }

  let current = null; // the address that the page shows
  let last = 0; // the number of the last question: only its answer is shown

  const tell = (answered) => explorer.update(answered, (name, edit) => {
    // The explorer waits for an answer; it must not come while it still asks.
    if (name === "edit") setTimeout(() => show(edit.params, edit.n));
  });

  async function show(params, n = null) {
    last += 1;
    const question = last;
    const spoken = lang;
    if (new URLSearchParams(params).has("q")) await searching();
    if (question !== last) return;
    const { sel, ...answered } = answer(params, spoken);
    const card = sel ? cardOf(numbers.get(sel), spoken, data.cards) : null;
    // Map and list do not wait for a card that the page has not come to yet.
    if (current === null && card) tell({ ...answered, n });
    current = [answered.params, `lang=${spoken}`].filter(Boolean).join("&");
    const found = await card;
    if (question !== last) return;
    tell({ ...answered, card: found, n });
    if (location.hash.slice(1) !== current) location.hash = current;
  }

  function follow() {
    if (location.hash.slice(1) === current) return;
    lang = languageOf(asked());
    speak();
    show(location.hash.slice(1));
  }

  for (const button of document.querySelectorAll("#languages button")) {
    button.addEventListener("click", () => {
      lang = button.lang;
      const params = new URLSearchParams(current);
      params.delete("lang");
      speak();
      show(params.toString());
    });
  }
  // It is made while the first letter is on its way.
  document.getElementById("content").addEventListener("focusin", ({ target }) => {
    if (target.matches(".search-field")) searching();
  });
  document.getElementById("skip").addEventListener("click", (event) => {
    event.preventDefault();
    document.getElementById("content").focus();
  });
  window.addEventListener("hashchange", follow);
  fitMapToPaper();

  speak();
  explorer.attach(document.getElementById("content"));
  show(location.hash.slice(1));
}

Promise.all([read("offline-data"), textOf("offline-map")]).then(([data, mapPage]) =>
  open(data, decodeColumns(data.list), mapPage));
