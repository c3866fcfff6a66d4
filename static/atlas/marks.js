// Part of the painter: discs of sites with their letters and numbers, dots of projects, the selection.
(function (Atlas) {
  "use strict";

  const FONT = '"Golos Text Variable", system-ui, sans-serif';
  const OUTLINE_PX = 2;
  const BADGE_PX = 7.5;
  const NARROW_PX = 560;
  const NARROW_SHARE = 0.65;
  const MOST_TURNED = 300;
  // Sides of a disc for its number, the best first.
  const ANGLES = [-1, -3, 1, 3, -2, 0, 4, 2].map((eighth) => (eighth * Math.PI) / 4);

  Atlas.marks = {
    badgeRadius: BADGE_PX,

    // Discs shrink with a narrow map, as far as their letter allows.
    diameter(site) {
      const shrunk = this._map.getSize().x < NARROW_PX ? site.diameter * NARROW_SHARE : site.diameter;
      return Math.max(this.state.data.sizes.min, Math.round(shrunk));
    },

    drawSite(site, x, y) {
      const sprite = this.sprite(site);
      const half = sprite.size / 2;
      this.ctx.drawImage(sprite.canvas, x - half, y - half, sprite.size, sprite.size);
      const n = this.state.scene.badge(site).length;
      if (n) this.drawBadge(n, ...this.badgeAt(site, x, y));
    },

    // One disc drawn once for a kind and a size, then copied.
    sprite(site) {
      const diameter = this.diameter(site);
      const key = `${site.park} ${diameter}`;
      if (this.sprites.has(key)) return this.sprites.get(key);
      const { colours, words, parks } = this.state;
      const park = parks.get(site.park);
      const ratio = window.devicePixelRatio || 1;
      const size = diameter + 4;
      const canvas = document.createElement("canvas");
      canvas.width = canvas.height = Math.ceil(size * ratio);
      const ctx = canvas.getContext("2d");
      ctx.scale(ratio, ratio);
      ctx.beginPath();
      ctx.arc(size / 2, size / 2, (diameter - OUTLINE_PX) / 2, 0, 2 * Math.PI);
      ctx.globalAlpha = 0.94;
      ctx.fillStyle = park ? park.colour : colours.dot_line;
      ctx.fill();
      ctx.globalAlpha = 1;
      ctx.lineWidth = OUTLINE_PX;
      ctx.strokeStyle = colours.disc_outline;
      ctx.stroke();
      ctx.fillStyle = colours.disc_letter;
      ctx.font = `700 ${Math.round(Math.min(17, 8 + diameter / 5))}px ${FONT}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillText(park ? park.letter[words.language] : "?", size / 2, size / 2 + 0.5);
      const sprite = { canvas, size };
      this.sprites.set(key, sprite);
      return sprite;
    },

    drawDot(dot, x, y) {
      const { ctx } = this;
      const { colours } = this.state;
      ctx.beginPath();
      ctx.arc(x, y, dot.radius, 0, 2 * Math.PI);
      ctx.fillStyle = colours.dot_fill;
      ctx.fill();
      ctx.lineWidth = dot.n === 1 ? 1.8 : 1.5;
      ctx.strokeStyle = colours.dot_line;
      ctx.stroke();
      if (dot.n > 1) this.drawCount(dot.n, x, y, dot.radius > 13 ? 12.5 : 11);
    },

    drawCount(n, x, y, size) {
      const { ctx } = this;
      ctx.fillStyle = this.state.colours.text;
      ctx.font = `600 ${size}px ${FONT}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillText(n > 9999 ? "9999+" : String(n), x, y + 0.5);
    },

    badgeAt(site, x, y) {
      const angle = this.badgeAngles.get(site) ?? ANGLES[0];
      const reach = this.diameter(site) / 2 + 3;
      return [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];
    },

    // Each number on the side of its disc that is free of what is drawn later; upper right if none is.
    turnBadges(at) {
      this.badgeAngles = new Map();
      const { scene } = this.state;
      if (scene.sites.length > MOST_TURNED) return;
      const taken = [];
      scene.sites.toReversed().forEach((site) => {
        const [x, y] = at(site);
        if (scene.badge(site).length) {
          const clear = (angle) => {
            this.badgeAngles.set(site, angle);
            const [bx, by] = this.badgeAt(site, x, y);
            return taken.every(([ox, oy, r]) => (ox - bx) ** 2 + (oy - by) ** 2 > (r + BADGE_PX) ** 2);
          };
          if (!ANGLES.some(clear)) this.badgeAngles.set(site, ANGLES[0]);
          taken.push([...this.badgeAt(site, x, y), BADGE_PX]);
        }
        taken.push([x, y, this.diameter(site) / 2]);
      });
    },

    drawBadge(n, x, y) {
      const { ctx } = this;
      ctx.beginPath();
      ctx.arc(x, y, BADGE_PX, 0, 2 * Math.PI);
      ctx.fillStyle = this.state.colours.dot_fill;
      ctx.fill();
      ctx.lineWidth = 1.5;
      ctx.strokeStyle = this.state.colours.dot_line;
      ctx.stroke();
      this.drawCount(n, x, y, 10);
    },

    // Selection: light halo, dark ring. Keyboard cursor: dashed ring. Never another colour.
    drawMarked(at, frame) {
      const { ctx } = this;
      const { colours, selected, cursor } = this.state;
      const ring = (spot, dashed) => {
        if (!spot) return;
        const [x, y] = spot.at;
        const circle = (radius, width, colour) => {
          ctx.beginPath();
          ctx.arc(x, y, radius, 0, 2 * Math.PI);
          ctx.lineWidth = width;
          ctx.strokeStyle = colour;
          ctx.stroke();
        };
        circle(spot.radius + 2, 4, colours.selection_halo);
        ctx.save();
        if (dashed) ctx.setLineDash([5, 4]);
        circle(spot.radius + 5, 3, colours.selection_ring);
        ctx.restore();
      };
      const spot = selected && this.spotOf(selected, at);
      if (spot && selected.isSite) {
        // Above its neighbours, so that the ring goes round a whole disc.
        ring(spot, false);
        this.drawSite(selected, ...spot.at);
      } else {
        ring(spot, false);
      }
      if (spot && !selected.isSite && !selected.atSite && this.state.layers.accuracy && selected.accuracy) {
        this.drawRange(spot.at, selected, frame);
      }
      if (cursor && cursor !== selected) ring(this.spotOf(cursor, at), true);
    },
  };
})((globalThis.Atlas ??= {}));
