// The strip over the map: what is shown, in figures. Sums are not among them, as rows overlap.

import { element, iconButton } from "./elements.js";

export function createFigures() {
  const list = element("dl", { class: "figure-list" });
  const toggle = iconButton("chevron-down", "", () => {
    toggle.setAttribute("aria-expanded", String(node.classList.toggle("all")));
  }, { class: "more-figures", "aria-expanded": "false" });
  const node = element("div", { class: "figures float", role: "group" }, list, toggle);

  const figure = (value, name, importance, note = "") =>
    element("div", { class: `figure ${importance}` },
      element("dt", {}, element("span", { text: name }), note ? element("span", { class: "figure-note", text: note }) : null),
      element("dd", { text: value }));

  return {
    node,
    /** `recent`: how many of the running projects were so in a year or later; absent where nobody counts. */
    update({ words, totals, recent }) {
      const status = totals.projects_by_status;
      const known = (n, all) => words.say("ui.figures.of", { n: words.number(n), all: words.number(all) });
      const count = (n, name) => [words.number(n), words.plural(`ui.figures.${name}`, n)];
      node.setAttribute("aria-label", words.say("ui.figures.label"));
      toggle.setAttribute("aria-label", words.say("ui.figures.more"));
      toggle.title = words.say("ui.figures.more");
      list.replaceChildren(
        figure(...count(totals.sites, "sites"), "first"),
        ...(totals.own ? [figure(...count(totals.own, "own"), "first")] : []),
        figure(...count(status.running, "running"), "first", recent && status.running
          ? words.say("ui.figures.recent", { year: String(recent.year), n: words.number(recent.running) }) : ""),
        figure(...count(status.completed, "completed"), "more"),
        figure(...count(status.planned, "planned"), "more"),
        figure(...count(status.suspended, "suspended"), "more"),
        figure(known(totals.money_known, totals.shown), words.say("ui.figures.money"), "first"),
        figure(known(totals.jobs_known, totals.shown), words.say("ui.figures.jobs"), "more"),
        figure(known(totals.area_known, totals.sites), words.say("ui.figures.area"), "more"),
      );
    },
  };
}
