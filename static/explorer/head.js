// Above the list: how many are shown, what was applied, the order, and what can be taken away.

import { element, iconButton, link } from "./elements.js";
import { createExports } from "./exports.js";

const SORTS = ["default", "name", "-name", "-year", "year", "-money", "money", "-area", "area",
  "-jobs", "jobs", "status", "-status"];

/** `elsewhere` is the path of the page that shows the same rows as a table, empty for none. */
export function createHead({ served, elsewhere = "", onParams, onClear, onUndo, onSort, onCopy, onEmbed, onHide }) {
  const count = element("h2", { class: "shown" });
  const tags = element("ul", { class: "tags" });
  const notes = element("div", { class: "notes" });
  const sort = element("select", { class: "sort", onchange: () => onSort(sort.value) });
  const sortName = element("span", {});
  const asTable = element("div", { class: "as-table" });
  const files = createExports({
    served,
    onCopy: () => { take.hidePopover(); onCopy(); },
    onEmbed: () => { take.hidePopover(); onEmbed(); },
  });
  const take = files.node;
  const takeButton = iconButton("download", "", null, { class: "take" });
  const hide = iconButton("chevron-left", "", onHide, { class: "hide-list" });
  takeButton.popoverTargetElement = take;
  takeButton.setAttribute("aria-haspopup", "true");
  take.addEventListener("toggle", ({ newState }) => {
    if (newState !== "open") return;
    const at = takeButton.getBoundingClientRect();
    take.style.top = `${at.bottom + 6}px`;
    take.style.left = `${Math.max(8, Math.min(at.right - take.offsetWidth, innerWidth - take.offsetWidth - 8))}px`;
    files.focus();
  });
  const node = element("div", { class: "head" },
    element("div", { class: "head-line" }, count, takeButton, hide), notes, tags,
    element("div", { class: "sort-line" }, element("label", { class: "sort-label" }, sortName, sort), asTable), take);

  const drawTags = (words, list, undo) => {
    const buttons = [...tags.querySelectorAll("button")];
    const focused = buttons.indexOf(tags.getRootNode().activeElement);
    tags.replaceChildren(...list.map(({ text, params }) => element("li", {},
      element("button", { type: "button", class: "tag", "aria-label": words.say("ui.tag.remove", { text }),
        onclick: () => onParams(params) },
      element("span", { text }), element("span", { class: "tag-x", text: "✕", "aria-hidden": "true" })))));
    if (list.length) {
      tags.append(element("li", {}, element("button", { type: "button", class: "text-button clear",
        text: words.say("ui.clear"), onclick: onClear })));
    } else if (undo) {
      tags.append(element("li", { class: "undo" }, element("span", { text: words.say("ui.cleared") }),
        element("button", { type: "button", class: "text-button", text: words.say("ui.undo"), onclick: onUndo })));
    }
    if (focused < 0) return;
    // Who has just removed a tag by keyboard goes on from its neighbour.
    const left = [...tags.querySelectorAll("button"), takeButton];
    left[Math.min(focused, left.length - 1)].focus();
  };

  return {
    node,
    update({ words, data, undo }) {
      const { totals } = data;
      count.textContent = words.say("ui.count", { n: words.number(totals.shown), all: words.number(totals.all) });
      drawTags(words, data.tags, undo);
      notes.replaceChildren(...(data.notes.length ? [element("div", { class: "note" },
        element("div", {}, ...data.notes.map((text) => element("p", { text }))),
        iconButton("x", words.say("ui.note.dismiss"), () => onParams(data.params)))] : []));

      sortName.textContent = words.say("ui.sort");
      if (elsewhere) {
        const address = `./${elsewhere}?${[data.params, `lang=${data.lang}`].filter(Boolean).join("&")}`;
        asTable.replaceChildren(link(address, words.say("ui.as_table"), { "data-inside": true }));
      }
      sort.replaceChildren(...(new URLSearchParams(data.params).has("near") ? [...SORTS, "near"] : SORTS).map((id) =>
        element("option", { value: id, text: words.say(`ui.sort.${id}`) })));
      sort.value = data.sort;

      for (const [button, id] of [[takeButton, "ui.export"], [hide, "ui.list.hide"]]) {
        button.setAttribute("aria-label", words.say(id));
        button.title = words.say(id);
      }
      files.update({ words, data });
    },
  };
}
