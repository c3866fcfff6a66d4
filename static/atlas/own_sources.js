// Where the map has the places of the viewer's layer from: all at once, or tile by tile. Either gives for
// a tile its features {rows, type, paths, box} and how its units become pixels.
(function (Atlas) {
  "use strict";

  const TILE_PX = 256;
  const EDGE_PX = 8; // a mark beyond the edge of a tile still reaches into it
  const TYPES = { Point: 1, MultiPoint: 1, LineString: 2, MultiLineString: 2, Polygon: 3, MultiPolygon: 3 };

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
      this.asked = Atlas.ask(`${url}layer.geojson`)
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

  Atlas.OwnPieces = class extends Atlas.TilePieces {
    constructor(url) {
      super((z, x, y) => `${url}tiles/${z}/${x}/${y}.mvt`);
    }

    read(layers) {
      const layer = layers.get("features");
      const features = (layer?.features ?? []).map(({ id, type, values, paths }) =>
        feature(id === null ? rowsOf(values.rows) : [id], type, paths));
      return { extent: layer?.extent ?? 1, features };
    }

    // Of an enlarged tile, what lies in the part that is shown.
    async tile(coords) {
      const { features, ...place } = await super.tile(coords);
      const { scale, dx, dy } = place;
      const inside = ({ box: [west, north, east, south] }) =>
        east * scale + dx >= -EDGE_PX && west * scale + dx <= TILE_PX + EDGE_PX &&
        south * scale + dy >= -EDGE_PX && north * scale + dy <= TILE_PX + EDGE_PX;
      return { ...place, features: coords.z > this.deepest ? features.filter(inside) : features };
    }
  };

  // "5,1,3": the first row, then the distance of each to the one before.
  function rowsOf(written) {
    let row = 0;
    return String(written).split(",").map((step) => (row += Number(step)));
  }
})((globalThis.Atlas ??= {}));
