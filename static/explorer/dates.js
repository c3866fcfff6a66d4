// The group of filters on the date of the facts: what was known by a date, what is dated later.

import { element } from "./elements.js";
import { createGroup } from "./facets.js";

const KEYS = ["known", "since"];
const DATE = "[1-9][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?";

export function createDates(onChange) {
  const fields = KEYS.map((key) => element("input", { type: "text", class: "field", inputmode: "numeric",
    placeholder: "2017-03", maxlength: "10", pattern: DATE, autocomplete: "off", "data-key": key }));
  const captions = fields.map(() => element("span", {}));
  const wrong = element("p", { class: "no-data", role: "alert" });
  const help = element("p", { class: "own-note" });
  const group = createGroup("dates", element("div", {},
    element("div", { class: "between dates" }, ...fields.map((field, at) =>
      element("label", {}, captions[at], field))), wrong, help));
  let words = null;

  fields.forEach((field, at) => field.addEventListener("change", () => {
    const valid = field.validity.valid;
    wrong.textContent = valid ? "" : words.say("ui.dates.wrong");
    field.setAttribute("aria-invalid", String(!valid));
    if (valid) onChange(KEYS[at], field.value.trim());
  }));

  return {
    group,
    update({ words: newWords, link }) {
      words = newWords;
      group.update(words.say("ui.facet.dates"), KEYS.filter((key) => link[key]).length);
      help.textContent = words.say("ui.dates.help");
      fields.forEach((field, at) => {
        captions[at].textContent = words.say(`ui.dates.${KEYS[at]}`);
        field.setAttribute("aria-label", words.say(`ui.dates.${KEYS[at]}.label`));
        // A field one is typing in is left alone, and so is what could not be used.
        const typing = field === field.getRootNode().activeElement || !field.validity.valid;
        if (!typing || link[KEYS[at]]) field.value = link[KEYS[at]];
      });
    },
  };
}
