// The cards of all objects: one line each, of which only those are read that somebody opens.

import { textOf } from "./blocks.js";

const lines = new Map();

function linesIn(lang) {
  if (!lines.has(lang)) {
    lines.set(lang, new Map(textOf(`cards-${lang}`).trim().split("\n").map((line) => {
      const end = line.indexOf("\t");
      return [line.slice(0, end), line.slice(end + 1)];
    })));
  }
  return lines.get(lang);
}

export function cardOf({ type, id }, lang) {
  const line = linesIn(lang).get(`${type}:${id}`);
  return line === undefined ? null : JSON.parse(line);
}
