// Links of a page to other pages of the application; see api/frontend.py.
(function () {
  "use strict";

  const INSIDE = '.atlas-page a[href^="./"], a[data-inside]';
  const PATIENCE = 15_000;

  let inside = null; // the pages, and what opens one; the shell names them when it is drawn
  let pressed = null; // what was pressed before that, and when it is given up

  const isPage = ({ pathname }) => inside.pages.includes(pathname.slice(1));
  const open = ({ pathname, search }) =>
    inside.open({ page: pathname.slice(1), params: search.slice(1) });

  // Followed as an address such a link would end the session, and with it the layer that the viewer
  // brought. On a slow machine links are seen before the shell is there: one pressed then waits for it,
  // and is followed as an address if it does not come. A new tab is left to the browser.
  document.addEventListener("click", (event) => {
    // By its path, as a component keeps its links to itself.
    const link = event.composedPath().find((node) => node.matches?.(INSIDE));
    if (!link || event.defaultPrevented || event.button) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const address = new URL(link.href);
    if (inside) {
      if (!isPage(address)) return;
      event.preventDefault();
      open(address);
    } else {
      event.preventDefault();
      clearTimeout(pressed?.given);
      pressed = { address, given: setTimeout(() => location.assign(address), PATIENCE) };
    }
  });

  window.followInside = (found) => {
    inside = found;
    if (!pressed) return;
    const { address, given } = pressed;
    pressed = null;
    clearTimeout(given);
    if (isPage(address)) open(address);
    else location.assign(address);
  };
})();
