// What only the page may do, because the map frame has no origin of its own.

import { element } from "./elements.js";

export async function copyText(text) {
  if (navigator.clipboard && window.isSecureContext) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Permission was refused: the old way below may still be allowed.
    }
  }
  const field = element("textarea", { class: "hidden", "aria-hidden": "true", tabindex: "-1" });
  const before = document.activeElement;
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  before?.focus?.({ preventScroll: true });
  return done;
}

/** Longitude, latitude and accuracy in metres. */
export function locate() {
  return new Promise((resolve, reject) => {
    if (!navigator.geolocation) {
      reject(new Error("this browser tells no location"));
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) =>
        resolve({ lon: coords.longitude, lat: coords.latitude, accuracy: coords.accuracy }),
      reject,
      { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 },
    );
  });
}

/** Full screen of one zone. Where the browser has none (iPhone), the zone covers the page. */
export async function toggleFullScreen(zone) {
  if (document.fullscreenElement) {
    await document.exitFullscreen();
    return;
  }
  if (zone.requestFullscreen) await zone.requestFullscreen();
  else zone.classList.toggle("covers-page");
}

/** The page that the map's tiles ask to be linked; the frame names no address of its own. */
export function openCopyright() {
  window.open("https://www.openstreetmap.org/copyright", "_blank", "noopener");
}
