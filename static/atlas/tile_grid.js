// Tiles that are painted here: another choice, colour or zoom paints those there are once more and asks the
// server nothing.
(function (Atlas) {
  "use strict";

  const SHARPER = 1.5; // the map enlarges tiles by up to 1.41 between two whole zooms

  Atlas.TileGrid = L.GridLayer.extend({
    // source.tile(coords) promises what a tile shows; failed(error) is told of one that does not come.
    initialize(source, failed, options) {
      L.GridLayer.prototype.initialize.call(this, {
        noWrap: true,
        updateWhenZooming: false,
        keepBuffer: 1,
        ...options,
      });
      this.source = source;
      this.failed = failed;
    },

    getEvents() {
      // Marks keep their size on the screen whatever the map makes of the tile.
      return { ...L.GridLayer.prototype.getEvents.call(this), zoomend: this.repaint };
    },

    createTile(coords, done) {
      const tile = document.createElement("canvas");
      const side = this.getTileSize().x;
      tile.width = tile.height = Math.round(side * SHARPER * (window.devicePixelRatio || 1));
      // The zoom of the address: that of tiles of 256 pixels which are as wide on the ground.
      const { x, y, z } = coords;
      this.source.tile({ x, y, z: z - Math.log2(side / 256) }).then(
        (content) => {
          tile.content = content;
          this.paint(tile);
          done(null, tile);
        },
        (error) => {
          this.failed(error);
          done(error, tile);
        },
      );
      return tile;
    },

    // What the tiles there are show.
    contents() {
      return Object.values(this._tiles ?? {}).flatMap(({ el }) => el.content ?? []);
    },

    // Colours, the choice or the selection have changed.
    repaint() {
      for (const { el } of Object.values(this._tiles ?? {})) if (el.content) this.paint(el);
    },

    // How many pixels of a tile make one on the screen.
    size() {
      return 1 / this._map.getZoomScale(this._map.getZoom(), this._tileZoom);
    },

    paint(tile) {
      if (!this._map) return;
      const side = this.getTileSize().x;
      const ratio = tile.width / side;
      const ctx = tile.getContext("2d");
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
      ctx.clearRect(0, 0, side, side);
      this.draw({ ctx, size: this.size(), ...tile.content });
    },
  });
})((globalThis.Atlas ??= {}));
