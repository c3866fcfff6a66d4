// Distances in words, as exact as the place they lead to: two digits, the bounds rounded outwards.

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

/** `off`: how far the place may lie off, null where nobody says; `outline`: it has an inside. */
export function distanceText(metres, { off, outline }, words) {
  if (metres === UNKNOWN) return words.say("ui.near.unknown");
  if (metres === 0 && outline) return words.say("ui.near.here");
  if (off === null || off === undefined) {
    return words.say("ui.near.about", { distance: length(rounded(metres, Math.round), words) });
  }
  const least = rounded(metres - off, Math.floor);
  const most = rounded(metres + off, Math.ceil);
  if (least === most) return length(most, words);
  if (!least) return words.say("ui.near.at_most", { most: length(most, words) });
  return words.say("ui.near.between", { least: length(least, words), most: length(most, words) });
}

/** Distances in list order, from base64 text of 32-bit numbers. */
export function decodeMetres(text) {
  const view = new DataView(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer);
  return Array.from({ length: view.byteLength / 4 }, (_, n) => view.getUint32(4 * n, true));
}
