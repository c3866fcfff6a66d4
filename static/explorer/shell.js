// The language of the document, the way past the top bar, and what Streamlit does not say of it.

import { createAnchor } from "./anchor.js";
import { createFocus } from "./focus.js";
import { describeWidgets } from "./widget_labels.js";

const CONTENT = ".st-key-wide-page, .st-key-page";

const SMALL = "(max-width: 900px)";

function describeBar({ menu, more }) {
  const current = document.querySelector(".st-key-topbar .st-key-current a");
  const languages = document.querySelectorAll(".st-key-language button");
  if (!current || languages.length < 2) return;
  for (const link of document.querySelectorAll(".st-key-topbar a")) link.removeAttribute("aria-current");
  current.setAttribute("aria-current", "page");
  const named = window.matchMedia(SMALL).matches ? menu : more;
  document.querySelector(".st-key-menu button")?.setAttribute("aria-label", named);
  for (const button of languages) {
    button.setAttribute("aria-pressed", String(button.getAttribute("kind") === "primary"));
    button.lang = button.closest(".st-key-language-ru") ? "ru" : "en";
  }
}

const nameOf = (node) => /st-key-(?:to|menu)-([\w-]+)/.exec(node?.className ?? "")?.[1];
let arranged = "";

/** The bar holds as many pages as it has room for, the current one always; the others are in "More". */
function arrangeBar({ again = false } = {}) {
  const zone = document.querySelector(".st-key-pages");
  const more = document.querySelector(".st-key-menu");
  if (!zone || !more) return;
  const items = [...zone.children];
  const small = window.matchMedia(SMALL).matches;
  const state = `${small} ${zone.clientWidth} ${zone.textContent} ${zone.querySelector(".st-key-current")?.textContent}`;
  if (again || state !== arranged) {
    arranged = state;
    for (const item of items) item.removeAttribute("data-over");
    const gap = parseFloat(getComputedStyle(zone).columnGap) || 0;
    const widths = items.map((item) => item.offsetWidth + gap);
    const current = items.findIndex((item) => item.querySelector(".st-key-current"));
    let left = zone.clientWidth + gap - (widths[current] ?? 0);
    let full = false;
    items.forEach((item, at) => {
      if (at === current) return;
      left -= widths[at];
      full ||= left < 0;
      item.toggleAttribute("data-over", full);
    });
    more.toggleAttribute("data-unneeded", !small && !full);
    more.toggleAttribute("inert", !small && !full);
  }
  const over = new Set(items.filter((item) => item.hasAttribute("data-over"))
    .map((item) => nameOf(item.querySelector("[class*='st-key-to-']"))));
  for (const entry of document.querySelectorAll("[data-testid='stPopoverBody'] [class*='st-key-menu-']")) {
    entry.toggleAttribute("data-over", !small && !over.has(nameOf(entry)));
  }
}

// Where the skip link leads; a script moves the focus, as the address belongs to the filters.
function describeContent() {
  const content = document.querySelector(CONTENT);
  if (!content || content.id === "content") return;
  content.id = "content";
  content.tabIndex = -1;
}

export default function shell({ parentElement, data, setTriggerValue }) {
  document.documentElement.lang = data.lang;
  const link = parentElement.querySelector(".skip-link");
  link.textContent = data.skip;
  link.onclick = (event) => {
    event.preventDefault();
    document.querySelector(CONTENT).focus();
  };
  const anchor = createAnchor();
  const focus = createFocus();
  // The bar and the page are drawn after this component, and anew on each page.
  const describe = () => {
    anchor.reach();
    describeBar(data);
    describeContent();
    describeWidgets(data.widgets);
    arrangeBar();
    focus.restore();
  };
  const watch = new MutationObserver(describe);
  watch.observe(document.body, { subtree: true, childList: true });
  const resize = new ResizeObserver(() => arrangeBar());
  resize.observe(document.documentElement);
  document.fonts.ready.then(() => arrangeBar({ again: true }));
  describe();
  // Listened to from the start of the page (api/links.js), as links are seen before this is drawn.
  window.followInside({ pages: data.pages, open: (wanted) => setTriggerValue("open", wanted) });
  return () => {
    focus.stop();
    watch.disconnect();
    resize.disconnect();
  };
}
