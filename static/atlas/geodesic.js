// Lengths and areas on the WGS84 ellipsoid. Points are [longitude, latitude] in degrees.
(function (Atlas) {
  "use strict";

  const A = 6378137;
  const F = 1 / 298.257223563;
  const B = A * (1 - F);
  const E = Math.sqrt(F * (2 - F));
  const radians = (degrees) => (degrees * Math.PI) / 180;

  // Vincenty's inverse solution: metres, exact to below a millimetre; NaN where it does not converge
  // (points almost opposite each other on the globe).
  Atlas.distance = function ([lon1, lat1], [lon2, lat2]) {
    const L = radians(lon2 - lon1);
    const u1 = Math.atan((1 - F) * Math.tan(radians(lat1)));
    const u2 = Math.atan((1 - F) * Math.tan(radians(lat2)));
    const [sinU1, cosU1, sinU2, cosU2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
    let lambda = L;
    for (let turn = 0; turn < 200; turn += 1) {
      const [sinL, cosL] = [Math.sin(lambda), Math.cos(lambda)];
      const sinS = Math.hypot(cosU2 * sinL, cosU1 * sinU2 - sinU1 * cosU2 * cosL);
      if (sinS === 0) return 0;
      const cosS = sinU1 * sinU2 + cosU1 * cosU2 * cosL;
      const sigma = Math.atan2(sinS, cosS);
      const sinAlpha = (cosU1 * cosU2 * sinL) / sinS;
      const cos2Alpha = 1 - sinAlpha * sinAlpha;
      const cos2Sm = cos2Alpha === 0 ? 0 : cosS - (2 * sinU1 * sinU2) / cos2Alpha;
      const C = (F / 16) * cos2Alpha * (4 + F * (4 - 3 * cos2Alpha));
      const before = lambda;
      lambda =
        L + (1 - C) * F * sinAlpha * (sigma + C * sinS * (cos2Sm + C * cosS * (2 * cos2Sm * cos2Sm - 1)));
      if (Math.abs(lambda - before) < 1e-12) {
        const k2 = (cos2Alpha * (A * A - B * B)) / (B * B);
        const a = 1 + (k2 / 16384) * (4096 + k2 * (-768 + k2 * (320 - 175 * k2)));
        const b = (k2 / 1024) * (256 + k2 * (-128 + k2 * (74 - 47 * k2)));
        const delta =
          b *
          sinS *
          (cos2Sm +
            (b / 4) *
              (cosS * (2 * cos2Sm * cos2Sm - 1) -
                (b / 6) * cos2Sm * (4 * sinS * sinS - 3) * (4 * cos2Sm * cos2Sm - 3)));
        return B * a * (sigma - delta);
      }
    }
    return NaN;
  };

  Atlas.pathLength = function (points) {
    let sum = 0;
    for (let i = 1; i < points.length; i += 1) sum += Atlas.distance(points[i - 1], points[i]);
    return sum;
  };

  const q = (sine) =>
    (1 - E * E) * (sine / (1 - E * E * sine * sine) - Math.log((1 - E * sine) / (1 + E * sine)) / (2 * E));

  // Square metres inside a ring, on the sphere of equal area (authalic latitudes). Its edges are
  // great circles there: for shapes up to 100 km they lie within 0.01 % of the geodesics.
  Atlas.ringArea = function (points) {
    const whole = q(1);
    const half = points.map(([, lat]) => Math.tan(Math.asin(q(Math.sin(radians(lat))) / whole) / 2));
    let excess = 0;
    points.forEach(([lon], i) => {
      const j = (i + 1) % points.length;
      const t = Math.tan(radians(points[j][0] - lon) / 2);
      excess += 2 * Math.atan2(t * (half[i] + half[j]), 1 + half[i] * half[j]);
    });
    return (Math.abs(excess) * A * A * whole) / 2;
  };
})((globalThis.Atlas ??= {}));
