// Map, slider, curve and comparison of the sites. The slider reads prepared curves: the server is
// told where it came to rest, for the link alone.

import { addIcons, element } from "../explorer/elements.js";
import { createChosen } from "./chosen.js";
import { createCurve } from "./curve.js";
import { createEquity } from "./equity.js";
import { createMap } from "./map.js";
import { sayer } from "./say.js";

const REST_MS = 350;

const DASHES = ["none", "9 4", "3 3", "10 3 3 3", "1 4", "14 6"];

/** Places of one kind of park share its colour: dashes and numbers tell them apart. One alone has the accent. */
function told(places) {
  const seen = new Map();
  return places.map((place) => {
    const nth = seen.get(place.park) ?? 0;
    seen.set(place.park, nth + 1);
    return { ...place, dash: DASHES[nth % DASHES.length], colour: places.length > 1 ? place.colour ?? "var(--text)" : "var(--accent)" };
  });
}

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
  const gain = element("p", { class: "gain" });
  const chosen = createChosen({ onRemove: (beside) => send({ beside }) });
  const equity = createEquity({ onSite: (site) => send({ site }), onBeside: (beside) => send({ beside }) });
  const panel = element("div", { class: "panel" }, place, element("div", { class: "slider" }, label, slider),
    counted, figure, sentence, gain, curve.node, chosen.node, ring, estimate);
  const node = element("div", { class: "access loading" }, map.node, panel, equity.node, heard);
  let data = null;
  let say = null;
  let trigger = null;
  let minutes = 0;
  let of = "";
  let sent = 0;
  let waiting = 0; // a timer: the slider has moved and nobody has been told yet

  function send(step) {
    clearTimeout(waiting);
    waiting = 0;
    sent += 1;
    trigger("step", { minutes, of, ...step, n: sent, key: data.key });
  }
  function rest() {
    clearTimeout(waiting);
    waiting = setTimeout(() => { send({}); heard.textContent = spoken(); }, REST_MS);
  }
  const spoken = () => `${data.places[0].name}: ${figure.textContent} ${sentence.textContent}`;
  function set(to) {
    minutes = to;
    show();
  }
  function count(what) {
    of = what;
    show();
    rest();
  }

  /** The curves of all chosen places, and of them together. */
  const lines = () => [...data.places, ...(data.together ? [{ ...data.together, together: true }] : [])]
    .map(({ curves, colour, dash, together }, at) => ({ curve: curves[of], colour, dash, together, number: at + 1 }));

  function show() {
    const { words } = data;
    slider.value = String(minutes);
    const said = say.minutes(minutes);
    slider.setAttribute("aria-valuetext", said);
    label.textContent = `${words.minutes}: ${said}`;
    for (const button of counted.children) button.setAttribute("aria-pressed", String(button.value === of));
    const own = data.places[0].curves?.[of];
    figure.textContent = own ? say.count(own, minutes) : "";
    sentence.textContent = own ? say.fill(words[`curve.${of}`], { n: said, mode: words.mode,
      share: say.share(own, minutes, data.totals[of]) }) : "";
    const anew = data.gain?.[of];
    gain.textContent = anew ? say.fill(words.gain, { n: said, low: say.count(anew, minutes) }) : "";
    estimate.textContent = words.estimate;
    const shown = map.ring(minutes);
    ring.textContent = shown === null ? "" : say.fill(words.ring, { n: say.minutes(shown) });
    if (own) curve.show(lines(), minutes, say, spoken());
    chosen.show(minutes, of);
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
      // The viewer has moved on since, or just now.
      const late = waiting !== 0 || (answer.n && answer.n < sent);
      const anew = data === null || answer.key !== data.key;
      data = { ...data, ...answer, places: told(answer.places) };
      say = sayer(data);
      if (!late) [minutes, of] = [data.minutes, data.of];
      slider.min = String(data.least);
      place.replaceChildren(element("span", { class: "quiet", text: `${data.words.place}: ` }), element("bdi", { text: data.places[0].name }));
      place.classList.toggle("what-if", data.places[0].what_if);
      counted.setAttribute("aria-label", data.words.counted);
      if (anew) {
        counted.replaceChildren(...Object.entries(data.words.of).map(([value, text]) =>
          element("button", { type: "button", value, text, onclick: () => count(value) })));
        map.update(data, say);
        chosen.update(data, say);
        equity.update(data, say);
      }
      node.classList.remove("loading");
      show();
    },
  };
}
