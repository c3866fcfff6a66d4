// Spans to set by their two ends; years and money with a small histogram of what other filters leave.

import { element } from "./elements.js";
import { createGroup } from "./facets.js";
import { UNKNOWN } from "./link.js";

const SETTLE_MS = 250;

function drawBars(bars, counts, inside) {
  const most = Math.max(1, ...counts);
  if (bars.childElementCount !== counts.length)
    bars.replaceChildren(...counts.map(() => element("span", { class: "bar" })));
  counts.forEach((count, at) => {
    const bar = bars.children[at];
    bar.style.setProperty("--share", String(count ? Math.max(0.06, count / most) : 0));
    bar.classList.toggle("inside", inside(at));
  });
}

/** A change is told when one has stopped moving; until then an answer to an earlier one leaves it alone. */
function settled(act) {
  let timer = 0;
  let known = ""; // what the link held when it was looked at last
  return {
    later() {
      clearTimeout(timer);
      timer = setTimeout(() => {
        timer = 0;
        act();
      }, SETTLE_MS);
    },
    /** Whether the fields follow the link: always, but for a change that waits on a link as it was. */
    follows(chosen) {
      const held = JSON.stringify(chosen ?? null);
      const same = held === known;
      known = held;
      if (timer && same) return false;
      clearTimeout(timer);
      timer = 0;
      return true;
    },
  };
}

export function createYears(onChange, explain) {
  const bars = element("div", { class: "bars", "aria-hidden": "true" });
  const thumbs = ["from", "to"].map((end) => element("input", { type: "range", class: "thumb", "data-end": end }));
  const [from, to] = thumbs;
  const labels = ["from", "to"].map(() => element("output", { class: "edge" }));
  const missing = element("p", { class: "no-data" });
  const group = createGroup("years", element("div", { class: "years" },
    element("div", { class: "track" }, bars, ...thumbs),
    element("div", { class: "edges" }, ...labels), missing), { explain });
  let span = [0, 0];
  let counts = [];

  const draw = () => {
    const [first, last] = [Number(from.value), Number(to.value)];
    labels[0].textContent = String(first);
    labels[1].textContent = String(last);
    thumbs.forEach((thumb) => thumb.setAttribute("aria-valuetext", thumb.value));
    drawBars(bars, counts, (at) => span[0] + at >= first && span[0] + at <= last);
  };
  const change = settled(() => {
    const open = Number(to.value) === span[1]; // the last bar stands for everything after it too
    if (open && Number(from.value) === span[0]) onChange("years", null);
    else onChange("years", open ? [from.value] : [from.value, to.value]);
  });
  thumbs.forEach((thumb) => thumb.addEventListener("input", () => {
    // The ends never pass each other: the moved one stops where the other stands.
    if (thumb === from) from.value = String(Math.min(Number(from.value), Number(to.value)));
    else to.value = String(Math.max(Number(from.value), Number(to.value)));
    draw();
    change.later();
  }));

  return {
    group,
    update({ words, years, chosen, histogram }) {
      span = years;
      counts = histogram.slice(0, -1);
      group.update(words.say("ui.facet.years"), chosen ? 1 : 0);
      const follow = change.follows(chosen);
      thumbs.forEach((thumb, at) => {
        thumb.min = String(span[0]);
        thumb.max = String(span[1]);
        if (follow) thumb.value = chosen?.[at] ?? String(span[at]);
        thumb.setAttribute("aria-label", words.say(at ? "ui.years.to" : "ui.years.from"));
      });
      draw();
      missing.hidden = histogram.at(-1) === 0;
      missing.textContent = words.say("ui.facet.no_data", { n: words.number(histogram.at(-1)) });
    },
  };
}

