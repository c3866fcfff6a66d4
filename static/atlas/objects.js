// Features of a layer made ready for drawing: places projected once to the plane of zoom 0.
(function (Atlas) {
  "use strict";

  const WORLD = 256; // pixels of the whole world at zoom 0
  const MAX_LATITUDE = 85.06;

  Atlas.project = function (lon, lat) {
    const sine = Math.sin((lat * Math.PI) / 180);
    const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
    return [WORLD * (lon / 360 + 0.5), WORLD * y];
  };

  // Pixels of zoom 0 that one metre takes at a latitude.
  Atlas.pixelsPerMetre = (lat) => WORLD / (2 * Math.PI * 6378137 * Math.cos((lat * Math.PI) / 180));

  class BrokenFeature extends Error {}

  function point(position) {
    const [lon, lat] = Array.isArray(position) ? position : [];
    const sound =
      Number.isFinite(lon) && Number.isFinite(lat) && Math.abs(lon) <= 180 && Math.abs(lat) <= MAX_LATITUDE;
    if (!sound) throw new BrokenFeature("coordinates");
    return [lon, lat];
  }

  // Lines and rings of a geometry: [closed, array of arrays of positions].
  const PARTS = {
    LineString: (c) => [false, [c]],
    MultiLineString: (c) => [false, c],
    Polygon: (c) => [true, c],
    MultiPolygon: (c) => [true, c.flat()],
  };

  function outline(geometry) {
    if (!Object.hasOwn(PARTS, geometry.type)) throw new BrokenFeature("geometry");
    const [closed, lines] = PARTS[geometry.type](geometry.coordinates);
    const parts = lines.map((line) => line.map(point).map(([lon, lat]) => Atlas.project(lon, lat)));
    if (!parts.length || parts.some((part) => part.length < 2)) throw new BrokenFeature("geometry");
    return { closed, parts };
  }

  // Where an outline has its disc: the centre of its first ring.
  function centre(geometry) {
    const ring = PARTS[geometry.type](geometry.coordinates)[1][0];
    let [area, lon, lat] = [0, 0, 0];
    for (let i = 0; i < ring.length - 1; i += 1) {
      const [[x1, y1], [x2, y2]] = [ring[i], ring[i + 1]];
      const cross = (x1 - ring[0][0]) * (y2 - ring[0][1]) - (x2 - ring[0][0]) * (y1 - ring[0][1]);
      area += cross;
      lon += cross * (x1 + x2 + ring[0][0]);
      lat += cross * (y1 + y2 + ring[0][1]);
    }
    return area === 0 ? ring[Math.floor(ring.length / 2)] : [lon / (3 * area), lat / (3 * area)];
  }

  function place(object, geometry) {
    const isPoint = geometry.type === "Point";
    object.outline = isPoint ? null : outline(geometry);
    [object.lon, object.lat] = point(isPoint ? geometry.coordinates : centre(geometry));
    [object.x, object.y] = Atlas.project(object.lon, object.lat);
    object.placed = true;
  }

  function read(feature, layer, sizes) {
    const fields = feature?.properties;
    if (!fields || typeof fields !== "object" || typeof fields.id !== "string") {
      throw new BrokenFeature("properties");
    }
    const isSite = layer.kind === "sites";
    const area = Number.isFinite(fields.area_ha) ? fields.area_ha : 0;
    const object = {
      id: fields.id,
      isSite,
      fields,
      layer: layer.id,
      park: isSite ? String(fields.park_type) : null,
      siteId: isSite ? fields.id : fields.site_id,
      name: { ru: fields.name_ru, en: fields.name_en },
      // Placed where its site is: it belongs there, but is no place of its own.
      atSite: !isSite && fields.geometry_method === "position_of_site",
      traced: fields.geometry_method === "surveyed" || fields.geometry_method === "traced",
      accuracy: Number.isFinite(fields.position_accuracy_m) ? fields.position_accuracy_m : 0,
      diameter: Math.round(Math.min(sizes.max, Math.max(sizes.min, sizes.perRoot * Math.sqrt(area)))),
      placed: false,
      outline: null,
    };
    if (feature.geometry) place(object, feature.geometry);
    return object;
  }

  // One broken feature costs itself, never the layer.
  Atlas.readLayer = function (collection, layer, sizes) {
    const objects = [];
    let broken = 0;
    for (const feature of collection.features) {
      try {
        objects.push(read(feature, layer, sizes));
      } catch (error) {
        if (!(error instanceof BrokenFeature) && !(error instanceof TypeError)) throw error;
        broken += 1;
      }
    }
    return { objects, broken };
  };
})((globalThis.Atlas ??= {}));
