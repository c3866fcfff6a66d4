// The viewer's layer on the map: drawn by what is shown of it, and found under the pointer.
(function (Atlas) {
  "use strict";

  const TILE_PX = 256;
  const SLACK_PX = { mouse: 2, pen: 6, touch: 10 };
  const LINE_PX = 4;
  const [POINT, LINE] = [1, 2];

  // own: {shows(row), selected} is read.
  Atlas.OwnGrid = Atlas.TileGrid.extend({
    initialize(own, source, options) {
      Atlas.TileGrid.prototype.initialize.call(this, source, () => own.failed(), { pane: "own", ...options });
      this.own = own;
    },

    draw({ features, ...place }) {
      const view = { colours: this.own.colours, ...place };
      // Areas lie below lines, lines below points; what is selected above all.
      const order = features.toSorted((a, b) => b.type - a.type);
      for (const feature of order) {
        const n = this.own.countShown(feature.rows);
        if (n && !this.own.isMarked(feature.rows)) Atlas.drawOwn(view, feature, n, false);
      }
      for (const feature of order) if (this.own.isMarked(feature.rows)) Atlas.drawOwn(view, feature, 1, true);
    },

    // Shown features under a place, as lists of rows; the topmost first.
    hit(latlng, pointer) {
      const zoom = this._tileZoom;
      if (zoom === undefined) return [];
      const [east, south] = Atlas.project(latlng.lng, latlng.lat).map((value) => value * 2 ** zoom);
      const [x, y] = [Math.floor(east / TILE_PX), Math.floor(south / TILE_PX)];
      const tile = this._tiles[`${x}:${y}:${zoom}`]?.el;
      if (!tile?.content) return [];
      const { scale, dx, dy, features } = tile.content;
      const at = [(east - x * TILE_PX - dx) / scale, (south - y * TILE_PX - dy) / scale];
      const px = this.size() / scale;
      const slack = (SLACK_PX[pointer] ?? SLACK_PX.mouse) * px;
      const found = features.filter((feature) => {
        const n = this.own.countShown(feature.rows);
        return n && under(feature, at, slack, Atlas.ownHalf(n) * px, LINE_PX * px);
      });
      return found.sort((a, b) => a.type - b.type).map(({ type, rows }) => ({ type, rows: rows.filter((row) => this.own.shows(row)) }));
    },
  });

  function under({ type, paths, box }, [x, y], slack, half, line) {
    const reach = slack + (type === POINT ? half : line);
    if (x < box[0] - reach || x > box[2] + reach || y < box[1] - reach || y > box[3] + reach) return false;
    if (type === POINT) return paths.some((path) => Math.abs(path[0] - x) + Math.abs(path[1] - y) <= half + slack);
    if (type === LINE) return paths.some((path) => near(path, x, y, slack + line));
    return paths.reduce((inside, path) => inside !== within(path, x, y), false);
  }

  function within(ring, x, y) {
    let inside = false;
    for (let n = 0, m = ring.length - 2; n < ring.length; m = n, n += 2) {
      const [x1, y1, x2, y2] = [ring[n], ring[n + 1], ring[m], ring[m + 1]];
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
    }
    return inside;
  }

  function near(path, x, y, reach) {
    for (let n = 2; n < path.length; n += 2) {
      const [x1, y1, x2, y2] = [path[n - 2], path[n - 1], path[n], path[n + 1]];
      const length = (x2 - x1) ** 2 + (y2 - y1) ** 2;
      const share = length ? Math.max(0, Math.min(1, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length)) : 0;
      if (Math.hypot(x - x1 - share * (x2 - x1), y - y1 - share * (y2 - y1)) <= reach) return true;
    }
    return false;
  }
})((globalThis.Atlas ??= {}));
