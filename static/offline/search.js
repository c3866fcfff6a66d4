// The search of the offline edition: which rows a text shows, and what it may mean while one types.
// The rules are those of geo/search/ranking.py and geo/search/marks.py; names that merely look alike
// (where no word is found) are offered by the server alone.

import { createIndex } from "./search_index.js";
import { editsAllowed, normalise, pieces, sounding, stem, withinSlips, wordsOf } from "./search_text.js";

const MOST = 10;
const MOST_NEAR = 5;
const CANDIDATES = 80;
// Between equals, what one looks for in an atlas of parks comes first.
const FIRST = { site: 0.06, park: 0.05, organisation: 0.05, cluster: 0.04, direction: 0.03, park_type: 0.03,
  settlement: 0.03, project: 0.02 };

const heard = (words) => words.map((word) => sounding(word.replaceAll("-", ""))).join(" ");

/** Share of letters that two texts have in common in the same order. */
function alikeness(one, other) {
  let last = new Uint16Array(other.length + 1);
  for (const letter of one) {
    const next = new Uint16Array(other.length + 1);
    for (let at = 1; at <= other.length; at += 1)
      next[at] = other[at - 1] === letter ? last[at - 1] + 1 : Math.max(last[at], next[at - 1]);
    last = next;
  }
  return (2 * last[other.length]) / (one.length + other.length || 1);
}

/** A question as it may be heard: as it is likely meant, and in the other layout. */
function readingsOf(text) {
  const asked = pieces(text, true);
  const ways = [0, 1].map((way) => heard(asked.flatMap((piece) => piece[Math.min(way, piece.length - 1)].words)));
  return [...new Set(ways)].filter(Boolean);
}

const slips = (word, asked) => {
  const edits = editsAllowed(asked);
  return edits > 0 && withinSlips(asked, word.slice(0, asked.length), edits, true);
};

/** How many letters of a shown word answer an asked one. */
function answering(shown, asked) {
  const word = normalise(shown);
  if (word.startsWith(asked)) return word.length === shown.length ? asked.length : shown.length;
  const [own, sought] = [sounding(word), sounding(asked)];
  const alike = stem(word) === stem(asked) || (sought.length > 1 && own.startsWith(sought))
    || slips(word, asked) || slips(own, sought);
  return alike ? shown.length : 0;
}

/** The spans of a text in which the words of a question are found. */
function marksOf(text, asked) {
  for (const [reading, least] of [[0, 1], [1, 3]]) {
    const parts = asked.flatMap((piece) => piece[reading]?.words ?? []).flatMap((word) => word.split("-"))
      .filter((part) => part.length >= least);
    const spans = [...text.matchAll(/[\p{L}\p{N}]+/gu)].map((found) =>
      [found.index, found.index + Math.max(0, ...parts.map((part) => answering(found[0], part)))])
      .filter(([start, end]) => end > start);
    if (spans.length) return spans;
  }
  return [];
}

/** `rows`: how many of the documents are rows; `known` tells whether a document can be opened. */
export function createTextSearch({ words, documents }, rows, known) {
  const index = createIndex(words, documents.length);
  // Heard when they are first compared: of many documents few ever are.
  const heardNames = new Map();
  const namesOf = (at) => {
    if (!heardNames.has(at)) heardNames.set(at, documents[at].names.map((name) => heard(wordsOf(documents[at].texts[name]))));
    return heardNames.get(at);
  };

  const score = (at, strength, readings) => {
    let likeness = 0;
    for (const reading of readings) {
      for (const name of namesOf(at)) {
        let alike = 0.6 * alikeness(reading, name);
        if (name === reading) alike += 2;
        else if (name.endsWith(` ${reading}`)) alike += 0.4;
        else if (name.startsWith(reading)) alike += 0.35;
        likeness = Math.max(likeness, alike);
      }
    }
    return strength + likeness + (FIRST[documents[at].type] ?? 0);
  };
  const ranked = (numbers, strengths, readings, most) => numbers
    .filter((at) => documents[at].filter || known(documents[at]))
    .map((at) => [at, score(at, strengths[at], readings)])
    .sort(([, one], [, other]) => other - one).slice(0, most).map(([at]) => documents[at]);

  const shownOf = (document, asked, lang) => {
    const { line } = document[lang];
    const name = document.texts[document[lang].name];
    const others = document[lang].others.map((other) => document.texts[other]);
    const inName = marksOf(name, asked);
    const reason = inName.length ? "" : others.find((text) => marksOf(text, asked).length) ?? "";
    return {
      type: document.type, id: document.id, group: document.group, name: [name, inName],
      line: [[reason, line].filter(Boolean).join("\u00a0· "), marksOf(reason, asked)],
      ...(document.filter ? { filter: document.filter } : { select: document.id }),
    };
  };

  return {
    match: (text) => Array.from(index.find(text).subarray(0, rows), (strength) => strength > 0),
    suggest(text, lang) {
      const asked = pieces(text);
      const readings = readingsOf(text);
      const strengths = asked.length ? index.find(text) : [];
      const strongest = Array.from(strengths, (_, at) => at).filter((at) => strengths[at] > 0)
        .sort((a, b) => strengths[b] - strengths[a]).slice(0, CANDIDATES);
      const best = ranked(strongest, strengths, readings, MOST);
      const partly = () => {
        const { pieces: all, total, held } = index.count(text);
        const half = Array.from(held, (_, at) => at).filter((at) => held[at] > 0 && 2 * held[at] >= all);
        return ranked(half, total, readings, MOST_NEAR);
      };
      return { found: best.length > 0, results: (best.length ? best : partly()).map((one) => shownOf(one, asked, lang)) };
    },
  };
}
