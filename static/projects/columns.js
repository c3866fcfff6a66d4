// Which columns a viewer wants: kept in this browser, as it says nothing about what is shown.

import { element, icon } from "../explorer/elements.js";

const KEPT = "atlas.columns.hidden";
const AT_FIRST = ["area"];

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT) ?? "null");
    return new Set(Array.isArray(kept) ? kept : AT_FIRST);
  } catch {
    return new Set(AT_FIRST); // no storage here, or not written by us
  }
}

function keep(hidden) {
  try {
    localStorage.setItem(KEPT, JSON.stringify([...hidden]));
  } catch {
    // Without storage the choice holds as long as the page.
  }
}

export function createColumns({ onChange }) {
  const hidden = read();
  const name = element("span", {});
  const list = element("ul", { class: "options" });
  const note = element("p", { class: "menu-title" });
  const menu = element("div", { class: "menu float", popover: "auto" }, list, note);
  const open = element("button", { type: "button", class: "button columns" }, icon("list"), name);
  const node = element("div", { class: "columns-zone" }, open, menu);
  let drawn = "";

  const chosen = (key) => !hidden.has(key);
  open.popoverTargetElement = menu;
  open.setAttribute("aria-haspopup", "true");
  menu.addEventListener("toggle", ({ newState }) => {
    if (newState !== "open") return;
    const at = open.getBoundingClientRect();
    menu.style.top = `${Math.max(8, Math.min(at.bottom + 6, innerHeight - menu.offsetHeight - 8))}px`;
    menu.style.left = `${Math.max(8, Math.min(at.right - menu.offsetWidth, innerWidth - menu.offsetWidth - 8))}px`;
    list.querySelector("input")?.focus();
  });
  const toggle = (key) => {
    if (hidden.has(key)) hidden.delete(key);
    else hidden.add(key);
    keep(hidden);
    onChange();
  };

  return {
    node,
    chosen,
    update({ words, keys }) {
      if (drawn === words.lang) return;
      drawn = words.lang;
      name.textContent = words.say("ui.table.columns");
      note.textContent = words.say("ui.table.columns.kept");
      list.replaceChildren(...keys.map((key) => element("li", {}, element("label", { class: "option" },
        element("input", { type: "checkbox", checked: chosen(key), onchange: () => toggle(key) }),
        element("span", { class: "option-name", text: words.say(`ui.column.${key}`) })))));
    },
  };
}
