// The map of the matches: SVG in metres, moved by buttons, keys, a drag, or Ctrl and the wheel.

import { element, iconButton } from "../explorer/elements.js";
import { svg } from "../explorer/svg.js";

const STEP = 1.5;
const POINT_PX = 5;
const MOST_LINES = 2000;

// North is up: the y of the picture grows southwards.
const path = (lines, closed) => lines.map((line) =>
  `M${line.map(([east, north]) => `${east} ${-north}`).join("L")}${closed ? "Z" : ""}`).join("");

const middle = (shape) => {
  const points = shape.flat();
  const [west, east] = [Math.min(...points.map(([x]) => x)), Math.max(...points.map(([x]) => x))];
  const [south, north] = [Math.min(...points.map(([, y]) => y)), Math.max(...points.map(([, y]) => y))];
  return [(west + east) / 2, (south + north) / 2];
};

export function createMap({ onChoose }) {
  const picture = svg("svg", { class: "map", role: "img", tabindex: "0", preserveAspectRatio: "xMidYMid meet" });
  const buttons = element("div", { class: "zoom" });
  const legend = element("ul", { class: "legend" });
  const node = element("div", { class: "map-zone" }, picture, buttons, legend);
  let data = null;
  let view = null; // west, north, width, height
  let marks = { left: [], right: [], pairs: [], points: [] };

  const show = () => {
    picture.setAttribute("viewBox", view.join(" "));
    const metre = Math.max(view[2] / picture.clientWidth, view[3] / picture.clientHeight) || 1;
    picture.style.setProperty("--px", String(metre));
    for (const point of marks.points) point.setAttribute("r", String(POINT_PX * metre));
    for (const town of picture.querySelectorAll("text")) town.setAttribute("font-size", String(12 * metre));
  };
  // Signs keep their size in pixels; the style sheet that gives the picture its size comes late.
  new ResizeObserver(() => view && picture.clientWidth && show()).observe(picture);
  const zoom = (by) => {
    const [x, y, width, height] = view;
    view = [x + (width - width / by) / 2, y + (height - height / by) / 2, width / by, height / by];
    show();
  };
  const move = (right, down) => {
    view = [view[0] + view[2] * right, view[1] + view[3] * down, view[2], view[3]];
    show();
  };
  const fit = ([west, south, east, north]) => {
    view = [west, -north, Math.max(east - west, 1), Math.max(north - south, 1)];
    show();
  };
  const keys = {
    "+": () => zoom(STEP), "=": () => zoom(STEP), "-": () => zoom(1 / STEP), Home: () => fit(data.view),
    ArrowLeft: () => move(-0.2, 0), ArrowRight: () => move(0.2, 0), ArrowUp: () => move(0, -0.2), ArrowDown: () => move(0, 0.2),
  };
  picture.addEventListener("keydown", (event) => {
    if (!keys[event.key] || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    keys[event.key]();
  });
  picture.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return; // the page keeps its scroll
    event.preventDefault();
    zoom(event.deltaY < 0 ? STEP : 1 / STEP);
  }, { passive: false });
  picture.addEventListener("pointerdown", (start) => {
    if (start.pointerType !== "mouse" || start.button !== 0) return;
    const from = view;
    const metre = Math.max(view[2] / picture.clientWidth, view[3] / picture.clientHeight);
    const drag = (event) => {
      view = [from[0] - (event.clientX - start.clientX) * metre, from[1] - (event.clientY - start.clientY) * metre, from[2], from[3]];
      show();
    };
    const end = () => {
      removeEventListener("pointermove", drag);
      removeEventListener("pointerup", end);
    };
    addEventListener("pointermove", drag);
    addEventListener("pointerup", end);
  });

  const draw = (row, side, at, matched) => {
    if (!row.shape) return null;
    const group = svg("g", { class: `${side} ${row.kind}${matched ? "" : " alone"}` });
    if (row.kind === "point") {
      for (const [[east, north]] of row.shape) {
        const point = svg("circle", { cx: east, cy: -north });
        marks.points.push(point);
        group.append(point);
      }
    } else group.append(svg("path", { d: path(row.shape, row.kind === "area") }));
    const title = svg("title");
    title.textContent = row.name;
    group.append(title);
    group.addEventListener("click", () => onChoose(side, at));
    return group;
  };

  /** Move as far as needed to see what is chosen; the scale changes only if it is too large. */
  const reveal = (chosen, rows) => {
    const shapes = [...rows, ...chosen.flatMap((at) => [data.left[data.pairs.left[at]], data.right[data.pairs.right[at]]])]
      .map((row) => row.shape && middle(row.shape)).filter(Boolean);
    if (!shapes.length) return;
    const [west, east] = [Math.min(...shapes.map(([x]) => x)), Math.max(...shapes.map(([x]) => x))];
    const [south, north] = [Math.min(...shapes.map(([, y]) => y)), Math.max(...shapes.map(([, y]) => y))];
    const [x, y, width, height] = view;
    const seen = west >= x && east <= x + width && -north >= y && -south <= y + height;
    if (seen) return;
    const grow = Math.max((east - west) / width, (north - south) / height, 0.8) / 0.8;
    view = [(west + east) / 2 - (width * grow) / 2, -(south + north) / 2 - (height * grow) / 2, width * grow, height * grow];
    show();
  };

  return {
    node,
    update(answer) {
      data = answer;
      const { words, pairs } = data;
      marks = { left: [], right: [], pairs: [], points: [] };
      picture.replaceChildren();
      picture.setAttribute("aria-label", words.map);
      for (const side of ["right", "left"]) {
        const matched = new Set(pairs[side]);
        marks[side] = data[side].map((row, at) => draw(row, side, at, matched.has(at)));
      }
      const between = data.left.map((row) => row.shape && middle(row.shape));
      const towards = data.right.map((row) => row.shape && middle(row.shape));
      marks.pairs = pairs.left.slice(0, MOST_LINES).map((left, at) => {
        const [from, to] = [between[left], towards[pairs.right[at]]];
        return from && to ? svg("path", { class: `pair ${pairs.certainty[at]}`, d: path([[from, to]], false) }) : null;
      });
      const towns = data.towns.map(({ name, at: [east, north] }) => {
        const town = svg("text", { class: "town", x: east, y: -north });
        town.textContent = name;
        return town;
      });
      picture.append(...[...towns, ...marks.right.filter((mark) => mark?.matches(".area, .line")), ...marks.pairs,
        ...marks.right.filter((mark) => mark?.matches(".point")), ...marks.left].filter(Boolean));
      buttons.replaceChildren(iconButton("plus", words.zoom_in, () => zoom(STEP)),
        iconButton("minus", words.zoom_out, () => zoom(1 / STEP)), iconButton("house", words.all, () => fit(data.view)));
      legend.replaceChildren(...["left", "unmatched", "right", "line"].map((part) => element("li", {},
        element("span", { class: `sign ${part}`, "aria-hidden": "true" }), element("span", { text: words[`legend_${part}`] }))));
      fit(data.view);
    },
    /** Mark pairs and what they join; all others step back. */
    mark(chosen, { side, row }) {
      picture.classList.add("choosing");
      for (const mark of picture.querySelectorAll(".chosen")) mark.classList.remove("chosen");
      const found = side ? [marks[side][row]] : [];
      for (const at of chosen) found.push(marks.pairs[at], marks.left[data.pairs.left[at]], marks.right[data.pairs.right[at]]);
      for (const mark of found) mark?.classList.add("chosen");
      reveal(chosen, side ? [data[side][row]] : []);
    },
  };
}
