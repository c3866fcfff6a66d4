// Rows that a filter on dates leaves out because nobody dated their facts, and what dates can tell.

import { element, link } from "../explorer/elements.js";

export function createUndated() {
  const title = element("h2", { class: "chart-title" });
  const can = element("p", {});
  const cannot = element("p", {});
  const summary = element("summary", { class: "charts-summary" });
  const list = element("ul", { class: "undated-list" });
  const apart = element("details", { class: "charts" }, summary, list);
  const node = element("section", { class: "dates-told", hidden: true }, title, can, cannot, apart);

  return {
    node,
    /** `order` has the numbers of the undated rows; null while no date is asked for. */
    update({ words, index, order }) {
      node.hidden = order === null;
      if (order === null) return;
      title.textContent = words.say("ui.dates.title");
      can.textContent = words.say("ui.dates.can");
      cannot.textContent = words.say("ui.dates.cannot");
      summary.textContent = words.say("ui.dates.undated", { n: words.number(order.length) });
      apart.hidden = order.length === 0;
      list.replaceChildren(...order.map((number) => {
        const { id, type, [words.lang]: [name] } = index.rows[number];
        return element("li", {}, type === "own" ? name
          : link(`/object?id=${encodeURIComponent(id)}&lang=${words.lang}`, name));
      }));
    },
  };
}
