// Buildings, streets, water, open space and stops of the server's snapshot as the ground: a picture
// below everything, of which nothing can be chosen. What does not come is named; the map stays.
(function (Atlas) {
  "use strict";

  const PANE_Z = 340; // above the tiles of OpenStreetMap, below the viewer's layer
  const UNUSABLE = 503;
  const SIDE_PX = 512; // of a tile: fewer answers for a view

  // The layers of a snapshot in one tile. A layer that the server cannot use is left out from then on.
  class Pieces extends Atlas.TilePieces {
    constructor({ url, layers }, lost) {
      super((z, x, y) => `${url}${this.layers.join(",")}/${z}/${x}/${y}.mvt`, { side: SIDE_PX, deepest: 15 });
      this.layers = layers;
      this.lost = lost;
    }

    async ask(address) {
      try {
        return await super.ask(address);
      } catch (error) {
        const broken = error.answer?.status === UNUSABLE ? (await error.answer.json()).layers : null;
        const left = this.layers.filter((layer) => !broken?.includes(layer));
        if (!broken || !left.length) throw error;
        this.lost(broken);
        const [before, after] = [this.layers.join(","), left.join(",")];
        this.layers = left;
        return this.ask(address.replace(before, after));
      }
    }

    read(layers) {
      const features = [...layers.values()].flatMap(({ name, features: found }) =>
        found.map((feature) => Atlas.backdropFeature(name, feature)));
      return { extent: layers.values().next().value?.extent ?? 1, features };
    }
  }

  const Grid = Atlas.TileGrid.extend({
    draw(view) {
      Atlas.drawBackdrop({ colours: this.options.frame.colours, zoom: this._map.getZoom(), ...view });
    },
  });

  Atlas.Backdrop = class {
    // source: what the server tells of its snapshot; null where there is none.
    constructor(frame, source) {
      this.frame = frame;
      this.source = source;
      if (source && !source.fault) {
        const [west, south, east, north] = source.bounds;
        this.bounds = L.latLngBounds([south, west], [north, east]);
      }
      this.element = this.build();
    }

    get inView() {
      return Boolean(this.bounds && this.frame.map.getBounds().intersects(this.bounds));
    }

    // A real place is worth seeing at once; an invented town is for those who ask for it.
    begin() {
      const asked = new URLSearchParams(location.search).get("snapshot");
      if (asked ? asked === "on" : this.bounds && !this.source.example) this.frame.setLayer("snapshot", true);
    }

    // Rows of the panel of layers; null where there is no snapshot.
    build() {
      if (!this.source) return null;
      this.input = Atlas.element("input", { type: "checkbox", name: "snapshot" });
      this.input.addEventListener("change", () => this.frame.setLayer("snapshot", this.input.checked));
      this.choice = Atlas.element(
        "label", {}, this.input, Atlas.element("span", { "data-text": "map.layers.snapshot" }));
      this.note = Atlas.element("p", { class: "atlas-note" });
      this.way = Atlas.element("button", {
        type: "button", class: "atlas-link", "data-text": "map.snapshot.go", onclick: () => this.go(),
      });
      return Atlas.element(
        "div", { class: "atlas-backdrop", role: "group", "data-label": "map.layers.snapshot" },
        this.choice, this.note, this.way);
    }

    // The switch is there where the snapshot is; elsewhere it is said where that is.
    update() {
      if (!this.source) return;
      this.input.checked = this.frame.layers.snapshot;
      this.choice.hidden = !this.inView;
      this.way.hidden = this.inView || !this.bounds;
      this.note.textContent = this.describe();
    }

    describe() {
      const { words, map } = this.frame;
      const { fault, title, retrieved, closeZoom } = this.source;
      if (fault) return words.text(fault.length ? "map.snapshot.fault" : "map.snapshot.unreadable", { files: fault.join(", ") });
      const values = { title: title[words.language], date: words.date(retrieved) };
      if (!this.inView) return words.text("map.snapshot.away", values);
      const more = map.getZoom() < closeZoom ? [words.text("map.snapshot.closer")] : [];
      return [words.text("map.snapshot.here", values), ...more].join(" ");
    }

    go() {
      const { frame } = this;
      frame.sight.take();
      frame.area.release();
      frame.setLayer("snapshot", true);
      frame.sight.fill(this.bounds, { animate: false });
      this.update();
      this.input.focus();
    }

    set(on) {
      const { map, notices, painter } = this.frame;
      this.grid?.remove();
      this.grid = null;
      notices.drop("snapshot");
      if (!on || !this.bounds) return;
      if (!map.getPane("snapshot")) map.createPane("snapshot").style.zIndex = PANE_Z;
      const pieces = new Pieces(this.source, (layers) => this.tell(layers));
      this.grid = new Grid(pieces, () => this.tell([]), {
        pane: "snapshot", tileSize: SIDE_PX, bounds: this.bounds, frame: this.frame,
      });
      // The legend tells of what is in view.
      this.grid.on("load", () => painter.repaint());
      this.grid.addTo(map);
    }

    // Layers that cannot be used, or none where parts did not come.
    tell(layers) {
      const { notices, words } = this.frame;
      const names = () => layers.map((layer) => words.text(`map.layers.snapshot.${layer}`).toLowerCase()).join(", ");
      if (layers.length) notices.show("snapshot", () => words.text("map.snapshot.lost", { layers: names() }));
      else if (!notices.shown.has("snapshot"))
        notices.show("snapshot", () => words.text("map.snapshot.failed"), { label: "map.retry", run: () => this.set(true) });
    }

    restyle() {
      this.grid?.repaint();
    }

    // Layers that the tiles of the moment show, from above.
    shown() {
      if (!this.grid || !this.inView) return [];
      const there = new Set(this.grid.contents().flatMap(({ features }) => features.map(({ layer }) => layer)));
      return this.source.layers.filter((layer) => there.has(layer)).toReversed();
    }
  };
})((globalThis.Atlas ??= {}));
