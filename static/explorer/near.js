// What lies near a point: where the point comes from, how far to look, and how to let go of it.

import { length, measuredFrom } from "./distance.js";
import { element, icon } from "./elements.js";
import { createGroup } from "./facets.js";

export const DEFAULT_M = 3000;

const UNKNOWN = "unknown";

/** "lon,lat,metres" of the link, or "lon,lat,metres,accuracy" with the accuracy of the point in metres
 * or "unknown" (then it is null); null for none. */
export function parseNear(text) {
  if (!text) return null;
  const [lon, lat, metres, stated = 0] = text.split(",").map((part) => (part === UNKNOWN ? null : Number(part)));
  const numbers = [lon, lat, metres, stated ?? 0];
  return numbers.every(Number.isFinite) ? { lon, lat, metres, accuracy: stated } : null;
}

/** Five decimals are about a metre: no place here is known better. */
export function formatNear({ lon, lat, metres, accuracy }) {
  const degrees = (value) => String(Number(value.toFixed(5)));
  const stated = accuracy === null ? [UNKNOWN] : accuracy > 0 ? [Math.ceil(accuracy)] : [];
  return [degrees(lon), degrees(lat), metres, ...stated].join();
}

/** The radius that reaches at least so far. */
export function radiusFor(metres, radii) {
  return radii.find((radius) => radius >= metres) ?? radii.at(-1);
}

export function createNear({ onMe, onPick, onRadius, onRemove }) {
  const button = (name, act) => {
    const text = element("span", {});
    const node = element("button", { type: "button", class: "button near-button", onclick: act }, icon(name), text);
    return { node, text };
  };
  const me = button("locate-fixed", onMe);
  const pick = button("map", onPick);
  const remove = element("button", { type: "button", class: "text-button", onclick: onRemove });
  const radius = element("select", { class: "radius", onchange: () => onRadius(Number(radius.value)) });
  const radiusName = element("span", {});
  const chosen = element("div", { class: "near-chosen" },
    element("label", { class: "near-radius" }, radiusName, radius), remove);
  const from = element("p", { class: "near-from" });
  const help = element("p", { class: "near-help" });
  const message = element("p", { class: "near-message", role: "alert", hidden: true });
  const group = createGroup("near", element("div", {},
    element("div", { class: "near-buttons" }, me.node, pick.node), message, chosen, from, help));

  return {
    group,
    /** `text`: what went wrong or is going on, empty for nothing. */
    tell(text) {
      message.textContent = text;
      message.hidden = !text;
    },
    update({ words, place, radii, picking }) {
      group.update(words.say("ui.near"), place ? 1 : 0);
      me.text.textContent = words.say("ui.near.me");
      pick.text.textContent = words.say("ui.near.point");
      pick.node.setAttribute("aria-pressed", String(picking));
      remove.textContent = words.say("ui.near.remove");
      help.textContent = words.say("ui.near.help");
      // Who has removed the point goes on from where another is given.
      const left = place === null && chosen.contains(chosen.getRootNode().activeElement);
      chosen.hidden = place === null;
      help.hidden = place === null;
      from.textContent = place === null ? "" : measuredFrom(place, words);
      from.hidden = !from.textContent;
      if (left) me.node.focus();
      if (place === null) return;
      radiusName.textContent = words.say("ui.near.radius");
      // A link may hold any radius: it stands among the steps.
      const all = [...new Set([...radii, place.metres])].sort((a, b) => a - b);
      radius.replaceChildren(...all.map((metres) =>
        element("option", { value: String(metres), text: length(metres, words) })));
      radius.value = String(place.metres);
      radius.setAttribute("aria-label", words.say("ui.near.radius"));
    },
  };
}
