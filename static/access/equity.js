// The same reach for the kinds of park and each of their sites, beside a what-if place and what it
// would add to each kind.

import { element } from "../explorer/elements.js";

export function createEquity({ onSite, onBeside }) {
  const title = element("h2");
  const text = element("p", { class: "quiet" });
  const list = element("ul", { class: "equity" });
  const node = element("section", { class: "equity-zone" }, title, text, list);
  let data = null;
  let say = null;
  let rows = [];

  function toggle(site) {
    const word = data.words[site.beside ? "remove" : "add"];
    return element("button", { type: "button", class: "turn", text: site.beside ? "−" : "+", "aria-pressed": String(site.beside),
      "aria-label": say.fill(word, { name: site.name }), title: say.fill(word, { name: site.name }), onclick: () => onBeside(site.id) });
  }
  function named(site) {
    const name = !site.what_if && !site.chosen
      ? element("button", { type: "button", class: "name", onclick: () => onSite(site.id) }, element("bdi", { text: site.name }))
      : element("span", { class: "name" }, element("bdi", { text: site.name }));
    const offered = !site.what_if && !site.chosen && site.curves;
    return element("span", { class: "site-line" }, name, ...(offered ? [toggle(site)] : []));
  }
  /** A kind of park: its sites by name, the bar of them together. */
  function row(kind, sites) {
    const parts = Object.fromEntries(["sure", "maybe", "more"].map((part) => [part, element("span", { class: part })]));
    const value = element("span", { class: "value" });
    const disc = kind.letter
      ? element("span", { class: "disc", text: kind.letter, "aria-hidden": "true" })
      : element("span", { class: "disc what-if", text: "?", "aria-hidden": "true" });
    if (kind.colour) disc.style.setProperty("--park", kind.colour);
    const alone = sites.length === 1;
    const kindName = element("span", { class: "kind quiet", text: kind.kind ?? "" });
    const names = element("span", { class: "names" }, ...(alone ? [named(sites[0]), kindName] : [element("strong", { text: kind.kind })]));
    const line = element("li", { class: sites.some(({ chosen }) => chosen) || kind.what_if ? "chosen" : "" }, disc, names, value,
      element("span", { class: "track", "aria-hidden": "true" }, parts.sure, parts.maybe, parts.more));
    const below = alone ? [] : sites.map((site) => {
      const own = element("span", { class: "value own" });
      line.append(element("span"), named(site), own);
      return { site, own };
    });
    return { kind, ...parts, value, line, below };
  }
  const worth = (curve, minute, total) => (curve ? `${say.count(curve, minute)} · ${say.share(curve, minute, total)}` : data.words.not_reached);

  return {
    node,
    update(answer, sayer) {
      [data, say] = [answer, sayer];
      title.textContent = data.words.equity;
      const what = data.places.filter((place) => place.what_if).map((place) => row(place, [place]));
      const lost = data.sites.filter(({ curves, park }) => !curves && !data.kinds.some((kind) => kind.park === park));
      rows = [...what,
        ...data.kinds.map((kind) => row(kind, data.sites.filter(({ park }) => park === kind.park))),
        ...lost.map((site) => row(site, [site]))];
      list.replaceChildren(...rows.map(({ line }) => line));
      node.hidden = rows.length === 0;
    },
    show(minute, of) {
      const total = data.totals[of] || 1;
      text.textContent = say.fill(data.words["equity.text"], { n: say.minutes(minute), mode: data.words.mode,
        what: data.words.of[of] ?? "" });
      if (rows.some(({ kind }) => kind.gain)) text.textContent += ` ${data.words["equity.new"]}`;
      for (const { kind, sure, maybe, more, value, below } of rows) {
        const curve = kind.curves?.[of];
        const [low, high] = curve ? [curve.low[minute], curve.high[minute]] : [0, 0];
        const anew = kind.gain?.[of];
        sure.style.width = `${(100 * low) / total}%`;
        maybe.style.width = `${(100 * (high - low)) / total}%`;
        more.style.width = `${(100 * (anew ? Math.min(anew.high[minute], total - high) : 0)) / total}%`;
        const extra = anew?.high[minute] ? say.fill(data.words["gain.of"], { low: say.count(anew, minute) }) : "";
        value.replaceChildren(worth(curve, minute, total), ...(extra ? [element("span", { class: "new", text: extra })] : []));
        value.classList.toggle("missing", !curve);
        for (const { site, own } of below) own.textContent = worth(site.curves?.[of], minute, total);
      }
    },
  };
}
