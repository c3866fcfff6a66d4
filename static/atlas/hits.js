// Part of the painter: what lies under a pointer, and where an object shows.
(function (Atlas) {
  "use strict";

  const SLACK = { mouse: 2, pen: 6, touch: 10 };

  Atlas.hits = {
    // Where an object shows: its own disc or dot, its site's badge, or the cluster that holds it.
    spotOf(object, at) {
      const { scene, own } = this.state;
      if (object.own) return own?.shows(object.row) && object.placed ? { at: at(object), radius: Atlas.ownHalf(1) } : null;
      if (!scene.visible.includes(object)) return null;
      if (object.isSite) return { at: at(object), radius: this.diameter(object) / 2 };
      const site = scene.sites.find((candidate) => candidate.id === object.siteId);
      if (site && scene.badge(site).includes(object)) {
        return { at: this.badgeAt(site, ...at(site)), radius: this.badgeRadius };
      }
      const near = (dot) => (dot.x - object.x) ** 2 + (dot.y - object.y) ** 2;
      const dot = [...this.dots]
        .sort((a, b) => near(a) - near(b))
        .find((candidate) => scene.places.members(candidate).includes(object));
      return dot ? { at: at(dot), radius: dot.radius } : null;
    },

    // The same in pixels of the map.
    spotOnMap(object) {
      const { scale, dx, dy } = this.frameOfReference();
      const spot = this.spotOf(object, (thing) => [thing.x * scale + dx, thing.y * scale + dy]);
      if (!spot) return null;
      const { x, y } = this._map.layerPointToContainerPoint(this._bounds.min.add(spot.at));
      return { at: [x, y], radius: spot.radius };
    },

    // What lies under a point of the layer: {object, area?} | {group, site?, dot?} | null, topmost first.
    hit(layerPoint, pointer = "mouse") {
      const { scene } = this.state;
      const frame = this.frameOfReference();
      const { x, y } = layerPoint.subtract(this._bounds.min);
      const slack = SLACK[pointer] ?? SLACK.mouse;
      const at = (thing) => [thing.x * frame.scale + frame.dx, thing.y * frame.scale + frame.dy];
      const within = ([px, py], radius) => (px - x) ** 2 + (py - y) ** 2 <= (radius + slack) ** 2;
      const site = (list) => {
        for (const one of list.toReversed()) {
          const badge = scene.badge(one);
          const numbered = badge.length && within(this.badgeAt(one, ...at(one)), this.badgeRadius);
          if (numbered) return { group: badge, site: one };
          if (within(at(one), this.diameter(one) / 2)) return { object: one };
        }
        return null;
      };
      const [large, small] = this.sitesBySize();
      const above = site(small);
      if (above) return above;
      const dot = this.dots.findLast((one) => within(at(one), one.radius));
      if (dot?.n === 1) return { object: dot.members[0] };
      if (dot) return { group: scene.places.members(dot), dot };
      const below = site(large);
      if (below) return below;
      const outlined = scene.outlined.findLast((object) => {
        this.trace(object, frame);
        const ratio = window.devicePixelRatio || 1;
        return object.outline.closed
          ? this.ctx.isPointInPath(x * ratio, y * ratio, "evenodd")
          : this.ctx.isPointInStroke(x * ratio, y * ratio);
      });
      return outlined ? { object: outlined, area: true } : null;
    },
  };
})((globalThis.Atlas ??= {}));
