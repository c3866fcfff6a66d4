// The part of the map that is asked for: brought into view when it is new, and kept clear of what the
// host lays over it until the viewer moves the map.
(function (Atlas) {
  "use strict";

  const MARGIN_PX = 24;
  const MAX_ZOOM = 17;
  const LEAST_M = 600; // round an object, however well its place is known

  Atlas.Area = class {
    constructor(frame) {
      this.frame = frame;
      this.bounds = null;
    }

    // [west, south, east, north] in degrees; anything else asks for nothing.
    bringBox(box) {
      if (!Array.isArray(box) || box.length !== 4 || !box.every(Number.isFinite)) return;
      const [west, south, east, north] = box;
      this.bring(L.latLngBounds([south, west], [north, east]));
    }

    // An object with the ground on which it may stand.
    bringObject({ lon, lat, accuracy }) {
      this.bring(L.latLng(lat, lon).toBounds(2 * Math.max(accuracy || 0, LEAST_M)));
    }

    bring(bounds) {
      this.bounds = bounds;
      this.frame.sight.sought = null;
      this.show();
    }

    // From now on the view is the viewer's.
    release() {
      this.bounds = null;
    }

    show() {
      const { frame } = this;
      if (!this.bounds) return;
      frame.sight.show(this.bounds, {
        margin: MARGIN_PX,
        maxZoom: MAX_ZOOM,
        // Before anything is drawn there is nothing to glide away from.
        animate: !frame.reduced && frame.objects.size > 0,
      });
    }
  };
})((globalThis.Atlas ??= {}));
