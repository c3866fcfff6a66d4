// Distances in words, as exact as the two places they are between: two digits, the bounds rounded outwards.

export const UNKNOWN = 2 ** 32 - 1;

function rounded(metres, way) {
  if (metres <= 0) return 0;
  const step = 10 ** Math.max(Math.floor(Math.log10(metres)) - 1, 0);
  return way(metres / step) * step;
}

export function length(metres, words) {
  return metres < 1000 ? words.say("ui.length.m", { number: words.number(metres) })
    : words.say("ui.length.km", { number: words.number(metres / 1000) });
}

/** Least and greatest true distance of two places that may both lie off (as geo/nearest.py has it);
 * null where nobody says how far one of them may. */
export function bounds(metres, ...offs) {
  if (offs.some((off) => off === null || off === undefined)) return null;
  const slack = offs.reduce((sum, off) => sum + off, 0);
  return [Math.max(metres - slack, 0), metres + slack];
}

/** `off`: how far the place may lie off, null where nobody says; `outline`: it has an inside;
 * `accuracy`: the same of the place asked from, 0 for a point that somebody set. */
export function distanceText(metres, { off, outline }, { accuracy }, words) {
  if (metres === UNKNOWN) return words.say("ui.near.unknown");
  const inside = metres === 0 && outline;
  if (inside && accuracy === 0) return words.say("ui.near.here");
  const ends = bounds(metres, off, accuracy);
  if (ends === null) {
    return words.say("ui.near.about", { distance: length(rounded(metres, Math.round), words) });
  }
  const [least, most] = [rounded(ends[0], Math.floor), rounded(ends[1], Math.ceil)];
  if (inside) return words.say("ui.near.here_or", { most: length(most, words) });
  if (least === most) return length(most, words);
  if (!least) return words.say("ui.near.at_most", { most: length(most, words) });
  return words.say("ui.near.between", { least: length(least, words), most: length(most, words) });
}

/** How exactly the place asked from is known; empty for a point that somebody set. */
export function measuredFrom({ accuracy }, words) {
  if (accuracy === 0) return "";
  if (accuracy === null) return words.say("ui.near.from.unknown");
  return words.say("ui.near.from", { distance: length(rounded(accuracy, Math.ceil), words) });
}

/** Distances in list order, from base64 text of 32-bit numbers. */
export function decodeMetres(text) {
  const view = new DataView(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
  return Array.from({ length: view.byteLength / 4 }, (_, n) => view.getUint32(4 * n, true));
}
