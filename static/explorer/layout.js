// Where the zones stand: four columns on a desktop, list or map on a phone, filters as a sheet there.

import { element, icon } from "./elements.js";
import { createFilterZone } from "./filter_zone.js";

export function createLayout(root, { search, groups, head, list, mapZone, panel, note }) {
  const listZone = element("section", { class: "list" }, head, list);
  const rail = element("button", { type: "button", class: "rail rail-list", onclick: () => collapse(false) },
    icon("list"), element("span", { class: "rail-name" }), element("span", { class: "rail-count" }));
  const switchMap = element("button", { type: "button", class: "switch-map", onclick: () => showMap(!root.classList.contains("map-open")) });
  let words = null;
  let onMap = () => {};
  const openMap = () => {
    const first = onMap;
    onMap = () => {};
    first();
  };

  const collapse = (away) => {
    root.classList.toggle("without-list", away);
    if (away) rail.focus();
    else list.querySelector("[tabindex='0']")?.focus();
  };
  const drawSwitch = () => {
    const open = root.classList.contains("map-open");
    switchMap.replaceChildren(icon(open ? "list" : "map"),
      element("span", { text: words.say(open ? "ui.map.close" : "ui.map.open") }));
  };
  const showMap = (open) => {
    root.classList.toggle("map-open", open);
    if (open) openMap();
    drawSwitch();
    filters.arrange();
  };
  const filters = createFilterZone(root, { search, groups, onArrange: ({ small, sheet }) => {
    const map = small && root.classList.contains("map-open");
    // A sheet over list and map alike, a part of the map (also in full screen) otherwise.
    (small ? root : mapZone).append(panel, note);
    listZone.inert = sheet || map;
    mapZone.inert = sheet || (small && !map);
    switchMap.inert = sheet;
    // A phone turned on its side has room for it.
    if (!small) openMap();
  } });

  root.append(filters.bar, filters.rail, filters.node, rail, listZone, mapZone, switchMap);
  filters.arrange();

  return {
    get phone() {
      return filters.phone;
    },
    hideList: () => collapse(true),
    closeSheet: filters.closeSheet,
    showMap,
    whenMapOpens(act) {
      onMap = act;
    },
    rename(newWords) {
      words = newWords;
      filters.rename(words);
      listZone.setAttribute("aria-label", words.say("ui.zone.list"));
      mapZone.setAttribute("aria-label", words.say("ui.zone.map"));
      rail.setAttribute("aria-label", words.say("ui.list.show"));
      rail.title = words.say("ui.list.show");
      drawSwitch();
    },
    update({ shown }) {
      filters.update({ words, shown });
      rail.querySelector(".rail-count").textContent = words.number(shown);
    },
    destroy: filters.destroy,
  };
}
