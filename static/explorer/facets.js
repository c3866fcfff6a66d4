// One facet: its options with counts under all other filters.

import { element, sign } from "./elements.js";

/** A collapsible group of the filter zone: its name, its body, and how many conditions it holds. */
export function createGroup(id, body, { explain = null } = {}) {
  const title = element("span", { class: "group-title" });
  const chosen = element("span", { class: "group-chosen" });
  const node = element("details", { class: "group", open: true, "data-group": id },
    element("summary", {}, title, chosen), explain, body);
  return {
    node,
    get name() {
      return title.textContent;
    },
    get conditions() {
      return Number(chosen.textContent);
    },
    update(name, conditions) {
      title.textContent = name;
      chosen.textContent = conditions ? String(conditions) : "";
    },
  };
}

export function createFacet(key, onToggle, explain = null) {
  const options = element("ul", { class: "options" });
  const missing = element("p", { class: "no-data" });
  const group = createGroup(key, element("div", {}, options, missing), { explain });
  let drawn = null;
  let rows = new Map();

  const build = (facet, words) => {
    rows = new Map();
    options.replaceChildren(...facet.map((option) => {
      const box = element("input", { type: "checkbox", value: option.id, onchange: () => onToggle(option.id) });
      const count = element("span", { class: "count" });
      const row = element("li", {}, element("label", { class: "option" }, box,
        option.colour ? sign(option, words.lang) : null,
        element("span", { class: "option-name", text: option[words.lang] }), count));
      rows.set(option.id, { row, box, count });
      return row;
    }));
  };

  return {
    group,
    /** `counts` follows the options of the index, and ends with the number of rows without data. */
    update({ facet, words, chosen, counts, name = words.say(`ui.facet.${key}`) }) {
      if (drawn !== words) build(facet, words);
      drawn = words;
      group.update(name, chosen.length);
      facet.forEach((option, at) => {
        const { row, box, count } = rows.get(option.id);
        const checked = chosen.includes(option.id);
        box.checked = checked;
        box.disabled = counts[at] === 0 && !checked;
        row.classList.toggle("empty", box.disabled);
        count.textContent = words.number(counts[at]);
      });
      const unknown = counts[facet.length];
      missing.hidden = unknown === 0;
      missing.textContent = words.say("ui.facet.no_data", { n: words.number(unknown) });
    },
  };
}