export function createMoney(onChange, explain) {
  const bars = element("div", { class: "bars money-bars", "aria-hidden": "true" });
  const fields = ["from", "to"].map((end) => element("input", {
    type: "number", min: "0", step: "any", inputmode: "decimal", class: "field", "data-end": end }));
  const captions = fields.map(() => element("span", {}));
  const none = element("input", { type: "checkbox", onchange: () => onChange("money", none.checked ? [UNKNOWN] : null) });
  const noneName = element("span", { class: "option-name" });
  const noneCount = element("span", { class: "count" });
  const group = createGroup("money", element("div", {}, bars,
    element("div", { class: "between" }, ...fields.map((field, at) => element("label", {}, captions[at], field))),
    element("label", { class: "option" }, none, noneName, noneCount)), { explain });

  const change = settled(() => {
    const ends = fields.map((field) => field.value.trim());
    if (!fields.every((field) => field.validity.valid)) return;
    const [least, most] = ends;
    if (most) onChange("money", [least || "0", most]);
    else onChange("money", least ? [least] : null);
  });
  fields.forEach((field) => field.addEventListener("input", change.later));

  return {
    group,
    update({ words, edges, chosen, histogram }) {
      const unknown = chosen?.[0] === UNKNOWN;
      const span = unknown ? null : chosen;
      none.checked = unknown;
      none.disabled = histogram.at(-1) === 0 && !unknown && !none.matches(":focus");
      noneName.textContent = words.say("ui.money.unknown");
      noneCount.textContent = words.number(histogram.at(-1));
      group.update(words.say("ui.facet.money"), chosen ? 1 : 0);
      const follow = change.follows(chosen);
      fields.forEach((field, at) => {
        captions[at].textContent = words.say(at ? "ui.money.to" : "ui.money.from");
        field.setAttribute("aria-label", words.say(at ? "ui.money.to.label" : "ui.money.from.label"));
        const value = span?.[at] ?? "";
        // A field one is typing in is left alone as long as it says the same.
        if (follow && Number(field.value) !== Number(value)) field.value = value;
      });
      const low = span?.[0] ? Number(span[0]) : unknown ? Infinity : 0;
      const high = span?.[1] ? Number(span[1]) : Infinity;
      drawBars(bars, histogram.slice(0, -1), (at) => (edges[at + 1] ?? Infinity) > low && edges[at] <= high);
    },
  };
}

const FORMS = {
  number: { type: "number", step: "any", inputmode: "decimal" },
  year: { type: "number", step: "1", inputmode: "numeric" },
  date: { type: "date" },
};

/** A span of a column of the viewer's layer; `ends` are the least and the largest value in it. */
export function createSpan(key, { kind, ends }, onChange) {
  const fields = ["from", "to"].map((end, at) => element("input", {
    ...FORMS[kind], class: "field", "data-end": end, placeholder: ends[at] }));
  const captions = fields.map(() => element("span", {}));
  const missing = element("p", { class: "no-data" });
  const group = createGroup(key, element("div", {},
    element("div", { class: kind === "date" ? "between dates" : "between" },
      ...fields.map((field, at) => element("label", {}, captions[at], field))), missing));
  const change = settled(() => {
    if (!fields.every((field) => field.validity.valid)) return;
    const [least, most] = fields.map((field) => field.value.trim());
    onChange(least || most ? `${least}..${most}` : "");
  });
  fields.forEach((field) => field.addEventListener("input", change.later));

  return {
    group,
    /** `chosen` holds one span as the link writes it, or nothing; `counts` the rows without data. */
    update({ words, name, chosen, counts }) {
      group.update(name, chosen.length);
      const set = (chosen[0] ?? "..").split("..");
      const follow = change.follows(chosen);
      fields.forEach((field, at) => {
        captions[at].textContent = words.say(at ? "ui.own.most" : "ui.own.least");
        field.setAttribute("aria-label", words.say(at ? "ui.own.most.of" : "ui.own.least.of", { name }));
        // A field one is typing in is left alone as long as it says the same.
        if (follow && field.value !== set[at] && Number(field.value || NaN) !== Number(set[at])) field.value = set[at];
      });
      const unknown = counts.at(-1) ?? 0;
      missing.hidden = unknown === 0;
      missing.textContent = words.say("ui.facet.no_data", { n: words.number(unknown) });
    },
  };
}
