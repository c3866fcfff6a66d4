// OpenStreetMap as the ground: asked for only after the viewer has switched it on. Tiles that do not
// come leave the plain ground, with a word about it.
(function (Atlas) {
  "use strict";

  Atlas.Tiles = class {
    constructor(frame, source) {
      this.frame = frame;
      this.source = source;
      this.shown = false;
    }

    set(on) {
      const { map, notices } = this.frame;
      this.layer?.remove();
      this.shown = false;
      notices.drop("tiles");
      this.layer = on ? this.build().addTo(map) : null;
    }

    build() {
      const layer = L.tileLayer(this.source.url, {
        maxNativeZoom: this.source.max_zoom,
        maxZoom: this.frame.map.getMaxZoom(),
        // Their server wants to know which site asks: the host, no more. (A sandboxed frame tells nothing.)
        referrerPolicy: "strict-origin-when-cross-origin",
      });
      const { frame } = this;
      let failed = 0;
      layer.on("loading", () => (failed = 0));
      layer.on("tileerror", () => (failed += 1));
      layer.on("load", () => {
        this.shown = failed === 0;
        frame.painter.repaint();
        if (failed) frame.notices.show("tiles", () => frame.words.text("map.tiles.failed"));
        else frame.notices.drop("tiles");
      });
      return layer;
    }
  };
})((globalThis.Atlas ??= {}));
