// The group of filters on the columns of the viewer's layer; without a layer, the way to bring one.

import { element, icon } from "./elements.js";
import { createFacet, createGroup } from "./facets.js";
import { createSpan } from "./ranges.js";

export function createOwnFilters({ onChange, onOpen, onRemove }) {
  const columns = element("div", { class: "own-columns" });
  const note = element("p", { class: "own-note" });
  const addName = element("span", {});
  const addIcon = icon("plus");
  const add = element("a", { class: "button own-add", href: "own", onclick: (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault(); // followed as an address, it would end the session and its layer
    onOpen();
  } }, addIcon, addName);
  const remove = element("button", { type: "button", class: "text-button", onclick: onRemove });
  const group = createGroup("own", element("div", {}, columns, note,
    element("div", { class: "own-actions" }, add, remove)));
  let drawn = null;
  let parts = [];

  const part = (filter, words) => {
    const key = `own.${filter.name}`;
    if (filter.options) {
      const options = filter.options.map((id) => ({ id, ru: id, en: id,
        ...(filter.options.join() === "false,true" ? { [words.lang]: words.say(`ui.own.${id}`) } : {}) }));
      const facet = createFacet(key, (id) => onChange(key, (values) =>
        (values.includes(id) ? values.filter((other) => other !== id) : [...values, id])));
      return { node: facet.group.node, update: (shared) => facet.update({ ...shared, facet: options, name: filter.name }) };
    }
    const span = createSpan(key, filter, (value) => onChange(key, () => (value ? [value] : [])));
    return { node: span.group.node, update: (shared) => span.update({ ...shared, name: filter.name }) };
  };

  return {
    group,
    /** `own` is null without a layer; `counts` follows its filters; `chosen` has values by key. */
    update({ words, own, counts, chosen }) {
      const conditions = Object.keys(chosen).filter((key) => key.startsWith("own.")).length;
      group.update(own ? `${words.say("ui.own.title")}: ${own.name}` : words.say("ui.own.title"), own ? conditions : 0);
      group.node.classList.toggle("own-group", Boolean(own));
      addIcon.classList.toggle("hidden", Boolean(own));
      addName.textContent = words.say(own ? "ui.own.open" : "ui.own.add");
      add.href = `own?lang=${words.lang}`;
      remove.hidden = !own;
      remove.textContent = words.say("ui.own.remove");
      const state = own && `${own.url} ${words.lang}`;
      if (state !== drawn) {
        drawn = state;
        // Who brought a layer looks for its filters; who did not looks for those of the Atlas.
        if (own) group.node.parentElement?.prepend(group.node);
        else group.node.parentElement?.append(group.node);
        parts = own ? own.filters.map((filter) => part(filter, words)) : [];
        columns.replaceChildren(...parts.map(({ node }) => node));
      }
      note.hidden = !own;
      if (!own) return;
      note.textContent = [
        words.say("ui.own.session"),
        own.filters.length ? null : words.say("ui.own.no_filters"),
        own.filters.length && own.unfiltered
          ? words.say("ui.own.unfiltered", { n: words.number(own.unfiltered) }) : null,
      ].filter(Boolean).join(" ");
      own.filters.forEach(({ name }, at) => parts[at].update({
        words, chosen: chosen[`own.${name}`] ?? [], counts: counts[at] ?? [] }));
    },
  };
}
