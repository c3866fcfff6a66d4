// A page is drawn after the browser has looked for what the address names: look again, once. Within the
// application an address has no fragment; there the page marks the place as the one to arrive at.

export function createAnchor() {
  let named = Boolean(location.hash);
  let arrived = "";
  let path = "";

  const go = (place) => {
    place.tabIndex = -1;
    const long = place.offsetHeight > window.innerHeight / 2;
    place.scrollIntoView({ block: named || long ? "start" : "center" });
    place.focus({ preventScroll: true });
  };
  return {
    /** To be asked whenever something was drawn. */
    reach() {
      if (location.pathname !== path) arrived = "";
      path = location.pathname;
      if (!document.querySelector(".atlas-page")) return;
      const place = named ? document.getElementById(decodeURIComponent(location.hash.slice(1)))
        : document.querySelector(".atlas-page .arrival");
      if (!place) return;
      if (named || place.id !== arrived) go(place);
      if (!named) arrived = place.id;
      named = false;
    },
  };
}
