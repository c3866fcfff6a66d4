// Map, slider, curve and comparison of the sites. The slider reads prepared curves: the server is
// told where it came to rest, for the link alone.

import { addIcons, element } from "../explorer/elements.js";
import { createCurve } from "./curve.js";
import { createEquity } from "./equity.js";
import { createMap } from "./map.js";
import { sayer } from "./say.js";

const REST_MS = 350;

export function createAccess() {
  const map = createMap({ onPlace: (at) => send({ at }), onSite: (site) => send({ site }) });
  const slider = element("input", { type: "range", max: "60", step: "1", id: "access-minutes",
    oninput: () => set(Number(slider.value)), onchange: () => rest() });
  const label = element("label", { for: "access-minutes" });
  const counted = element("div", { class: "counted", role: "group" });
  const place = element("p", { class: "place" });
  const figure = element("p", { class: "figure" });
  const sentence = element("p", { class: "sentence" });
  const ring = element("p", { class: "ring quiet" });
  const estimate = element("p", { class: "ring quiet" });
  const heard = element("p", { class: "heard", role: "status", "aria-live": "polite" });
  const curve = createCurve();
  const equity = createEquity({ onSite: (site) => send({ site }) });
  const panel = element("div", { class: "panel" }, place, element("div", { class: "slider" }, label, slider),
    counted, figure, sentence, curve.node, ring, estimate);
  const node = element("div", { class: "access loading" }, map.node, panel, equity.node, heard);
  let data = null;
  let say = null;
  let trigger = null;
  let minutes = 0;
  let of = "";
  let sent = 0;
  let waiting = 0;

  function send(step) {
    clearTimeout(waiting);
    sent += 1;
    trigger("step", { minutes, of, ...step, n: sent, key: data.key });
  }
  function rest() {
    clearTimeout(waiting);
    waiting = setTimeout(() => { send({}); heard.textContent = spoken(); }, REST_MS);
  }
  const spoken = () => `${data.place.name}: ${figure.textContent} ${sentence.textContent}`;
  function set(to) {
    minutes = to;
    show();
  }
  function count(what) {
    of = what;
    show();
    rest();
  }

  function show() {
    const { words } = data;
    slider.value = String(minutes);
    const said = say.minutes(minutes);
    slider.setAttribute("aria-valuetext", said);
    label.textContent = `${words.minutes}: ${said}`;
    for (const button of counted.children) button.setAttribute("aria-pressed", String(button.value === of));
    const own = data.place.curves?.[of];
    figure.textContent = own ? say.count(own, minutes) : "";
    sentence.textContent = own ? say.fill(words[`curve.${of}`], { n: said, mode: words.mode,
      share: say.share(own, minutes, data.totals[of]) }) : "";
    estimate.textContent = words.estimate;
    const shown = map.ring(minutes);
    ring.textContent = shown === null ? "" : say.fill(words.ring, { n: say.minutes(shown) });
    if (own) curve.show(own, minutes, say, spoken());
    equity.show(minutes, of);
  }

  return {
    node,
    attach(parent) {
      parent.append(node);
      addIcons(node);
    },
    destroy() { clearTimeout(waiting); },
    update(answer, setTrigger) {
      trigger = setTrigger;
      const late = answer.n && answer.n < sent; // the viewer has moved on since
      const anew = data === null || answer.key !== data.key;
      data = { ...data, ...answer };
      say = sayer(data);
      if (!late) [minutes, of] = [data.minutes, data.of];
      slider.min = String(data.least);
      place.replaceChildren(element("span", { class: "quiet", text: `${data.words.place}: ` }), element("bdi", { text: data.place.name }));
      place.classList.toggle("what-if", data.place.what_if);
      counted.setAttribute("aria-label", data.words.counted);
      if (anew) {
        counted.replaceChildren(...Object.entries(data.words.of).map(([value, text]) =>
          element("button", { type: "button", value, text, onclick: () => count(value) })));
        map.update(data, say);
        equity.update(data, say);
      }
      node.classList.remove("loading");
      show();
    },
  };
}
