// The suggestions under the search field: asked for while one types, shown by groups.

import { element } from "./elements.js";

const PAUSE_MS = 40;
const PATIENCE_MS = 5000;
const GROUPS = ["sites", "projects", "organisations", "clusters", "actions", "places"];

/** Asks the server; only the answer to the last question counts. */
export function createAsker({ onAnswer, onFailure }) {
  let timer = 0;
  let asked = null;
  let waiting = false;

  const fetchAnswer = async (text, lang, version) => {
    const own = new AbortController();
    asked = own;
    const late = setTimeout(() => own.abort(), PATIENCE_MS);
    try {
      const answer = await fetch(`/search?${new URLSearchParams({ q: text, lang, v: version })}`,
        { signal: own.signal });
      if (!answer.ok) throw new Error(`the search answers ${answer.status}`);
      const found = await answer.json();
      if (asked !== own) return;
      waiting = false;
      onAnswer(found, text);
    } catch {
      if (asked !== own) return;
      waiting = false;
      onFailure(text);
    } finally {
      clearTimeout(late);
    }
  };
  const forget = () => {
    clearTimeout(timer);
    waiting = false;
    const before = asked;
    asked = null;
    before?.abort();
  };
  return {
    /** What stands in the list is not yet the answer to what is typed. */
    get waiting() {
      return waiting;
    },
    ask(text, lang, version) {
      forget();
      waiting = true;
      timer = setTimeout(() => fetchAnswer(text, lang, version), PAUSE_MS);
    },
    forget,
  };
}

function marked(tag, className, [text, spans]) {
  const node = element(tag, { class: className });
  let from = 0;
  for (const [start, end] of spans) {
    node.append(text.slice(from, start), element("mark", { text: text.slice(start, end) }));
    from = end;
  }
  node.append(text.slice(from));
  return node;
}

/** The list itself: `onChoose` is told the result, or null for the search in the list. */
export function createOptions({ onChoose }) {
  const list = element("div", { id: "search-options", class: "options-list", role: "listbox" });
  const note = element("p", { class: "options-note", hidden: true });
  const node = element("div", { class: "suggestions float", hidden: true }, note, list);
  let options = [];
  let active = -1;

  const option = (act, ...parts) => {
    const row = element("div", { class: "suggestion", role: "option", id: `search-option-${options.length}`,
      "aria-selected": "false", onclick: act }, ...parts);
    options.push({ row, act });
    return row;
  };
  // The focus stays in the field while an option is pressed.
  node.addEventListener("pointerdown", (event) => event.preventDefault());

  const setActive = (at) => {
    options[active]?.row.setAttribute("aria-selected", "false");
    active = at;
    options[active]?.row.setAttribute("aria-selected", "true");
    options[active]?.row.scrollIntoView({ block: "nearest" });
  };

  return {
    node,
    list,
    get open() {
      return !node.hidden;
    },
    get activeId() {
      return options[active]?.row.id ?? null;
    },
    rest: () => setActive(-1),
    close() {
      node.hidden = true;
      setActive(-1);
    },
    show({ found, results }, text, words) {
      options = [];
      active = -1;
      note.hidden = found;
      note.textContent = words.say(results.length ? "ui.search.none" : "ui.search.nothing");
      // Groups in the order of their best result, within them the order of the answer.
      const order = [...new Set(results.map(({ group }) => group))].filter((group) => GROUPS.includes(group));
      list.setAttribute("aria-label", words.say("ui.search.list"));
      list.replaceChildren(...order.map((group) => element("div", { role: "group", "aria-labelledby": `search-${group}` },
        element("p", { id: `search-${group}`, class: "options-title", role: "presentation",
          text: words.say(`ui.search.group.${group}`) }),
        ...results.filter((result) => result.group === group).map((result) => option(() => onChoose(result),
          marked("span", "suggestion-name", result.name), marked("span", "suggestion-line", result.line))))),
      option(() => onChoose(null), element("span", { class: "suggestion-apply",
        text: words.say("ui.search.apply", { text }) })));
      node.hidden = false;
    },
    fail(text, words) {
      this.show({ found: false, results: [] }, text, words);
      note.textContent = words.say("ui.search.failed");
    },
    step(by) {
      if (options.length) setActive((active + by + options.length + (active < 0 && by < 0 ? 1 : 0)) % options.length);
    },
    chooseActive() {
      options[active]?.act();
    },
  };
}
