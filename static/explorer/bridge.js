// The map frame: loaded once, told what to show by messages, listened to only if it is the sender.

import { element } from "./elements.js";

// A frame that cannot come says nothing; one that has come speaks as soon as its scripts run.
const PATIENCE_MS = 12000;
const AFTER_LOAD_MS = 4000;

export function createBridge(zone, handlers) {
  let frame = null;
  let ready = false;
  let patience = 0;
  const latest = new Map();

  const post = (type, fields) =>
    frame.contentWindow.postMessage({ atlas: 1, type, ...fields }, "*"); // the frame's origin is opaque

  /** A state of the map: kept until the frame is ready, sent only when it changed. */
  const set = (type, fields, text = JSON.stringify(fields)) => {
    if (latest.get(type)?.text === text) return;
    latest.set(type, { text, fields });
    if (ready) post(type, fields);
  };

  const remember = (id, pan) => latest.set("select", { text: String(id), fields: { id, pan, zoom: false } });

  const giveUpAfter = (pause) => {
    clearTimeout(patience);
    patience = setTimeout(() => {
      patience = 0;
      handlers.failed();
    }, pause);
  };

  const listen = (event) => {
    if (!frame || event.source !== frame.contentWindow || event.data?.atlas !== 1) return;
    const { type } = event.data;
    if (type === "ready") {
      ready = true;
      clearTimeout(patience);
      patience = 0;
      for (const [name, { fields }] of latest) post(name, fields);
    }
    if (type === "select") remember(event.data.id, false); // known to the frame: not to be sent back
    handlers[type]?.(event.data);
  };
  window.addEventListener("message", listen);

  return {
    get ready() {
      return ready;
    },
    /** Once, with the attributes that name the page. Again only after a failure: a frame that has said nothing is replaced. */
    load(page, title) {
      if (frame && (ready || patience)) return;
      frame?.remove();
      giveUpAfter(PATIENCE_MS);
      frame = element("iframe", { class: "map-frame", title, ...page, sandbox: "allow-scripts",
        onload: () => { if (patience) giveUpAfter(AFTER_LOAD_MS); } });
      zone.prepend(frame);
    },
    rename(title) {
      if (frame) frame.title = title;
    },
    focus() {
      frame?.focus();
      this.tell("focus", {});
    },
    /** The features of a map page that has none, as columns (static/atlas/columns.js): the same ones always. */
    rows: (columns) => set("rows", { columns }, "rows"),
    /** The layer of the viewer, null for none; rows of it stand in `show` as numbers from 0. */
    own: (layer) => set("own", { layer }, layer?.url ?? "none"),
    show: (ids) => set("show", { ids }),
    select: (id, pan, zoom = false) => set("select", { id, pan, zoom }, String(id)),
    area: (box) => set("area", { box }),
    language: (lang) => set("language", { lang }),
    theme: (dark) => set("theme", { dark }),
    motion: (reduced) => set("motion", { reduced }),
    parks: (parks) => set("parks", { parks }),
    near: (place) => set("near", { place: place && { lon: place.lon, lat: place.lat, metres: place.metres } }),
    pick: (on) => set("pick", { on }),
    /** What lies over the map, in pixels from its edges: top, right, bottom, left. */
    layout: (padding, gesture) => set("layout", { padding, gesture }),
    /** Something that happens once: nothing to remember. */
    tell: (type, fields) => ready && post(type, fields),
    destroy() {
      clearTimeout(patience);
      window.removeEventListener("message", listen);
    },
  };
}
