// What a first visitor is told: once, beside the map, without taking the focus.

import { element, icon, iconButton, link } from "./elements.js";

const SEEN = "atlas.welcome";

function wasSeen() {
  try {
    return localStorage.getItem(SEEN) !== null;
  } catch {
    return false; // storage is blocked: whoever blocks it is welcomed each time
  }
}

function remember() {
  try {
    localStorage.setItem(SEEN, "seen");
  } catch {
    // Nothing to remember it in; it is closed all the same.
  }
}

const THINGS = { search: "search", near: "locate-fixed", card: "list" };

export function createWelcome(zone) {
  const title = element("h2", { class: "welcome-title", id: "welcome-title" });
  const see = element("p", {});
  const tryThese = element("h3", { class: "welcome-try" });
  const things = Object.entries(THINGS).map(([id, sign]) => {
    const text = element("span", {});
    return { id, text, node: element("li", {}, icon(sign), text) };
  });
  const help = element("p", { class: "welcome-help" });
  const cross = iconButton("x", "", () => close(), { class: "welcome-cross" });
  const done = element("button", { type: "button", class: "button primary", onclick: () => close() });
  const node = element("aside", { class: "welcome float", "aria-labelledby": "welcome-title" },
    title, cross, see, tryThese, element("ul", {}, ...things.map((thing) => thing.node)),
    element("div", { class: "welcome-foot" }, done, help));

  const escape = (event) => {
    if (event.key === "Escape") close();
  };
  const close = () => {
    if (!node.isConnected) return;
    remember();
    document.removeEventListener("keydown", escape);
    const inside = node.contains(node.getRootNode().activeElement);
    const next = zone.querySelector("iframe");
    node.remove();
    if (inside) next?.focus();
  };

  return {
    close,
    show() {
      if (wasSeen()) return;
      zone.append(node);
      document.addEventListener("keydown", escape);
    },
    rename(words) {
      title.textContent = words.say("ui.welcome.title");
      see.textContent = words.say("ui.welcome.see");
      tryThese.textContent = words.say("ui.welcome.try");
      for (const { id, text } of things) text.textContent = words.say(`ui.welcome.${id}`);
      done.textContent = words.say("ui.welcome.close");
      cross.setAttribute("aria-label", words.say("ui.welcome.close"));
      cross.title = words.say("ui.welcome.close");
      help.replaceChildren(link(`/help?${new URLSearchParams({ lang: words.lang })}`, words.say("ui.welcome.help"),
        { target: "_blank", rel: "noopener" }));
    },
    stop() {
      document.removeEventListener("keydown", escape);
    },
  };
}
