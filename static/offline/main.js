// The offline edition: the explorer with the page itself for a server. The address after # is the link.

import { createExplorer } from "../explorer/explorer.js";
import { createAnswerer } from "./answer.js";
import { read } from "./blocks.js";
import { cardOf } from "./cards.js";
import { textSearch } from "./server.js";

const data = read("offline-data");
const languages = Object.keys(data.messages);
const byId = new Map(data.index.rows.map((row) => [row.id, row]));
const answer = createAnswerer(data, {
  match: (text) => textSearch().match(text),
  card: (id, lang) => cardOf(byId.get(id), lang),
});

const asked = () => new URLSearchParams(location.hash.slice(1));
const languageOf = (params) => [params.get("lang"), navigator.language.slice(0, 2)].find((lang) => languages.includes(lang))
  ?? languages[0];
let lang = languageOf(asked());

const explorer = createExplorer({
  mapPage: () => ({ srcdoc: read("offline-map") }),
  addressOf: (params) => `#${params}`,
  served: false,
});

const say = (id, values = {}) => Object.entries(values).reduce((text, [name, value]) =>
  text.replace(`{${name}}`, value), data.messages[lang][id]);

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

function show(params, n = null) {
  const answered = answer(params, lang);
  current = [answered.params, `lang=${lang}`].filter(Boolean).join("&");
  explorer.update({ ...answered, n }, (name, edit) => {
    // The explorer waits for an answer; it must not come while it still asks.
    if (name === "edit") setTimeout(() => show(edit.params, edit.n));
  });
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
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  document.getElementById("content").focus();
});
window.addEventListener("hashchange", follow);

speak();
explorer.attach(document.getElementById("content"));
show(location.hash.slice(1));
