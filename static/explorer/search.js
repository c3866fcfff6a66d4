// The search field: a combobox. What is chosen from its list is done; Enter alone filters the list
// of objects by what is typed.

import { element, iconButton } from "./elements.js";
import { createAsker, createOptions } from "./suggestions.js";

export function createSearch({ onText, onChoose, onSay }) {
  const options = createOptions({ onChoose: (result) => (result ? choose(result) : apply()) });
  const field = element("input", { type: "search", class: "field search-field", autocomplete: "off",
    spellcheck: "false", maxlength: "200", enterkeyhint: "search", role: "combobox",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": options.list.id });
  const clear = iconButton("x", "", () => {
    field.value = "";
    apply();
    field.focus();
  }, { class: "search-clear" });
  const node = element("div", { class: "search", role: "search" }, field, clear, options.node);
  let words = null;
  let version = "";
  let applied = "";
  let queued = []; // what keys ask of options that are on their way

  const asker = createAsker({
    onAnswer: (answer, text) => {
      options.show(answer, text, words);
      for (const act of queued.splice(0)) act();
      reflect();
      if (!answer.found) onSay(words.say(answer.results.length ? "ui.search.none" : "ui.search.nothing"));
      else onSay(words.plural("ui.search.found", answer.results.length));
    },
    onFailure: (text) => {
      queued = [];
      options.fail(text, words);
      reflect();
    },
  });
  const reflect = () => {
    field.setAttribute("aria-expanded", String(options.open));
    if (options.activeId) field.setAttribute("aria-activedescendant", options.activeId);
    else field.removeAttribute("aria-activedescendant");
    clear.hidden = field.value === "";
  };
  const close = () => {
    asker.forget();
    queued = [];
    options.close();
    reflect();
  };
  const ask = () => {
    const text = field.value.trim();
    queued = [];
    options.rest();
    if (text) asker.ask(text, words.lang, version);
    else close();
    reflect();
  };
  const apply = () => {
    close();
    const text = field.value.trim();
    if (text === applied) return;
    applied = text;
    onText(text);
  };
  const choose = (result) => {
    field.value = applied;
    close();
    onChoose(result);
  };

  // Whoever types fast is ahead of the list: keys mean the options of what is typed, not those before.
  const step = (by) => {
    if (asker.waiting) queued.push(() => options.step(by));
    else if (options.open) options.step(by);
    else ask();
  };
  const enter = () => {
    if (queued.length) queued.push(() => options.chooseActive());
    else if (options.activeId) options.chooseActive();
    else apply();
  };

  const keys = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: enter,
    Escape: () => close(),
  };
  field.addEventListener("input", () => (field.value === "" ? apply() : ask()));
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Escape" && !options.open) return; // the browser's own: empties the field
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
    reflect();
  });
  node.addEventListener("focusout", ({ relatedTarget }) => {
    if (!node.contains(relatedTarget)) close();
  });

  return {
    node,
    focus: () => field.focus(),
    stop: asker.forget,
    update({ words: newWords, text, version: newVersion }) {
      words = newWords;
      version = newVersion;
      field.setAttribute("aria-label", words.say("ui.search.label"));
      field.placeholder = words.say("ui.search.placeholder");
      clear.setAttribute("aria-label", words.say("ui.search.clear"));
      clear.title = words.say("ui.search.clear");
      // While one types, the field is right; the answer may hold only the part that has words in it.
      if (field === field.getRootNode().activeElement && field.value.trim() !== "") return;
      applied = text;
      if (field.value.trim() !== text) field.value = text;
      reflect();
    },
  };
}
