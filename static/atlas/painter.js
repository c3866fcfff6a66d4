// Draws the whole scene on one canvas and finds what lies under a pointer. A filter click is one
// repaint: no element and no Leaflet layer per feature.
(function (Atlas) {
  "use strict";

  const LARGE_DISC_PX = 36;

  Atlas.Painter = L.Renderer.extend({
    includes: [Atlas.marks, Atlas.extents, Atlas.hits],
    options: { padding: 0.25 },

    // state: what the frame knows (scene, selected, cursor, words, colours, layers …); read, never changed.
    initialize(state) {
      L.Renderer.prototype.initialize.call(this);
      this.state = state;
      this.sprites = new Map();
      this.dots = [];
      this.badgeAngles = new Map();
    },

    _initContainer() {
      this._container = document.createElement("canvas");
      this.ctx = this._container.getContext("2d");
    },

    _destroyContainer() {
      cancelAnimationFrame(this.request);
      this._container.remove();
    },

    _updatePaths() {},

    getEvents() {
      return { ...L.Renderer.prototype.getEvents.call(this), move: this.repaint };
    },

    repaint() {
      this.request ??= requestAnimationFrame(() => {
        this.request = null;
        if (this._map) this._update();
      });
    },

    // Colours, letters or the font have changed.
    restyle() {
      this.sprites.clear();
      this.repaint();
    },

    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const ratio = window.devicePixelRatio || 1;
      const size = this._bounds.getSize();
      const canvas = this._container;
      L.DomUtil.setPosition(canvas, this._bounds.min);
      const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
      if (canvas.width !== width || canvas.height !== height) {
        [canvas.width, canvas.height] = [width, height];
        [canvas.style.width, canvas.style.height] = [`${size.x}px`, `${size.y}px`];
      }
      this.ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      this.ctx.clearRect(0, 0, size.x, size.y);
      this.paint();
      this.fire("painted");
    },

    // From the plane of zoom 0 to pixels of the canvas.
    frameOfReference() {
      const zoom = this._map.getZoom();
      const origin = this._map.getPixelOrigin().add(this._bounds.min);
      return { zoom, scale: 2 ** zoom, dx: -origin.x, dy: -origin.y };
    },

    view() {
      const { zoom, scale, dx, dy } = this.frameOfReference();
      const corner = this._map.containerPointToLayerPoint([0, 0]).subtract(this._bounds.min);
      const size = this._map.getSize();
      const [top, , , left] = this.state.sight.padding;
      const box = this._map.getBounds();
      return {
        ctx: this.ctx,
        colours: this.state.colours,
        words: this.state.words,
        zoom,
        at: (lon, lat) => {
          const [x, y] = Atlas.project(lon, lat);
          return [x * scale + dx, y * scale + dy];
        },
        box: [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()],
        // What legend and buttons cover is no place for names.
        covered: this.state.sight
          .covers()
          .map(([left, top, right, bottom]) => [
            left + corner.x,
            top + corner.y,
            right + corner.x,
            bottom + corner.y,
          ]),
        window: [corner.x, corner.y, corner.x + size.x, corner.y + size.y],
        margin: { top, left },
      };
    },

    paint() {
      const { scene, layers } = this.state;
      const view = this.view();
      const frame = this.frameOfReference();
      const at = (thing) => [thing.x * frame.scale + frame.dx, thing.y * frame.scale + frame.dy];
      const size = this._bounds.getSize();
      const seen = (x, y, r) => x > -r && y > -r && x < size.x + r && y < size.y + r;
      this.dots = scene.places.within(this.lonLatBox(), frame.zoom);
      const [large, small] = this.sitesBySize();

      this.turnBadges(at);
      if (layers.graticule) Atlas.drawGraticule(view);
      for (const object of scene.outlined) this.drawOutline(object, frame);
      if (layers.accuracy) this.drawAccuracy(scene.sites, at, frame, seen);
      // Tiles have names of their own.
      const names = this.state.tiles?.shown ? [] : this.placeNames(view, at, seen);
      for (const name of names) Atlas.drawSettlement(view, name);
      const disc = (site) => {
        const [x, y] = at(site);
        if (seen(x, y, this.diameter(site))) this.drawSite(site, x, y);
      };
      large.forEach(disc);
      for (const dot of this.dots) this.drawDot(dot, ...at(dot));
      small.forEach(disc);
      // Above the marks: they keep clear of them, but the name of a city stands wherever it must.
      for (const name of names) Atlas.drawName(view, name);
      this.drawMarked(at, frame);
      this.state.near?.draw(view);
      this.state.measure?.draw(view);
      if (this.state.position) this.drawLocated(this.state.position, at, frame);
    },

    // Large discs, then small ones: dots lie between them.
    sitesBySize() {
      const { sites } = this.state.scene;
      const border = sites.findIndex((site) => this.diameter(site) < LARGE_DISC_PX);
      return border < 0 ? [sites, []] : [sites.slice(0, border), sites.slice(border)];
    },

    placeNames(view, at, seen) {
      const { scene, settlements } = this.state;
      const taken = [...view.covered];
      for (const site of scene.sites.slice(0, 200)) {
        const [x, y] = at(site);
        const r = this.diameter(site) / 2;
        if (!seen(x, y, r)) continue;
        taken.push([x - r, y - r, x + r, y + r]);
        if (!scene.badge(site).length) continue;
        const [bx, by] = this.badgeAt(site, x, y);
        const b = this.badgeRadius;
        taken.push([bx - b, by - b, bx + b, by + b]);
      }
      for (const dot of this.dots.slice(0, 200)) {
        const [x, y] = at(dot);
        taken.push([x - dot.radius, y - dot.radius, x + dot.radius, y + dot.radius]);
      }
      return Atlas.placeNames(view, settlements, taken);
    },

    lonLatBox() {
      const corner = (point) => this._map.layerPointToLatLng(point);
      const [nw, se] = [corner(this._bounds.min), corner(this._bounds.max)];
      return [nw.lng, se.lat, se.lng, nw.lat];
    },
  });
})((globalThis.Atlas ??= {}));
