// Messages between this frame and the page that holds it: {atlas: 1, type, …}. See docs/map-messages.md.
(function (Atlas) {
  "use strict";

  // Ids of objects, and rows of the viewer's layer by their number.
  const keys = (value) =>
    Array.isArray(value)
      ? value.filter((item) => typeof item === "string" || (Number.isInteger(item) && item >= 0))
      : [];
  const texts = (value) => (Array.isArray(value) ? value.filter((item) => typeof item === "string") : []);

  Atlas.Bridge = class {
    // hosted: the page was opened for a host (?host=1), or one has spoken.
    constructor(frame, hosted) {
      this.frame = frame;
      this.hosted = hosted && window.parent !== window;
      if (window.parent === window) return;
      window.addEventListener("message", (event) => this.receive(event));
    }

    send(type, fields) {
      if (window.parent === window) return;
      // The frame has no origin of its own to name, and says nothing that is not public.
      window.parent.postMessage({ atlas: 1, type, ...fields }, "*");
    }

    receive({ source, data }) {
      if (source !== window.parent || data?.atlas !== 1) return;
      const act = Object.hasOwn(ACTS, data.type) ? ACTS[data.type] : null;
      if (!act) return;
      if (!this.hosted) {
        this.hosted = true;
        this.frame.hostArrived();
      }
      act(this.frame, data);
    }
  };

  const ACTS = {
    rows: (frame, { columns }) => frame.loader.bring(columns),
    own: (frame, { layer }) => frame.setOwn(layer ?? null),
    show: (frame, { ids }) => frame.show(keys(ids)),
    select: (frame, { id, pan, zoom }) => frame.select(typeof id === "string" ? id : null, pan === true, zoom === true),
    area: (frame, { box }) => frame.area.bringBox(box),
    language: (frame, { lang }) => frame.setLanguage(String(lang)),
    theme: (frame, { dark }) => frame.setTheme(dark === true),
    parks: (frame, { parks }) => frame.setParks(texts(parks)),
    near: (frame, { place }) => frame.near.set(place ?? null),
    pick: (frame, { on }) => frame.near.pick(on === true),
    fit: (frame, { ids }) => frame.sight.fit(texts(ids).map((id) => frame.find(id))),
    motion: (frame, { reduced }) => frame.setMotion(reduced === true),
    layout: (frame, { padding, gesture }) => frame.setLayout(padding, gesture),
    focus: (frame) => frame.region.focus(),
    located: (frame, { lon, lat, accuracy }) =>
      frame.located({ lon: Number(lon), lat: Number(lat), accuracy: Number(accuracy) }),
    "locate-failed": (frame) => frame.locateFailed(),
  };
})((globalThis.Atlas ??= {}));
