// Where the map has the places of the viewer's layer from: all at once, or tile by tile. Either gives for
// a tile its features {rows, type, paths, box} and how its units become pixels.
(function (Atlas) {
  "use strict";

  const TILE_PX = 256;
  const EDGE_PX = 8; // a mark beyond the edge of a tile still reaches into it
  const TYPES = { Point: 1, MultiPoint: 1, LineString: 2, MultiLineString: 2, Polygon: 3, MultiPolygon: 3 };

  async function ask(address) {
    const answer = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return answer;
  }

  function boxOf(paths) {
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const path of paths) {
      for (let n = 0; n < path.length; n += 2) {
        box[0] = Math.min(box[0], path[n]);
        box[1] = Math.min(box[1], path[n + 1]);
        box[2] = Math.max(box[2], path[n]);
        box[3] = Math.max(box[3], path[n + 1]);
      }
    }
    return box;
  }

  const feature = (rows, type, paths) => ({ rows, type, paths, box: boxOf(paths) });

  // Positions of a geometry as lists, by type: points apart, lines and rings as they are.
  const LISTS = {
    Point: (c) => [[c]],
    MultiPoint: (c) => c.map((position) => [position]),
    LineString: (c) => [c],
    MultiLineString: (c) => c,
    Polygon: (c) => c,
    MultiPolygon: (c) => c.flat(),
  };

  function features(row, geometry) {
    if (geometry.type === "GeometryCollection") return geometry.geometries.flatMap((part) => features(row, part));
    const paths = LISTS[geometry.type](geometry.coordinates)
      .filter((positions) => positions.length)
      .map((positions) => positions.flatMap(([lon, lat]) => Atlas.project(lon, Math.max(-85, Math.min(85, lat)))));
    return paths.length ? [feature([row], TYPES[geometry.type], paths)] : [];
  }

  Atlas.OwnWhole = class {
    constructor(url) {
      this.asked = ask(`${url}layer.geojson`)
        .then((answer) => answer.json())
        .then((collection) => collection.features.flatMap(({ id, geometry }) => features(id, geometry)));
    }

    async tile({ x, y, z }) {
      const all = await this.asked;
      const side = TILE_PX / 2 ** z;
      const edge = EDGE_PX / 2 ** z;
      const [west, north] = [x * side - edge, y * side - edge];
      const [east, south] = [(x + 1) * side + edge, (y + 1) * side + edge];
      return {
        scale: 2 ** z,
        dx: -x * TILE_PX,
        dy: -y * TILE_PX,
        features: all.filter(({ box }) => box[2] >= west && box[0] <= east && box[3] >= north && box[1] <= south),
      };
    }
  };

  const DETAIL_ZOOM = 16; // tiles of higher zooms would hold nothing new: they are parts of these
  const MOST_HELD = 64;

  Atlas.OwnPieces = class {
    constructor(url) {
      this.url = url;
      this.held = new Map(); // by address, those fetched last at the end
    }

    async tile({ x, y, z }) {
      const deeper = Math.max(0, z - DETAIL_ZOOM);
      const [px, py] = [x >> deeper, y >> deeper];
      const { extent, features } = await this.fetch(`${this.url}tiles/${z - deeper}/${px}/${py}.mvt`);
      const part = 2 ** deeper;
      const scale = (TILE_PX * part) / extent;
      const [dx, dy] = [(px * part - x) * TILE_PX, (py * part - y) * TILE_PX];
      const inside = ({ box: [west, north, east, south] }) =>
        east * scale + dx >= -EDGE_PX && west * scale + dx <= TILE_PX + EDGE_PX &&
        south * scale + dy >= -EDGE_PX && north * scale + dy <= TILE_PX + EDGE_PX;
      return { scale, dx, dy, features: deeper ? features.filter(inside) : features };
    }

    // Not given up with the tile that asked: its neighbours within may want it as well.
    fetch(address) {
      const held = this.held.get(address) ?? this.ask(address);
      this.held.delete(address);
      this.held.set(address, held);
      if (this.held.size > MOST_HELD) this.held.delete(this.held.keys().next().value);
      held.catch(() => this.held.delete(address));
      return held;
    }

    async ask(address) {
      const answer = await ask(address);
      const layer = Atlas.readTile(new Uint8Array(await answer.arrayBuffer())).get("features");
      const features = (layer?.features ?? []).map(({ id, type, values, paths }) =>
        feature(id === null ? rowsOf(values.rows) : [id], type, paths));
      return { extent: layer?.extent ?? 1, features };
    }
  };

  // "5,1,3": the first row, then the distance of each to the one before.
  function rowsOf(written) {
    let row = 0;
    return String(written).split(",").map((step) => (row += Number(step)));
  }
})((globalThis.Atlas ??= {}));
