// The ground without any network: graticule with degrees, settlements with names.
(function (Atlas) {
  "use strict";

  const STEPS = [20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];
  const LINE_GAP_PX = 150;
  const FONT = '"Golos Text Variable", system-ui, sans-serif';
  // Smallest zoom at which a settlement of a rank (1 city, 2 town, 3 village) is written.
  const FIRST_ZOOM = { 1: 4, 2: 7, 3: 9.5 };
  const SIZES = { 1: 16, 2: 14, 3: 12 };

  const fontOf = ({ rank }) => `${rank === 3 ? 500 : 600} ${SIZES[rank]}px ${FONT}`;

  const degrees = (words, value, step, axis) => {
    const decimals = Math.max(0, -Math.floor(Math.log10(step)));
    const side = axis === "lon" ? (value < 0 ? "west" : "east") : value < 0 ? "south" : "north";
    return words.text(`map.degrees.${side}`, { n: words.fixed(Math.abs(value), decimals) });
  };

  // view: {ctx, colours, words, zoom, at(lon, lat) -> [x, y], box: [w, s, e, n] of what is on screen} and,
  // in pixels of the canvas, window: [left, top, right, bottom] of the same, covered: boxes under the controls,
  // margin: {top, left} that the host covers.
  Atlas.drawGraticule = function (view) {
    const { ctx, colours, words } = view;
    const [west, south, east, north] = view.box;
    const [left, top, right, bottom] = view.window;
    const perDegree = (right - left) / (east - west);
    const step = STEPS.findLast((size) => size * perDegree >= LINE_GAP_PX) ?? STEPS[0];
    ctx.strokeStyle = colours.graticule;
    ctx.lineWidth = 1;
    ctx.beginPath();
    const meridians = [];
    for (let k = Math.ceil(west / step); k * step <= east; k += 1) {
      const x = Math.round(view.at(k * step, 0)[0]) + 0.5;
      ctx.moveTo(x, top);
      ctx.lineTo(x, bottom);
      meridians.push([x, k * step]);
    }
    const parallels = [];
    for (let k = Math.ceil(south / step); k * step <= north; k += 1) {
      const y = Math.round(view.at(0, k * step)[1]) + 0.5;
      ctx.moveTo(left, y);
      ctx.lineTo(right, y);
      parallels.push([y, k * step]);
    }
    ctx.stroke();
    ctx.font = `400 11px ${FONT}`;
    ctx.textBaseline = "top";
    ctx.textAlign = "center";
    for (const [x, lon] of meridians) {
      if (x > left + 90 && x < right - 40)
        text(view, degrees(words, lon, step, "lon"), x, top + view.margin.top + 6, colours.graticule_text);
    }
    ctx.textBaseline = "middle";
    ctx.textAlign = "left";
    const edge = left + view.margin.left + 8;
    for (const [y, lat] of parallels) {
      if (
        y > top + view.margin.top + 30 &&
        y < bottom - 30 &&
        !view.covered.some((box) => Atlas.overlap([edge, y - 8, edge + 64, y + 8], box))
      )
        text(view, degrees(words, lat, step, "lat"), edge, y, colours.graticule_text);
    }
  };

  // On the ground alone: over tiles the halo of the ground's colour would be a stain.
  function text({ ctx, colours }, words, x, y, colour) {
    ctx.strokeStyle = colours.ground;
    ctx.lineWidth = 4;
    ctx.lineJoin = "round";
    ctx.strokeText(words, x, y);
    ctx.fillStyle = colour;
    ctx.fillText(words, x, y);
  }

  // Larger settlements first; a name takes the first of its places that is free, or is left out.
  // Returns [{place, name, spot, at}]: the settlement's own point, and the middle of its name.
  Atlas.placeNames = function (view, settlements, taken) {
    const { ctx, words, zoom } = view;
    const names = [];
    const [left, top, right, bottom] = view.window;
    const boxes = [...taken];
    for (const place of settlements) {
      if (zoom < FIRST_ZOOM[place.rank]) continue;
      const [x, y] = view.at(place.lon, place.lat);
      if (x < left || x > right || y < top || y > bottom) continue;
      const size = SIZES[place.rank];
      ctx.font = fontOf(place);
      const name = words.name(place);
      const half = ctx.measureText(name).width / 2;
      const candidates = [
        [x, y - size],
        [x, y + size],
        [x + half + 8, y],
        [x - half - 8, y],
        [x, y - 2.2 * size],
        [x, y + 2.2 * size],
        [x + half + 8, y + 1.6 * size],
        [x - half - 8, y + 1.6 * size],
        [x + half + 8, y - 1.6 * size],
        [x - half - 8, y - 1.6 * size],
        // Farther off a name would be taken for that of another place.
        ...(place.rank === 1 ? [-3.4, 3.4].map((lines) => [x, y + lines * size]) : []),
      ];
      const box = ([cx, cy]) => [cx - half - 2, cy - size / 2 - 2, cx + half + 2, cy + size / 2 + 2];
      const whole = ([west, , east]) => west > left && east < right;
      const free = candidates.find(
        (at) => whole(box(at)) && !boxes.some((other) => Atlas.overlap(box(at), other)),
      );
      // The city's name is worth lying over a disc; a village's is not.
      const at = free ?? (place.rank === 1 ? candidates[0] : null);
      if (!at) continue;
      boxes.push(box(at));
      names.push({ place, name, spot: [x, y], at });
    }
    return names;
  };

  Atlas.drawSettlement = function ({ ctx, colours }, { place, spot }) {
    ctx.fillStyle = colours.settlement;
    ctx.beginPath();
    ctx.arc(...spot, place.rank === 1 ? 3 : 2, 0, 7);
    ctx.fill();
  };

  Atlas.drawName = function ({ ctx, colours }, { place, name, at }) {
    ctx.font = fontOf(place);
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    ctx.lineWidth = 4;
    ctx.strokeStyle = colours.halo;
    ctx.strokeText(name, ...at);
    ctx.fillStyle = colours.settlement;
    ctx.fillText(name, ...at);
  };
})((globalThis.Atlas ??= {}));
