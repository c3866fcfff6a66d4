// The surroundings that are asked for: a circle on the ground round a point, and choosing the point.
(function (Atlas) {
  "use strict";

  const STEPS = 90;
  const EARTH_M = 6371008.8;

  // Points of a circle on the sphere; of 20 km it lies within 0.3 % of the one on the ellipsoid.
  function circle({ lon, lat, metres }) {
    const away = metres / EARTH_M;
    const [phi, lambda] = [lat, lon].map((degrees) => (degrees * Math.PI) / 180);
    return Array.from({ length: STEPS + 1 }, (_, n) => {
      const bearing = (2 * Math.PI * n) / STEPS;
      const latitude = Math.asin(
        Math.sin(phi) * Math.cos(away) + Math.cos(phi) * Math.sin(away) * Math.cos(bearing),
      );
      const turned = Math.atan2(
        Math.sin(bearing) * Math.sin(away) * Math.cos(phi),
        Math.cos(away) - Math.sin(phi) * Math.sin(latitude),
      );
      return [((lambda + turned) * 180) / Math.PI, (latitude * 180) / Math.PI];
    });
  }

  Atlas.Near = class {
    constructor(frame) {
      this.frame = frame;
      this.place = null;
      this.picking = false;
    }

    // null takes the circle away. A new one is brought into view whole.
    set(place) {
      const known = place && [place.lon, place.lat, place.metres].every(Number.isFinite);
      const same = JSON.stringify(place) === JSON.stringify(this.place);
      if (same) return;
      this.place = known ? place : null;
      this.ring = known ? circle(place) : [];
      if (known) this.frame.area.bring(L.latLngBounds(this.ring.map(([lon, lat]) => [lat, lon])));
      else this.frame.area.release();
      this.frame.painter.repaint();
    }

    pick(on) {
      if (this.picking === on) return;
      this.picking = on;
      this.frame.measure.stop();
      this.frame.region.classList.toggle("atlas-crosshair", on);
      if (on) this.frame.notices.show("pick", () => this.frame.words.text("map.near.pick"));
      else this.frame.notices.drop("pick");
    }

    choose({ lng, lat }) {
      this.pick(false);
      this.frame.bridge.send("point", { lon: lng, lat });
    }

    cancel() {
      this.pick(false);
      this.frame.bridge.send("point", { lon: null, lat: null });
    }

    draw({ ctx, colours, at }) {
      if (!this.place) return;
      const path = this.ring.map((point) => at(...point));
      const [x, y] = at(this.place.lon, this.place.lat);
      ctx.save();
      ctx.beginPath();
      path.forEach(([px, py], n) => ctx[n ? "lineTo" : "moveTo"](px, py));
      ctx.closePath();
      ctx.fillStyle = ctx.strokeStyle = colours.accent;
      ctx.globalAlpha = 0.06;
      ctx.fill();
      ctx.globalAlpha = 1;
      ctx.lineWidth = 4;
      ctx.strokeStyle = colours.halo;
      ctx.stroke();
      ctx.lineWidth = 2;
      ctx.strokeStyle = colours.accent;
      ctx.stroke();
      // A cross in a ring: like no mark of an object.
      for (const [width, colour] of [
        [5, colours.halo],
        [2, colours.accent],
      ]) {
        ctx.lineWidth = width;
        ctx.strokeStyle = colour;
        ctx.beginPath();
        ctx.arc(x, y, 7, 0, 2 * Math.PI);
        for (const [dx, dy] of [
          [1, 0],
          [-1, 0],
          [0, 1],
          [0, -1],
        ]) {
          ctx.moveTo(x + 4 * dx, y + 4 * dy);
          ctx.lineTo(x + 13 * dx, y + 13 * dy);
        }
        ctx.stroke();
      }
      ctx.restore();
    }
  };
})((globalThis.Atlas ??= {}));
