// Streamlit draws what was pressed anew, and the keyboard would have to begin at the top of the page. A
// link says in `data-then` which element (by id) has the focus after it; a button of the language keeps it.

const LANGUAGE = "[class*='st-key-language-']";

/** The element that is to have the focus when what holds it now is drawn anew; null for any other. */
function successorOf(node) {
  const link = node?.closest?.("[data-then]");
  if (link) return () => document.getElementById(link.dataset.then);
  const key = /st-key-language-\w+/.exec(node?.closest?.(LANGUAGE)?.className ?? "")?.[0];
  return key ? () => document.querySelector(`.${key} button`) : null;
}

export function createFocus() {
  let next = null;

  // Only what was pressed is followed, and only until the focus is elsewhere.
  const press = (event) => { next = successorOf(event.target); };
  const move = (event) => { if (event.target !== document.body && !successorOf(event.target)) next = null; };
  document.addEventListener("click", press, true);
  document.addEventListener("focusin", move);

  return {
    /** To be asked whenever something was drawn. */
    restore() {
      if (!next || (document.activeElement && document.activeElement !== document.body)) return;
      next()?.focus({ preventScroll: true });
    },
    stop() {
      document.removeEventListener("click", press, true);
      document.removeEventListener("focusin", move);
    },
  };
}
