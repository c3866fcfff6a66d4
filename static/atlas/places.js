// Projects as dots: those on one spot stay together at every zoom, near ones cluster at low zoom.
(function (Atlas) {
  "use strict";

  const LAST_CLUSTERED_ZOOM = 16;
  const RADIUS_PX = 42;

  Atlas.Places = class {
    constructor(projects) {
      const spots = new Map();
      for (const project of projects) {
        const key = `${project.lon.toFixed(5)} ${project.lat.toFixed(5)}`;
        if (spots.has(key)) spots.get(key).push(project);
        else spots.set(key, [project]);
      }
      this.index = new Supercluster({
        radius: RADIUS_PX,
        extent: 256,
        maxZoom: LAST_CLUSTERED_ZOOM,
        map: (spot) => ({ n: spot.members.length }),
        reduce: (sum, spot) => {
          sum.n += spot.n;
        },
      }).load(
        [...spots.values()].map((members) => ({
          type: "Feature",
          geometry: { type: "Point", coordinates: [members[0].lon, members[0].lat] },
          properties: { members },
        })),
      );
    }

    // Dots within a box at a zoom, largest first: {x, y, n, radius, members | cluster}.
    within(box, zoom) {
      const dots = this.index.getClusters(box, Math.floor(zoom)).map(({ geometry, properties }) => {
        const [x, y] = Atlas.project(...geometry.coordinates);
        const n = properties.members ? properties.members.length : properties.n;
        const radius = n === 1 ? 5.5 : Math.min(20, 8 + 2.2 * Math.log2(n));
        return { x, y, n, radius, members: properties.members, cluster: properties.cluster_id };
      });
      return dots.sort((a, b) => b.radius - a.radius);
    }

    members(dot) {
      if (dot.members) return dot.members;
      return this.index.getLeaves(dot.cluster, Infinity).flatMap((leaf) => leaf.properties.members);
    }

    // The zoom at which a cluster falls apart.
    splitsAt(dot) {
      return this.index.getClusterExpansionZoom(dot.cluster);
    }
  };
})((globalThis.Atlas ??= {}));
