// The measure tool: length along the ellipsoid, and area once the shape is closed.
(function (Atlas) {
  "use strict";

  const CLOSE_PX = 12;

  Atlas.Measure = class {
    constructor(frame, box) {
      this.frame = frame;
      this.active = false;
      this.clear();
      this.result = Atlas.element("output", {});
      const plain = { class: "atlas-button atlas-plain" };
      this.element = Atlas.element(
        "div",
        { class: "atlas-measure", role: "group", "data-label": "map.measure", hidden: true },
        this.result,
        Atlas.button("undo-2", "map.measure.undo", () => this.undo(), plain),
        Atlas.button("x", "map.measure.end", () => this.stop(), plain),
      );
      box.append(this.element);
    }

    clear() {
      this.points = [];
      this.closed = false;
      this.pointer = null;
    }

    start() {
      this.clear();
      this.active = true;
      this.element.hidden = false;
      this.frame.region.classList.add("atlas-crosshair");
      this.update();
    }

    stop() {
      if (!this.active) return;
      this.active = false;
      this.element.hidden = true;
      this.frame.region.classList.remove("atlas-crosshair");
      this.clear();
      this.frame.measureEnded();
    }

    add({ lng, lat }) {
      if (this.closed) this.clear();
      const first = this.points[0];
      if (this.points.length > 2 && this.pixelsBetween(first, [lng, lat]) < CLOSE_PX) this.closed = true;
      else this.points.push([lng, lat]);
      this.update();
      this.frame.notices.announce(this.sentence());
    }

    undo() {
      if (this.closed) this.closed = false;
      else this.points.pop();
      this.update();
    }

    move({ lng, lat }) {
      this.pointer = [lng, lat];
      this.update();
    }

    pixelsBetween(a, b) {
      const pixel = ([lon, lat]) => this.frame.map.latLngToContainerPoint([lat, lon]);
      return pixel(a).distanceTo(pixel(b));
    }

    // Points and, while the shape is open, the pointer after them.
    path() {
      if (this.closed) return [...this.points, this.points[0]];
      return this.pointer && this.points.length ? [...this.points, this.pointer] : this.points;
    }

    sentence() {
      const { words } = this.frame;
      const path = this.path();
      if (path.length < 2) return words.text(path.length ? "map.measure.next" : "map.measure.begin");
      const length = words.distance(Atlas.pathLength(path));
      if (!this.closed) return words.text("map.measure.length", { length });
      return words.text("map.measure.area", { length, area: words.area(Atlas.ringArea(this.points)) });
    }

    update() {
      this.result.textContent = this.sentence();
      this.frame.painter.repaint();
    }

    relabel() {
      this.result.textContent = this.sentence();
    }

    draw({ ctx, colours, at }) {
      if (!this.active) return;
      const path = this.path().map((point) => at(...point));
      ctx.save();
      ctx.lineJoin = "round";
      ctx.beginPath();
      path.forEach(([x, y], i) => ctx[i ? "lineTo" : "moveTo"](x, y));
      if (this.closed) {
        ctx.globalAlpha = 0.14;
        ctx.fillStyle = colours.accent;
        ctx.fill();
        ctx.globalAlpha = 1;
      }
      ctx.lineWidth = 5;
      ctx.strokeStyle = colours.halo;
      ctx.stroke();
      ctx.lineWidth = 2.5;
      ctx.strokeStyle = colours.accent;
      ctx.stroke();
      for (const [x, y] of this.points.map((point) => at(...point))) {
        ctx.beginPath();
        ctx.arc(x, y, 4.5, 0, 2 * Math.PI);
        ctx.fillStyle = colours.halo;
        ctx.fill();
        ctx.stroke();
      }
      ctx.restore();
    }
  };
})((globalThis.Atlas ??= {}));
