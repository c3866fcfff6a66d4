// What could not be loaded, or nothing to show: a text and the way on.

import { element } from "./elements.js";

export function showFailure(where, text, retry, act) {
  const failure = element("div", { class: "failure", role: "alert" }, element("p", { text }),
    element("button", { type: "button", class: "button", text: retry,
      onclick: () => { failure.remove(); act(); } }));
  where.prepend(failure);
}

/** Says that nothing is found, and offers the smallest change (`onParams` is told its link). */
export function createEmpty(onParams) {
  const node = element("div", { class: "empty", hidden: true });
  return {
    node,
    update(nothing) {
      node.hidden = !nothing;
      if (!nothing) return;
      node.replaceChildren(element("p", { text: nothing.title }));
      if (nothing.params !== null) {
        node.append(element("button", { type: "button", class: "button", text: nothing.text,
          onclick: () => onParams(nothing.params) }));
      }
    },
  };
}
