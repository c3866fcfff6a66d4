// The filters beside what they filter: a column that collapses, on a phone chips and a sheet.

import { element, icon, iconButton } from "./elements.js";

const PHONE = "(max-width: 760px)";
const NARROW = "(max-width: 1120px)";

/** `onArrange` is told when the window or the sheet changes what can be reached; the caller puts
 * `bar`, `rail` and `node` into the root. */
export function createFilterZone(root, { search, groups, onArrange }) {
  const phone = window.matchMedia(PHONE);
  const chips = groups.map(({ group }) => {
    const name = element("span", {});
    const count = element("span", { class: "chip-count" });
    const chip = element("button", { type: "button", class: "chip", "aria-haspopup": "dialog",
      onclick: () => openSheet(group.node, chip) }, name, count);
    return { group, chip, name, count };
  });
  const bar = element("div", { class: "phone-bar" },
    element("div", { class: "chips" }, ...chips.map(({ chip }) => chip)));
  const hideName = element("span", {});
  const hide = element("button", { type: "button", class: "hide-filters",
    onclick: () => collapse(true) }, icon("chevron-left"), hideName);
  const searchLine = element("div", { class: "search-line" });
  const sheetTitle = element("h2", { class: "sheet-title" });
  const sheetClose = iconButton("x", "", () => closeSheet(), {});
  const sheetApply = element("button", { type: "button", class: "button primary", onclick: () => closeSheet() });
  const scroller = element("div", { class: "groups" }, ...groups.map(({ group }) => group.node));
  const node = element("section", { class: "filters" },
    element("div", { class: "sheet-head" }, sheetTitle, sheetClose),
    searchLine, scroller, hide, element("div", { class: "sheet-foot" }, sheetApply));
  const rail = element("button", { type: "button", class: "rail rail-filters", onclick: () => collapse(false) },
    icon("funnel"), element("span", { class: "rail-name" }), element("span", { class: "rail-count" }));
  let cameFrom = null;

  const collapse = (away) => {
    root.classList.toggle("without-filters", away);
    (away ? rail : hide).focus();
  };
  const openSheet = (group, opener) => {
    cameFrom = opener;
    root.classList.add("sheet-open");
    arrange(); // before it, nothing in the sheet takes the focus
    group.open = true;
    group.scrollIntoView({ block: "start" });
    group.querySelector("summary").focus({ preventScroll: true });
    document.addEventListener("keydown", keepInSheet);
  };
  const closeSheet = () => {
    document.removeEventListener("keydown", keepInSheet);
    root.classList.remove("sheet-open");
    arrange();
    cameFrom?.focus();
    cameFrom = null;
  };
  /** Esc closes the sheet; Tab goes round in it, as the page's own bar stays within reach. */
  const keepInSheet = (event) => {
    if (event.key === "Escape") closeSheet();
    if (event.key !== "Tab") return;
    const stops = [...node.querySelectorAll("button, summary, input")].filter((stop) =>
      !stop.disabled && stop.checkVisibility());
    const [first, last] = [stops[0], stops.at(-1)];
    const active = node.getRootNode().activeElement;
    if (node.contains(active) && active !== (event.shiftKey ? first : last)) return;
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  };

  /** What is covered on a phone must not be reached by Tab either. */
  const arrange = () => {
    const small = phone.matches;
    const sheet = small && root.classList.contains("sheet-open");
    (small ? bar : searchLine).prepend(search);
    node.inert = small && !sheet;
    for (const [name, value] of [["role", "dialog"], ["aria-modal", "true"]]) {
      if (sheet) node.setAttribute(name, value);
      else node.removeAttribute(name);
    }
    bar.inert = sheet;
    onArrange({ small, sheet });
  };

  root.classList.toggle("without-filters", !phone.matches && window.matchMedia(NARROW).matches);
  phone.addEventListener("change", arrange);

  return {
    bar,
    rail,
    node,
    arrange,
    get phone() {
      return phone.matches;
    },
    closeSheet() {
      if (root.classList.contains("sheet-open")) closeSheet();
    },
    rename(words) {
      node.setAttribute("aria-label", words.say("ui.zone.filters"));
      sheetTitle.textContent = words.say("ui.zone.filters");
      hideName.textContent = words.say("ui.filters.hide");
      for (const [button, id] of [[sheetClose, "ui.filters.close"], [rail, "ui.filters.show"]]) {
        button.setAttribute("aria-label", words.say(id));
        button.title = words.say(id);
      }
    },
    update({ words, shown }) {
      const conditions = groups.reduce((sum, { group }) => sum + group.conditions, 0);
      sheetApply.textContent = words.say("ui.filters.apply", { n: words.number(shown) });
      rail.querySelector(".rail-count").textContent = conditions ? String(conditions) : "";
      for (const { group, chip, name, count } of chips) {
        name.textContent = group.name;
        count.textContent = group.conditions ? String(group.conditions) : "";
        chip.classList.toggle("on", group.conditions > 0);
      }
    },
    destroy() {
      phone.removeEventListener("change", arrange);
      document.removeEventListener("keydown", keepInSheet);
    },
  };
}
