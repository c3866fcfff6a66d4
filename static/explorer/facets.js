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

/** How many rows lack data, and to how many the question does not apply; empty for none. */
export function missingText(unknown, outside, words) {
  const said = (id, n) => (n ? [words.say(id, { n: words.number(n) })] : []);
  return [
    ...said(outside ? "ui.charts.no_data.projects" : "ui.facet.no_data", unknown - outside),
    ...said("ui.charts.not_applicable", outside),
  ].join(". ");
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
    /** `counts` follows the options of the index, and ends with the number of rows without data;
     * `outside` of these cannot have any. */
    update({ facet, words, chosen, counts, outside = 0, name = words.say(`ui.facet.${key}`) }) {
      if (drawn !== words) build(facet, words);
      drawn = words;
      group.update(name, chosen.length);
      facet.forEach((option, at) => {
        const { row, box, count } = rows.get(option.id);
        const checked = chosen.includes(option.id);
        box.checked = checked;
        // The box in use stays, or the keyboard would lose its place.
        box.disabled = counts[at] === 0 && !checked && !box.matches(":focus");
        row.classList.toggle("empty", counts[at] === 0 && !checked);
        count.textContent = words.number(counts[at]);
      });
      const told = missingText(counts[facet.length], outside, words);
      missing.hidden = !told;
      missing.textContent = told;
    },
  };
}
