// Streamlit's own widgets are labelled in English for who listens, whatever the language of the page.

const WIDGETS = "[data-testid='stSelectbox'] [aria-label], [data-testid='stMultiSelect'] [aria-label]";
const REMOVE = "Remove ";
const english = new WeakMap(); // element -> what Streamlit called it

/** Say the labels of widgets in the words given: `open`, `chosen`, `clear` and `remove` with {name}. */
export function describeWidgets(words) {
  const plain = { Open: words.open, "Selected values": words.chosen, "Clear all": words.clear };
  for (const field of document.querySelectorAll("[data-testid='stSelectbox'] input")) field.title = field.value; // where it is cut
  for (const node of document.querySelectorAll(WIDGETS)) {
    const label = node.getAttribute("aria-label");
    if (Object.hasOwn(plain, label) || (label.startsWith(REMOVE) && node.tagName === "BUTTON")) english.set(node, label);
    const own = english.get(node);
    if (own === undefined) continue;
    const said = plain[own] ?? words.remove.replace("{name}", () => own.slice(REMOVE.length));
    if (said !== label) node.setAttribute("aria-label", said);
  }
}
