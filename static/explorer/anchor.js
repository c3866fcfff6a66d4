// A page is drawn after the browser has looked for what the address names: look again, once.

export function createAnchor() {
  let arrived = !location.hash;
  return {
    /** To be asked whenever something was drawn. */
    reach() {
      if (arrived || !document.querySelector(".atlas-page")) return;
      const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
      if (!place) return;
      arrived = true;
      place.tabIndex = -1;
      place.scrollIntoView({ block: "start" });
      place.focus({ preventScroll: true });
    },
  };
}
