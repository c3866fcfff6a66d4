// Part of the painter: what has a true extent on the ground, as outlines and circles of accuracy.
(function (Atlas) {
  "use strict";

  // With more circles than this the dashes cost more than they tell.
  const MOST_DASHED = 400;

  Atlas.extents = {
    lineColour(site) {
      const park = this.state.parks.get(site.park);
      if (!park) return this.state.colours.dot_line;
      return this.state.dark ? park.line_dark : park.line;
    },

    trace(object, frame) {
      const { ctx } = this;
      ctx.beginPath();
      for (const part of object.outline.parts) {
        part.forEach(([x, y], i) => {
          ctx[i ? "lineTo" : "moveTo"](x * frame.scale + frame.dx, y * frame.scale + frame.dy);
        });
        if (object.outline.closed) ctx.closePath();
      }
    },

    drawOutline(object, frame) {
      const { ctx } = this;
      const line = object.isSite ? this.lineColour(object) : this.state.colours.dot_line;
      this.trace(object, frame);
      ctx.save();
      ctx.strokeStyle = line;
      ctx.fillStyle = line;
      if (object.outline.closed) {
        ctx.globalAlpha = object.traced ? 0.16 : 0.07;
        ctx.fill("evenodd");
      }
      // A derived outline is a guess and looks like one.
      ctx.globalAlpha = object.traced ? 1 : 0.65;
      ctx.lineWidth = object.traced ? 2 : 1.5;
      ctx.setLineDash(object.traced ? [] : [7, 5]);
      ctx.stroke();
      ctx.restore();
    },

    drawAccuracy(sites, at, frame, seen) {
      const { ctx } = this;
      ctx.save();
      ctx.lineWidth = 1;
      if (sites.length <= MOST_DASHED) ctx.setLineDash([4, 4]);
      ctx.globalAlpha = 0.5;
      const diagonal = Math.hypot(...Object.values(this._bounds.getSize()));
      for (const site of sites) {
        if (!site.accuracy || site.traced) continue;
        const [x, y] = at(site);
        const radius = site.accuracy * Atlas.pixelsPerMetre(site.lat) * frame.scale;
        // Hidden under its disc, out of sight, or so large that no part of it crosses the screen.
        if (radius < this.diameter(site) / 2 + 2 || !seen(x, y, radius) || radius > diagonal * 3) continue;
        ctx.strokeStyle = this.lineColour(site);
        ctx.beginPath();
        ctx.arc(x, y, radius, 0, 2 * Math.PI);
        ctx.stroke();
      }
      ctx.restore();
    },

    drawRange([x, y], object, frame) {
      const { ctx } = this;
      const radius = object.accuracy * Atlas.pixelsPerMetre(object.lat) * frame.scale;
      if (radius < 10 || radius > 20000) return;
      ctx.save();
      ctx.setLineDash([4, 4]);
      ctx.strokeStyle = this.state.colours.dot_line;
      ctx.beginPath();
      ctx.arc(x, y, radius, 0, 2 * Math.PI);
      ctx.stroke();
      ctx.restore();
    },

    drawLocated({ lon, lat, accuracy }, at, frame) {
      const { ctx } = this;
      const [x, y] = Atlas.project(lon, lat);
      const [px, py] = at({ x, y });
      ctx.save();
      ctx.fillStyle = ctx.strokeStyle = this.state.colours.accent;
      ctx.beginPath();
      ctx.arc(px, py, Math.min(20000, accuracy * Atlas.pixelsPerMetre(lat) * frame.scale), 0, 2 * Math.PI);
      ctx.globalAlpha = 0.12;
      ctx.fill();
      ctx.globalAlpha = 1;
      ctx.stroke();
      ctx.beginPath();
      ctx.arc(px, py, 7, 0, 2 * Math.PI);
      ctx.fill();
      ctx.lineWidth = 3;
      ctx.strokeStyle = this.state.colours.selection_halo;
      ctx.stroke();
      ctx.restore();
    },
  };
})((globalThis.Atlas ??= {}));
