// How the background of a snapshot is drawn: quiet, in its own colours, below everything else.
(function (Atlas) {
  "use strict";

  const [POINT, LINE, AREA] = [1, 2, 3];
  const DOT_PX = 1.3; // the side of an outline too small to be drawn; as many times its ink for many
  const MOST_DOT_PX = 8;
  const STOP_PX = 2.4;
  const LINED_ZOOM = 14.5; // from here on buildings have an edge
  const CASED_PX = 1.6; // streets at least so wide are two lines with a light band between
  // At zoom 15; half as wide two zooms farther off.
  const STREET_PX = { major: 5, minor: 2.8, foot: 0.9 };

  const FEW = 50; // lines of one Path2D: the time for one of thousands grows with their square

  // A feature of a tile with what can be made ready for every painting: its outlines.
  Atlas.backdropFeature = function (layer, { type, values, paths }) {
    const outlines = [];
    let count = 0;
    for (const points of type === POINT ? [] : paths) {
      // A hole stays with what it is in.
      if (!outlines.length || (count >= FEW && (type === LINE || isOuter(points)))) {
        outlines.push(new Path2D());
        count = 0;
      }
      const path = outlines.at(-1);
      path.moveTo(points[0], points[1]);
      for (let n = 2; n < points.length; n += 2) path.lineTo(points[n], points[n + 1]);
      if (type === AREA) path.closePath();
      count += 1;
    }
    return { layer, type, kind: values.kind, n: values.n ?? 1, outlines, points: type === POINT ? paths : [] };
  };

  // Outer rings run clockwise on the screen.
  function isOuter(ring) {
    let doubled = 0;
    for (let n = 0, m = ring.length - 2; n < ring.length; m = n, n += 2)
      doubled += ring[m] * ring[n + 1] - ring[n] * ring[m + 1];
    return doubled > 0;
  }

  // view: {ctx, colours, zoom, scale, dx, dy, size: pixels of the tile to one of the screen}.
  Atlas.drawBackdrop = function ({ ctx, colours, zoom, scale, dx, dy, size, features }) {
    ctx.transform(scale, 0, 0, scale, dx, dy);
    const view = { ctx, colours, zoom, px: size / scale };
    const of = (layer) => features.filter((feature) => feature.layer === layer);
    areas(view, of("water"), colours.snapshot_water);
    areas(view, of("open_space"), colours.snapshot_open_space);
    streets(view, of("streets"));
    areas(view, of("buildings"), colours.snapshot_building, colours.snapshot_building_line);
    stops(view, of("stops"));
  };

  function areas({ ctx, zoom, px }, features, fill, line) {
    ctx.fillStyle = fill;
    ctx.strokeStyle = line;
    ctx.lineWidth = 0.8 * px;
    for (const { type, n, outlines, points } of features) {
      if (type === AREA) for (const path of outlines) ctx.fill(path, "evenodd");
      if (line && zoom >= LINED_ZOOM) for (const path of outlines) ctx.stroke(path);
      const side = Math.min(MOST_DOT_PX, DOT_PX * Math.sqrt(n)) * px;
      for (const [x, y] of points) ctx.fillRect(x - side / 2, y - side / 2, side, side);
    }
  }

  function streets({ ctx, colours, zoom, px }, features) {
    const width = (kind) => STREET_PX[kind] * 2 ** ((zoom - 15) / 2);
    // The lesser ones below.
    const lines = ["foot", "minor", "major"].flatMap((kind) =>
      features.filter((feature) => feature.type === LINE && feature.kind === kind));
    [ctx.lineCap, ctx.lineJoin] = ["round", "round"];
    ctx.strokeStyle = colours.snapshot_street_line;
    for (const { kind, outlines } of lines) {
      const wide = width(kind);
      ctx.lineWidth = (wide < CASED_PX ? Math.max(0.8, wide) : wide + 1.6) * px;
      for (const path of outlines) ctx.stroke(path);
    }
    ctx.strokeStyle = colours.snapshot_street;
    for (const { kind, outlines } of lines) {
      if (width(kind) < CASED_PX) continue;
      ctx.lineWidth = width(kind) * px;
      for (const path of outlines) ctx.stroke(path);
    }
  }

  function stops({ ctx, colours, px }, features) {
    ctx.fillStyle = colours.snapshot_stop;
    for (const { n, points } of features) {
      for (const [x, y] of points) {
        ctx.beginPath();
        ctx.arc(x, y, (n > 1 ? 1.4 : 1) * STOP_PX * px, 0, 7);
        ctx.fill();
      }
    }
  }
})((globalThis.Atlas ??= {}));
