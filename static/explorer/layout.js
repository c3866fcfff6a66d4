// Where the zones stand: four columns on a desktop, list or map on a phone, filters as a sheet there.

import { element, icon, iconButton } from "./elements.js";

const PHONE = "(max-width: 760px)";
const NARROW = "(max-width: 1120px)";

export function createLayout(root, { search, groups, head, list, mapZone, panel, note }) {
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
  const hideFilters = element("button", { type: "button", class: "hide-filters",
    onclick: () => collapse("filters", true) }, icon("chevron-left"), hideName);
  const searchLine = element("div", { class: "search-line" });
  const sheetTitle = element("h2", { class: "sheet-title" });
  const sheetClose = iconButton("x", "", () => closeSheet(), {});
  const sheetApply = element("button", { type: "button", class: "button primary", onclick: () => closeSheet() });
  const scroller = element("div", { class: "groups" }, ...groups.map(({ group }) => group.node));
  const filters = element("section", { class: "filters" },
    element("div", { class: "sheet-head" }, sheetTitle, sheetClose),
    searchLine, scroller, hideFilters, element("div", { class: "sheet-foot" }, sheetApply));
  const listZone = element("section", { class: "list" }, head, list);
  const rails = {
    filters: element("button", { type: "button", class: "rail rail-filters", onclick: () => collapse("filters", false) },
      icon("funnel"), element("span", { class: "rail-name" }), element("span", { class: "rail-count" })),
    list: element("button", { type: "button", class: "rail rail-list", onclick: () => collapse("list", false) },
      icon("list"), element("span", { class: "rail-name" }), element("span", { class: "rail-count" })),
  };
  const switchMap = element("button", { type: "button", class: "switch-map", onclick: () => showMap(!root.classList.contains("map-open")) });
  let words = null;
  let cameFrom = null;
  let onMap = () => {};

  const collapse = (zone, away) => {
    root.classList.toggle(`without-${zone}`, away);
    if (away) rails[zone].focus();
    else if (zone === "filters") hideFilters.focus();
    else list.querySelector("[tabindex='0']")?.focus();
  };
  const drawSwitch = () => {
    const open = root.classList.contains("map-open");
    switchMap.replaceChildren(icon(open ? "list" : "map"),
      element("span", { text: words.say(open ? "ui.map.close" : "ui.map.open") }));
  };
  const showMap = (open) => {
    root.classList.toggle("map-open", open);
    if (open) onMap();
    drawSwitch();
    arrange();
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
    const stops = [...filters.querySelectorAll("button, summary, input")].filter((stop) =>
      !stop.disabled && stop.checkVisibility());
    const [first, last] = [stops[0], stops.at(-1)];
    const active = filters.getRootNode().activeElement;
    if (filters.contains(active) && active !== (event.shiftKey ? first : last)) return;
    event.preventDefault();
    (event.shiftKey ? last : first).focus();
  };

  /** What is covered on a phone must not be reached by Tab either. */
  const arrange = () => {
    const small = phone.matches;
    const sheet = small && root.classList.contains("sheet-open");
    const map = small && root.classList.contains("map-open");
    (small ? bar : searchLine).prepend(search);
    // A sheet over list and map alike, a part of the map (also in full screen) otherwise.
    (small ? root : mapZone).append(panel, note);
    filters.inert = small && !sheet;
    for (const [name, value] of [["role", "dialog"], ["aria-modal", "true"]]) {
      if (sheet) filters.setAttribute(name, value);
      else filters.removeAttribute(name);
    }
    bar.inert = sheet;
    listZone.inert = sheet || map;
    mapZone.inert = sheet || (small && !map);
    switchMap.inert = sheet;
  };

  root.append(bar, rails.filters, filters, rails.list, listZone, mapZone, switchMap);
  root.classList.toggle("without-filters", !phone.matches && window.matchMedia(NARROW).matches);
  phone.addEventListener("change", arrange);
  arrange();

  return {
    get phone() {
      return phone.matches;
    },
    hideList: () => collapse("list", true),
    showMap,
    whenMapOpens(act) {
      onMap = act;
    },
    rename(newWords) {
      words = newWords;
      filters.setAttribute("aria-label", words.say("ui.zone.filters"));
      listZone.setAttribute("aria-label", words.say("ui.zone.list"));
      mapZone.setAttribute("aria-label", words.say("ui.zone.map"));
      sheetTitle.textContent = words.say("ui.zone.filters");
      hideName.textContent = words.say("ui.filters.hide");
      for (const [button, id] of [[sheetClose, "ui.filters.close"],
        [rails.filters, "ui.filters.show"], [rails.list, "ui.list.show"]]) {
        button.setAttribute("aria-label", words.say(id));
        button.title = words.say(id);
      }
      drawSwitch();
    },
    update({ shown }) {
      const conditions = groups.reduce((sum, { group }) => sum + group.conditions, 0);
      sheetApply.textContent = words.say("ui.filters.apply", { n: words.number(shown) });
      rails.filters.querySelector(".rail-count").textContent = conditions ? String(conditions) : "";
      rails.list.querySelector(".rail-count").textContent = words.number(shown);
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
