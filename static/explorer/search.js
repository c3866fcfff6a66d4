// The search field: sends what stands in it after a short pause, at once on Enter.

import { element, iconButton } from "./elements.js";

const PAUSE_MS = 200;

export function createSearch(onChange) {
  const field = element("input", { type: "search", class: "field search-field", autocomplete: "off",
    spellcheck: "false", maxlength: "200", enterkeyhint: "search" });
  const clear = iconButton("x", "", () => {
    field.value = "";
    send();
    field.focus();
  }, { class: "search-clear" });
  const node = element("div", { class: "search", role: "search" }, field, clear);
  let timer = 0;
  let sent = "";

  const send = () => {
    clearTimeout(timer);
    timer = 0;
    clear.hidden = field.value === "";
    const text = field.value.trim();
    if (text === sent) return;
    sent = text;
    onChange(text);
  };
  field.addEventListener("input", () => {
    clear.hidden = field.value === "";
    clearTimeout(timer);
    timer = setTimeout(send, PAUSE_MS);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) send();
  });

  return {
    node,
    focus: () => field.focus(),
    update({ words, text, own }) {
      field.setAttribute("aria-label", words.say("ui.search.label"));
      field.placeholder = words.say("ui.search.placeholder");
      clear.setAttribute("aria-label", words.say("ui.search.clear"));
      clear.title = words.say("ui.search.clear");
      // While one types, the field is right: the answer may hold only the part that has words in it.
      if (timer || (own && field === field.getRootNode().activeElement)) return;
      sent = text;
      if (field.value.trim() !== text) field.value = text;
      clear.hidden = field.value === "";
    },
  };
}
