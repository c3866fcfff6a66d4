// How the viewer's layer is drawn: diamonds, lines and areas in one colour of its own between two dark
// lines, legible on any ground and unlike the six kinds of park.
(function (Atlas) {
  "use strict";

  const HALF_PX = 5.5;
  const CROWD_PX = 7;
  const MOST_CROWD_PX = 12;
  const [POINT, LINE] = [1, 2];

  // Half a diagonal of the diamond for so many objects.
  Atlas.ownHalf = (n) => (n === 1 ? HALF_PX : Math.min(MOST_CROWD_PX, CROWD_PX + Math.log2(n) / 2.5));

  // view: {ctx, colours, scale, dx, dy, size: pixels of the tile to one of the screen};
  // n: how many of the rows are shown.
  Atlas.drawOwn = function (view, { type, paths }, n, marked) {
    if (type === POINT) paths.forEach((path) => diamond(view, path, n, marked));
    else outline(view, paths, type !== LINE, marked);
  };

  function outline({ ctx, colours, scale, dx, dy, size }, paths, closed, marked) {
    ctx.beginPath();
    for (const path of paths) {
      for (let n = 0; n < path.length; n += 2) {
        const [x, y] = [path[n] * scale + dx, path[n + 1] * scale + dy];
        if (n) ctx.lineTo(x, y);
        else ctx.moveTo(x, y);
      }
      if (closed) ctx.closePath();
    }
    if (closed) {
      ctx.globalAlpha = marked ? 0.55 : 0.3;
      ctx.fillStyle = colours.own;
      ctx.fill("evenodd");
      ctx.globalAlpha = 1;
    }
    ctx.lineJoin = "round";
    const width = ((closed ? 1.6 : 2.4) + (marked ? 1.6 : 0)) * size;
    ctx.lineWidth = width + 2.2 * size;
    ctx.strokeStyle = colours.own_line;
    ctx.stroke();
    ctx.lineWidth = width;
    ctx.strokeStyle = colours.own;
    ctx.stroke();
  }

  function diamond({ ctx, colours, scale, dx, dy, size }, path, n, marked) {
    const [x, y] = [path[0] * scale + dx, path[1] * scale + dy];
    const half = (Atlas.ownHalf(n) + (marked ? 2 : 0)) * size;
    ctx.beginPath();
    ctx.moveTo(x, y - half);
    ctx.lineTo(x + half, y);
    ctx.lineTo(x, y + half);
    ctx.lineTo(x - half, y);
    ctx.closePath();
    ctx.fillStyle = colours.own;
    ctx.fill();
    ctx.lineWidth = 1.5 * size;
    ctx.strokeStyle = colours.own_line;
    ctx.stroke();
    if (n === 1) return;
    // A crowd: a bar across, so that it is not told by its size alone.
    ctx.beginPath();
    ctx.moveTo(x - half / 2, y);
    ctx.lineTo(x + half / 2, y);
    ctx.lineWidth = 2 * size;
    ctx.stroke();
  }
})((globalThis.Atlas ??= {}));
