// The places that are compared, a row each with its number, and all of them together.

import { element } from "../explorer/elements.js";

export function createChosen({ onRemove }) {
  const title = element("h3");
  const list = element("ol", { class: "chosen-places" });
  const node = element("section", { class: "chosen-zone" }, title, list);
  let data = null;
  let say = null;
  let rows = [];

  function row(place, number) {
    const value = element("span", { class: "value" });
    const mark = element("span", { class: `mark${place.together ? " together" : ""}`, text: place.together ? "∪" : number, "aria-hidden": "true" });
    mark.style.setProperty("--own", place.colour ?? "var(--text)");
    const away = place.together || number === 1 ? element("span")
      : element("button", { type: "button", class: "away", text: "×", "aria-label": say.fill(data.words.remove, { name: place.name }),
        onclick: () => onRemove(place.id) });
    return { place, value, line: element("li", {}, mark, element("bdi", { text: place.name }), value, away) };
  }

  return {
    node,
    update(answer, sayer) {
      [data, say] = [answer, sayer];
      node.hidden = !data.together;
      if (node.hidden) return;
      rows = [...data.places, { ...data.together, name: data.words.any, together: true }].map((place, at) => row(place, at + 1));
      list.replaceChildren(...rows.map(({ line }) => line));
    },
    show(minute, of) {
      if (node.hidden) return;
      title.textContent = say.fill(data.words.compare, { n: say.minutes(minute) });
      for (const { place, value } of rows) {
        const curve = place.curves?.[of];
        value.textContent = curve ? `${say.count(curve, minute)} · ${say.share(curve, minute, data.totals[of])}` : "";
      }
    },
  };
}
