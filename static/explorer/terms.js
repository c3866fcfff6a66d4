// Words explained where they stand: a small "?" opens the entry of the glossary. The entries come
// with the index.

import { element, iconButton, link } from "./elements.js";

const GAP_PX = 6;
const APART = { target: "_blank", rel: "noopener" }; // the map, and a layer brought to it, stay open

/** `served`: there is a page of all terms to lead to. */
export function createTerms({ served }) {
  const title = element("h3", { class: "term-name", id: "term-name" });
  const text = element("p", { class: "term-text" });
  const more = element("p", { class: "term-more" });
  const close = iconButton("x", "", () => node.hidePopover(), { class: "term-close" });
  const node = element("div", { class: "term-card float", popover: "auto", role: "dialog",
    "aria-labelledby": "term-name" }, title, close, text, served ? more : null);
  let index = null;
  let words = null;
  let opener = null;

  // Keys pressed here are not meant for the sheet or the panel below.
  node.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key !== "Escape") return;
    event.preventDefault();
    node.hidePopover();
  });
  node.addEventListener("toggle", ({ newState }) => {
    opener?.setAttribute("aria-expanded", String(newState === "open"));
  });
  node.addEventListener("beforetoggle", ({ newState }) => {
    if (newState === "closed" && node.contains(node.getRootNode().activeElement)) opener?.focus();
  });

  const stand = () => {
    const at = opener.getBoundingClientRect();
    const below = at.bottom + GAP_PX;
    const top = below + node.offsetHeight <= innerHeight ? below : at.top - GAP_PX - node.offsetHeight;
    node.style.top = `${Math.max(8, top)}px`;
    node.style.left = `${Math.max(8, Math.min(at.left - 20, innerWidth - node.offsetWidth - 8))}px`;
  };
  const open = (term, button) => {
    const [name, explanation] = term[words.lang];
    opener = button;
    title.textContent = name;
    text.textContent = explanation;
    more.replaceChildren(link(`/help?${new URLSearchParams({ lang: words.lang })}#term-${term.id}`,
      words.say("ui.term.more"), APART));
    close.setAttribute("aria-label", words.say("ui.term.close"));
    close.title = words.say("ui.term.close");
    node.showPopover();
    stand();
    close.focus();
  };
  const named = new Set(); // buttons that outlive a change of language
  const name = (button, place) => {
    const term = index?.terms[place];
    button.hidden = !term;
    if (!term) return;
    const label = words.say("ui.term", { name: term[words.lang][0] });
    button.setAttribute("aria-label", label);
    button.title = label;
  };

  return {
    node,
    /** A button for the term of a place; null where the place has none, hidden until that is known. */
    button(place) {
      if (index !== null && !index.terms[place]) return null;
      const button = element("button", { type: "button", class: "term-button", text: "?",
        "aria-haspopup": "dialog", "aria-expanded": "false",
        onclick: () => open(index.terms[place], button) });
      if (index === null) named.add([button, place]);
      name(button, place);
      return button;
    },
    setIndex(newIndex, newWords) {
      index = newIndex;
      words = newWords;
      for (const [button, place] of named) name(button, place);
    },
  };
}
