// What part of the map is looked at: the beginning, what is brought into view, and what lies over the map.
(function (Atlas) {
  "use strict";

  const EDGE_PX = 48; // an object nearer to the edge than this counts as out of view
  const RING_PX = 8; // from a mark's rim to the outside of its ring
  const MOST_MOVES = 2; // towards one object: what lies over the map changes with the view
  const CLOSE_ZOOM = 15;

  Atlas.Sight = class {
    constructor(frame) {
      this.frame = frame;
      this.map = frame.map;
      this.padding = [0, 0, 0, 0]; // top, right, bottom, left: what the host lays over the map
      this.waiting = true; // nothing but the beginning has been shown yet
      this.sought = null; // what is kept in sight until the viewer moves the map: {object, moves left}
      this.moving = false;
    }

    // Later than the painter, which paints at the end of a move: what it tells then is of the move.
    listen() {
      this.map.on("movestart", () => (this.moving = true));
      this.map.on("moveend", () => (this.moving = false));
    }

    // From now on the view is that of whoever asked last, or of the viewer.
    take() {
      this.waiting = false;
      this.sought = null;
    }

    home(options) {
      const [west, south, east, north] = this.frame.data.start;
      this.fill(L.latLngBounds([south, west], [north, east]), options);
    }

    // Bounds in all that the host leaves of the map, also below legend and buttons.
    fill(bounds, options) {
      this.map.fitBounds(bounds, {
        ...this.paddingFor(this.openBox(), 0),
        animate: !this.frame.reduced,
        ...options,
      });
    }

    // The starting view, once the frame has a size and the host has said what lies over it: until then
    // it is a guess. Never after the viewer, or a selection, has moved the map.
    begin() {
      if (!this.waiting) return;
      const [left, , right] = this.openBox();
      this.frame.legend.begin(right - left);
      this.home({ animate: false });
    }

    // Bounds in what nothing lies over.
    show(bounds, { margin = EDGE_PX, ...options } = {}) {
      this.waiting = false;
      this.map.fitBounds(bounds, {
        ...this.paddingFor(Atlas.freePart(this.openBox(), this.covers()), margin),
        maxZoom: CLOSE_ZOOM,
        animate: !this.frame.reduced,
        ...options,
      });
    }

    fit(objects) {
      const places = objects.filter((object) => object?.placed);
      if (!places.length) return;
      this.take();
      this.show(Atlas.boundsOf(places));
    }

    // At least one step nearer to objects that are drawn as one; `zoomTo` tells from their bounds how near.
    approach(objects, zoomTo) {
      const bounds = Atlas.boundsOf(objects);
      const zoom = Math.max(this.map.getZoom() + 1, zoomTo(bounds));
      this.map.setView(bounds.getCenter(), Math.min(this.map.getMaxZoom(), zoom), { animate: !this.frame.reduced });
    }

    seek(object) {
      this.sought = { object, moves: MOST_MOVES };
      this.frame.painter.repaint();
    }

    // The marks now stand where they will be seen.
    painted() {
      if (this.sought?.moves && !this.moving) this.bringIntoView();
    }

    // Moves only when the object lies outside the free part of the view.
    bringIntoView() {
      const spot = this.frame.painter.spotOnMap(this.sought.object);
      if (!spot) return;
      const [x, y] = spot.at;
      const [left, top, right, bottom] = this.openBox();
      const covers = this.covers();
      const reach = spot.radius + RING_PX;
      const ring = [x - reach, y - reach, x + reach, y + reach];
      const edge = Math.max(reach, EDGE_PX);
      const inside = x > left + edge && x < right - edge && y > top + edge && y < bottom - edge;
      if (inside && !covers.some((cover) => Atlas.overlap(ring, cover))) return;
      const [west, north, east, south] = Atlas.freePart([left, top, right, bottom], covers);
      this.waiting = false;
      this.sought.moves -= 1;
      const goal = L.point((west + east) / 2, (north + south) / 2);
      this.map.panBy(L.point(x, y).subtract(goal), { animate: !this.frame.reduced });
    }

    setPadding(padding) {
      this.padding = padding;
      ["top", "right", "bottom", "left"].forEach((side, i) => {
        document.documentElement.style.setProperty(`--pad-${side}`, `${padding[i]}px`);
      });
      this.begin();
      this.waiting &&= this.map.getSize().x === 0;
      if (this.sought) this.seek(this.sought.object);
    }

    // What the host leaves of the map, and what lies over that here.
    openBox() {
      const [top, right, bottom, left] = this.padding;
      const size = this.map.getSize();
      return [left, top, size.x - right, size.y - bottom];
    }

    covers() {
      return [this.frame.legend.element, ...this.frame.controls.elements].map(Atlas.boxOf);
    }

    paddingFor([left, top, right, bottom], extra) {
      const size = this.map.getSize();
      return {
        paddingTopLeft: [left + extra, top + extra],
        paddingBottomRight: [size.x - right + extra, size.y - bottom + extra],
      };
    }
  };

  Atlas.boundsOf = (objects) => L.latLngBounds(objects.map((object) => [object.lat, object.lon]));
})((globalThis.Atlas ??= {}));
