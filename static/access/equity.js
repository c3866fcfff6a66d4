// The same reach for every site of the snapshot, and for a what-if place, beside each other.

import { element } from "../explorer/elements.js";

export function createEquity({ onSite }) {
  const title = element("h2");
  const text = element("p", { class: "quiet" });
  const list = element("ul", { class: "equity" });
  const node = element("section", { class: "equity-zone" }, title, text, list);
  let data = null;
  let say = null;
  let rows = [];

  function row(site) {
    const sure = element("span", { class: "sure" });
    const maybe = element("span", { class: "maybe" });
    const value = element("span", { class: "value" });
    const disc = site.letter
      ? element("span", { class: "disc", text: site.letter, "aria-hidden": "true" })
      : element("span", { class: "disc what-if", text: "?", "aria-hidden": "true" });
    if (site.colour) disc.style.setProperty("--park", site.colour);
    const name = site.id && !site.chosen
      ? element("button", { type: "button", class: "name", onclick: () => onSite(site.id) }, element("bdi", { text: site.name }))
      : element("span", { class: "name" }, element("bdi", { text: site.name }));
    const kind = element("span", { class: "kind quiet", text: site.kind ?? "" });
    const line = element("li", { class: site.chosen || !site.id ? "chosen" : "" }, disc,
      element("span", { class: "names" }, name, kind), value, element("span", { class: "track", "aria-hidden": "true" }, sure, maybe));
    return { site, sure, maybe, value, line };
  }

  return {
    node,
    update(answer, sayer) {
      [data, say] = [answer, sayer];
      title.textContent = data.words.equity;
      const what = data.place.what_if ? [data.place] : [];
      rows = [...what, ...data.sites].map(row);
      list.replaceChildren(...rows.map(({ line }) => line));
      node.hidden = rows.length === 0;
    },
    show(minute, of) {
      const total = data.totals[of] || 1;
      text.textContent = say.fill(data.words["equity.text"], { n: say.minutes(minute), mode: data.words.mode,
        what: data.words.of[of] ?? "" });
      for (const { site, sure, maybe, value } of rows) {
        const curve = site.curves?.[of];
        const [low, high] = curve ? [curve.low[minute], curve.high[minute]] : [0, 0];
        sure.style.width = `${(100 * low) / total}%`;
        maybe.style.width = `${(100 * (high - low)) / total}%`;
        value.textContent = curve ? `${say.count(curve, minute)} · ${say.share(curve, minute, total)}` : data.words.not_reached;
        value.classList.toggle("missing", !curve);
      }
    },
  };
}
