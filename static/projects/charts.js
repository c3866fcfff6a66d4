// Charts that filter: each bar is a switch of one condition of the link, counted under all others.
// Beside each stands the same as a table.

import { element } from "../explorer/elements.js";
import { missingText } from "../explorer/facets.js";
import { toggled } from "../explorer/link.js";

const FACETS = ["status", "kind", "direction", "cluster"];

/** The data of a chart in words: rows of [name, number], or [name, number, those of unknown end]. */
function createData() {
  const body = element("tbody", {});
  const heads = ["", "number", "number"].map((css) => element("th", { scope: "col", class: css }));
  const summary = element("summary", {});
  const caption = element("caption", { class: "hidden" });
  const node = element("details", { class: "chart-data" }, summary,
    element("table", {}, caption, element("thead", {}, element("tr", {}, ...heads)), body));
  return {
    node,
    update(words, title, rows) {
      summary.textContent = words.say("ui.charts.data");
      summary.setAttribute("aria-label", words.say("ui.charts.data.of", { title }));
      caption.textContent = title;
      heads[0].textContent = title;
      heads[1].textContent = words.say("ui.charts.rows");
      heads[2].textContent = words.say("ui.charts.years.open");
      heads[2].hidden = !rows.some(([, , open]) => open !== undefined);
      body.replaceChildren(...rows.map(([name, ...numbers]) => element("tr", {}, element("th", { scope: "row", text: name }),
        ...numbers.filter((n) => n !== undefined).map((n) => element("td", { class: "number", text: words.number(n) })))));
    },
  };
}

/** What full and hatched parts of a bar are. */
function createKey() {
  const names = ["sure", "open"].map((css) => [css, element("span", {})]);
  const node = element("ul", { class: "chart-key", hidden: true }, ...names.map(([css, name]) =>
    element("li", {}, element("span", { class: `chart-sample ${css}`, "aria-hidden": "true" }), name)));
  return {
    node,
    update(words, shown) {
      node.hidden = !shown;
      for (const [css, name] of names) name.textContent = words.say(`ui.charts.years.${css}`);
    },
  };
}

/** A chart of bars; `bars` are {id, name, n, open, chosen, act}: `open` of the rows have no known end. */
function createChart(css) {
  const title = element("h2", { class: "chart-title" });
  const list = element("ul", { class: `chart-bars ${css}` });
  const explained = element("p", { class: "chart-about" });
  const missing = element("p", { class: "no-data" });
  const key = createKey();
  const data = createData();
  const node = element("section", { class: `chart ${css}` }, title, explained, key.node, list, missing, data.node);
  let drawn = "";
  let made = [];

  const make = ({ name, open }) => {
    const count = element("span", { class: "bar-count" });
    const parts = [element("span", { class: "bar-name", text: name }), element("span", { class: "bar-track" },
      element("span", { class: "bar-fill" }, open === undefined ? null : element("span", { class: "bar-open" }))), count];
    const bar = element("button", { type: "button", class: "chart-bar", onclick: () => bar.act() }, ...parts);
    return { node: element("li", {}, bar), bar, count };
  };

  return {
    node,
    /** `unknown` rows have no data, to `outside` of them the question does not apply. */
    update({ words, name, bars, unknown, outside = 0, about = "" }) {
      const state = `${words.lang} ${bars.map((bar) => bar.id).join()}`;
      if (state !== drawn) {
        made = bars.map(make);
        list.replaceChildren(...made.map((one) => one.node));
        drawn = state;
      }
      title.textContent = name;
      explained.hidden = !about;
      explained.textContent = about;
      node.setAttribute("aria-label", name);
      const most = Math.max(1, ...bars.map(({ n }) => n));
      const any = bars.some(({ chosen }) => chosen);
      bars.forEach(({ name: label, n, open, chosen, act }, at) => {
        const { bar, count } = made[at];
        count.textContent = words.number(n);
        bar.style.setProperty("--share", String(n ? Math.max(0.02, n / most) : 0));
        bar.classList.toggle("faint", any && !chosen);
        const text = words.say(open ? "ui.charts.bar.open" : "ui.charts.bar",
          { name: label, n: words.number(n), open: words.number(open ?? 0) });
        bar.style.setProperty("--open", String(open ? open / n : 0));
        bar.act = act;
        // The bar in use stays, or the keyboard would lose its place.
        bar.disabled = n === 0 && !chosen && !bar.matches(":focus");
        bar.setAttribute("aria-pressed", String(chosen));
        bar.setAttribute("aria-label", text);
        bar.title = text;
      });
      key.update(words, bars.some(({ open }) => open));
      const told = missingText(unknown ?? 0, outside, words);
      missing.hidden = !told;
      missing.textContent = told;
      data.update(words, name, [...bars.map(({ name: label, n, open }) => [label, n, open]),
        ...(unknown === undefined ? [] : [[words.say("ui.charts.no_data"), unknown - outside]])]);
    },
  };
}

export function createCharts({ read, change }) {
  const facets = FACETS.map(() => createChart("flat"));
  const money = createChart("flat");
  const years = createChart("upright");
  const note = element("p", { class: "charts-note" });
  const summary = element("summary", { class: "charts-summary" });
  const node = element("details", { class: "charts", open: !window.matchMedia("(max-width: 760px)").matches },
    summary, note, element("div", { class: "charts-grid" },
      element("div", {}, facets[0].node, money.node), ...facets.slice(1).map((chart) => chart.node), years.node));

  const same = (span, low, high) => span?.length === (high === undefined ? 1 : 2)
    && Number(span[0]) === low && (high === undefined || Number(span[1]) === high);
  const flip = (key, span) => change({ [key]: same(read()[key], ...span) ? null : span.map(String) });

  return {
    node,
    update({ words, index, link, data }) {
      summary.textContent = words.say("ui.charts.title");
      note.textContent = words.say("ui.charts.note");
      FACETS.forEach((key, at) => {
        const counts = data.counts[key];
        facets[at].update({ words, name: words.say(`ui.facet.${key}`), unknown: counts.at(-1),
          outside: data.not_applicable[key], bars: index.facets[key].map((option, n) => ({ id: option.id, name: option[words.lang], n: counts[n],
            chosen: link[key].includes(option.id),
            act: () => change({ [key]: toggled(read()[key], option.id) }) })) });
      });
      const known = data.money.slice(0, -1).reduce((sum, n) => sum + n, 0);
      money.update({ words, name: words.say("ui.charts.money"), bars: [
        { id: "known", name: words.say("ui.charts.money.known"), n: known,
          chosen: same(link.money, 0), act: () => flip("money", [0]) },
        { id: "unknown", name: words.say("ui.charts.money.unknown"), n: data.money.at(-1),
          chosen: link.money?.[0] === "unknown",
          act: () => change({ money: read().money?.[0] === "unknown" ? null : ["unknown"] }) },
      ] });
      const [first, last] = link.years ? [Number(link.years[0]), Number(link.years[1] ?? Infinity)] : [NaN, NaN];
      years.update({ words, name: words.say("ui.charts.years"), unknown: data.years.at(-1),
        about: words.say("ui.charts.years.about"), bars: data.years.slice(0, -1).map((n, at) => {
          const year = index.years[0] + at;
          return { id: String(year), name: String(year), n, open: data.years_open[at], chosen: year >= first && year <= last,
            act: () => flip("years", [year, year]) };
        }) });
    },
  };
}
