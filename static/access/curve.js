// How much is reached by minute: for each place a line, or a band from the least to the most.

import { element } from "../explorer/elements.js";
import { svg } from "../explorer/svg.js";

const HEIGHT = 190;
const EDGE = { left: 52, right: 12, top: 12, bottom: 26 };
const NUMBERS = 16; // room for the numbers of several lines
const STEPS = [1, 2, 2.5, 5, 10];

/** A round number that leaves about four steps up to `most`. */
const stepOf = (most) => {
  const rough = most / 4 || 1;
  const ten = 10 ** Math.floor(Math.log10(rough));
  return ten * STEPS.find((step) => step * ten >= rough);
};

export function createCurve() {
  const picture = svg("svg", { class: "curve", role: "img", height: HEIGHT });
  const node = element("div", { class: "curve-zone" }, picture);
  let last = null;

  function draw() {
    if (!last || !picture.clientWidth) return;
    const [lines, minute, say, title] = last;
    const width = picture.clientWidth;
    const end = lines[0].curve.high.length - 1;
    const top = Math.max(...lines.map(({ curve }) => Math.max(...curve.high)));
    const step = stepOf(top);
    const most = Math.max(step, Math.ceil(top / step) * step);
    const right = EDGE.right + (lines.length > 1 ? NUMBERS : 0);
    const x = (at) => EDGE.left + ((width - EDGE.left - right) * at) / end;
    const y = (value) => HEIGHT - EDGE.bottom - ((HEIGHT - EDGE.top - EDGE.bottom) * value) / most;
    const points = (values) => values.map((value, at) => `${x(at).toFixed(1)} ${y(value).toFixed(1)}`);
    const parts = [];
    for (let value = 0; value <= most; value += step) {
      parts.push(svg("path", { class: "grid", d: `M${x(0)} ${y(value)}H${x(end)}` }),
        svg("text", { class: "tick end", x: EDGE.left - 6, y: y(value) + 4 }, say.number(value)));
    }
    for (let at = 0; at <= end; at += 15) parts.push(svg("text", { class: "tick middle", x: x(at), y: HEIGHT - 8 }, say.number(at)));
    parts.push(svg("path", { class: "now", d: `M${x(minute)} ${y(0)}V${EDGE.top}` }));
    const numbered = new Set(); // heights that have a number: one beside another would hide it
    for (const { curve, colour, dash, together, number } of lines) {
      const group = svg("g", { class: together ? "place-line together" : "place-line" });
      group.style.setProperty("--own", colour ?? "var(--text)");
      const drawn = { class: "line", "stroke-dasharray": together ? "2 3" : dash };
      group.append(svg("path", { class: "band", d: `M${[...points(curve.high), ...points(curve.low).reverse()].join("L")}Z` }),
        svg("path", { ...drawn, d: `M${points(curve.low).join("L")}` }),
        svg("path", { ...drawn, d: `M${points(curve.high).join("L")}` }),
        svg("circle", { class: "dot", r: 4.5, cx: x(minute), cy: y(curve.low[minute]) }),
        svg("circle", { class: "dot", r: 4.5, cx: x(minute), cy: y(curve.high[minute]) }));
      if (lines.length > 1) {
        // Lines that meet at the end carry their numbers along the way.
        let at = end;
        const slot = (minuteOf) => `${minuteOf}:${Math.round(y(curve.high[minuteOf]) / 12)}`;
        while (at > 12 && numbered.has(slot(at))) at -= 6;
        numbered.add(slot(at));
        group.append(svg("text", { class: "tick number", x: x(at) + (at === end ? 6 : 0), y: y(curve.high[at]) + (at === end ? 4 : -6) },
          together ? "∪" : String(number)));
      }
      parts.push(group);
    }
    picture.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    picture.setAttribute("aria-label", title);
    picture.replaceChildren(...parts);
  }
  new ResizeObserver(draw).observe(picture);

  return {
    node,
    show(lines, minute, say, title) {
      last = [lines, minute, say, title];
      draw();
    },
  };
}
