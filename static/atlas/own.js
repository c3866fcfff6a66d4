// The layer that the viewer brought, as the host tells of it: rows by their place in it, from 0.
(function (Atlas) {
  "use strict";

  const PANE_Z = 350; // above the ground's tiles, below the marks of the Atlas

  // Only what the host's page could have fetched itself; the policy keeps out other servers as well.
  const isSound = (layer) =>
    typeof layer.url === "string" && layer.url.startsWith("/own/") && typeof layer.name === "string" &&
    Array.isArray(layer.numbers) && layer.at?.length === 2 * layer.numbers.length;

  Atlas.Own = class {
    // null if it is not a layer.
    static of(frame, layer) {
      return layer && isSound(layer) ? new Atlas.Own(frame, layer) : null;
    }

    constructor(frame, layer) {
      this.frame = frame;
      this.layer = layer;
      this.rows = new Map(layer.numbers.map((number, row) => [`own:${number}`, row]));
      this.made = new Map();
      this.visible = new Uint8Array(layer.numbers.length);
      const { map } = frame;
      if (!map.getPane("own")) map.createPane("own").style.zIndex = PANE_Z;
      const whole = layer.form === "geojson";
      const source = whole ? new Atlas.OwnWhole(layer.url) : new Atlas.OwnPieces(layer.url);
      const [west, south, east, north] = layer.box ?? [0, 0, 0, 0];
      this.grid = new Atlas.OwnGrid(this, source, {
        bounds: L.latLngBounds([south, west], [north, east]),
      });
      // The legend tells of what is in view.
      this.grid.on("load", () => frame.painter.repaint());
    }

    // Once the map shows where it lies: tiles of another place would be fetched for nothing.
    start() {
      if (this.layer.box) this.grid.addTo(this.frame.map);
    }

    get name() {
      return this.layer.name;
    }

    get colours() {
      return this.frame.colours;
    }

    isPlaced(row) {
      return Number.isFinite(this.layer.at[2 * row]);
    }

    shows(row) {
      return this.visible[row] === 1;
    }

    countShown(rows) {
      return rows.length === 1 ? this.visible[rows[0]] : rows.reduce((sum, row) => sum + this.visible[row], 0);
    }

    isMarked(rows) {
      const { selected } = this.frame;
      return Boolean(selected?.own) && rows.length === 1 && rows[0] === selected.row && this.shows(selected.row);
    }

    // rows: those to show.
    show(rows) {
      this.visible.fill(0);
      for (const row of rows) if (row < this.visible.length) this.visible[row] = 1;
      this.grid.repaint();
    }

    restyle() {
      this.grid.repaint();
    }

    // As an object of the map; made when it is first asked for.
    object(row) {
      if (!(row in this.visible)) return null;
      if (!this.made.has(row)) this.made.set(row, this.make(row));
      return this.made.get(row);
    }

    objectOf(id) {
      return this.rows.has(id) ? this.object(this.rows.get(id)) : null;
    }

    make(row) {
      const { names, numbers, at } = this.layer;
      const [lon, lat] = [at[2 * row], at[2 * row + 1]];
      const placed = this.isPlaced(row);
      const [x, y] = placed ? Atlas.project(lon, lat) : [NaN, NaN];
      return {
        id: `own:${numbers[row]}`, own: true, row, file: this.name, isSite: false, siteId: null, atSite: false,
        name: { ru: String(names.ru[row]), en: String(names.en[row]) }, fields: {}, accuracy: 0, outline: null,
        lon, lat, x, y, placed,
      };
    }

    // What lies under a place of the map, as the painter says it; null for nothing.
    hit(latlng, pointer) {
      const found = this.grid.hit(latlng, pointer);
      if (!found.length) return null;
      const [top] = found;
      if (top.rows.length > 1) return { crowd: top.rows };
      const points = found.filter(({ type, rows }) => type === 1 && rows.length === 1);
      if (points.length < 2) return { object: this.object(top.rows[0]) };
      return { group: points.map(({ rows }) => this.object(rows[0])) };
    }

    // In the view of the moment: {any, crowd}.
    inView() {
      const found = { any: false, crowd: false };
      for (const { rows } of this.grid.contents().flatMap(({ features }) => features)) {
        if (!this.countShown(rows)) continue;
        found.any = true;
        if (rows.length > 1) found.crowd = true;
      }
      return found;
    }

    failed() {
      this.frame.notices.show("own", () => this.frame.words.text("map.own.failed"));
    }

    remove() {
      this.grid.remove();
      this.frame.notices.drop("own");
    }
  };
})((globalThis.Atlas ??= {}));
