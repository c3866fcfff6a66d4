// Features from columns: how a host that holds the layers itself sends them. A message of thousands of
// small objects would take longer than all the rest.
(function (Atlas) {
  "use strict";

  // `columns`: one value a row by name; `shapes`: pairs of row and geometry, of what is no point.
  // Returns the features by kind of layer.
  Atlas.featuresOf = function (columns) {
    const { id, type, park, names, lon, lat, off, area, site, kind, status, source, method } = columns;
    const shapes = new Map(columns.shapes);
    const features = { sites: [], projects: [] };
    id.forEach((own, at) => {
      const isSite = type[at] === "site";
      const point = lon[at] === null ? null : { type: "Point", coordinates: [lon[at], lat[at]] };
      features[isSite ? "sites" : "projects"].push({
        geometry: shapes.get(at) ?? point,
        properties: {
          id: own,
          name_ru: names.ru[at],
          name_en: names.en[at],
          park_type: park[at],
          site_id: site[at],
          kind: kind[at],
          status: status[at],
          status_source: source[at],
          area_ha: area[at],
          geometry_method: method[at],
          position_accuracy_m: off[at],
        },
      });
    });
    return features;
  };
})((globalThis.Atlas ??= {}));
