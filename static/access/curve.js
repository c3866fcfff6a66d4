// How much is reached by minute: a line, or a band from the least to the most.

import { element } from "../explorer/elements.js";
import { svg } from "../explorer/svg.js";

const HEIGHT = 190;
const EDGE = { left: 52, right: 12, top: 12, bottom: 26 };
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
    const [curve, minute, say, title] = last;
    const width = picture.clientWidth;
    const end = curve.high.length - 1;
    const step = stepOf(Math.max(...curve.high));
    const most = Math.max(step, Math.ceil(Math.max(...curve.high) / step) * step);
    const x = (at) => EDGE.left + ((width - EDGE.left - EDGE.right) * at) / end;
    const y = (value) => HEIGHT - EDGE.bottom - ((HEIGHT - EDGE.top - EDGE.bottom) * value) / most;
    const points = (values) => values.map((value, at) => `${x(at).toFixed(1)} ${y(value).toFixed(1)}`);
    const parts = [];
    for (let value = 0; value <= most; value += step) {
      parts.push(svg("path", { class: "grid", d: `M${x(0)} ${y(value)}H${x(end)}` }),
        svg("text", { class: "tick end", x: EDGE.left - 6, y: y(value) + 4 }, say.number(value)));
    }
    for (let at = 0; at <= end; at += 15) parts.push(svg("text", { class: "tick middle", x: x(at), y: HEIGHT - 8 }, say.number(at)));
    parts.push(svg("path", { class: "band", d: `M${[...points(curve.high), ...points(curve.low).reverse()].join("L")}Z` }),
      svg("path", { class: "line", d: `M${points(curve.low).join("L")}` }),
      svg("path", { class: "line", d: `M${points(curve.high).join("L")}` }),
      svg("path", { class: "now", d: `M${x(minute)} ${y(0)}V${EDGE.top}` }),
      svg("circle", { class: "dot", r: 4.5, cx: x(minute), cy: y(curve.low[minute]) }),
      svg("circle", { class: "dot", r: 4.5, cx: x(minute), cy: y(curve.high[minute]) }));
    picture.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
    picture.setAttribute("aria-label", title);
    picture.replaceChildren(...parts);
  }
  new ResizeObserver(draw).observe(picture);

  return {
    node,
    show(curve, minute, say, title) {
      last = [curve, minute, say, title];
      draw();
    },
  };
}
