// Which documents hold the words of a question, and how well: geo/search/index.py in the browser.

import { editsAllowed, pieces, sounding, stem, withinSlips } from "./search_text.js";

const [SAME, BEGUN, ENDING, SOUNDS_BEGUN, SLIP] = [1, 0.9, 0.85, 0.8, 0.6];
const LEAST_SOUND = 2;
const LEAST_ROOT = 4;
const LEAST_BEGINNING = 6;

const some = (strength) => strength.some((value) => value > 0);
const merge = (into, other) => into.forEach((value, at) => { if (other[at] > value) into[at] = other[at]; });

const swaps = (word) => Array.from({ length: word.length - 1 }, (_, at) =>
  word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2));

// Of a short word a slip leaves too little to go by: unless two neighbours are swapped, it must be
// the whole word, and begin with the same letter.
function slipsTo(word, other) {
  const edits = editsAllowed(word);
  if (!edits) return false;
  if (word.length >= LEAST_BEGINNING) return withinSlips(word, other, edits);
  return (other[0] === word[0] && withinSlips(word, other, edits, true)) || swaps(word).some((swap) => other.startsWith(swap));
}

/** `entries`: each word with the documents that hold it and its weights there. */
export function createIndex(entries, size) {
  const held = entries.map(([word, documents, weights]) =>
    ({ word, stem: stem(word), sound: sounding(word), documents, weights }));
  const none = () => new Float32Array(size);

  const strengthen = (found, { documents, weights }, quality) => documents.forEach((document, at) => {
    const strength = weights[at] * quality;
    if (strength > found[document]) found[document] = strength;
  });
  const where = (holds, quality, found = none()) => {
    for (const entry of held) if (holds(entry)) strengthen(found, entry, quality);
    return found;
  };

  const right = (word) => {
    const [root, sound, edits] = [stem(word), sounding(word), editsAllowed(word)];
    const start = word.slice(0, word.length - edits);
    const found = none();
    for (const entry of held) {
      if (entry.word === word) strengthen(found, entry, SAME);
      else if (entry.word.startsWith(word)) strengthen(found, entry, BEGUN);
      if (entry.stem === root || (edits && entry.word.startsWith(start) && withinSlips(word, entry.word, edits, true)))
        strengthen(found, entry, ENDING);
      if (sound.length >= LEAST_SOUND && entry.sound === sound) strengthen(found, entry, BEGUN);
    }
    return found;
  };
  const heard = (word) => {
    const [found, sound] = [right(word), sounding(word)];
    if (some(found) || sound.length < LEAST_SOUND) return found;
    return where((entry) => entry.sound.startsWith(sound), SOUNDS_BEGUN);
  };
  const withSlips = (word) => {
    const [sound, root] = [sounding(word), stem(word)];
    const sameRoot = LEAST_ROOT <= root.length && root.length < word.length && word.length < LEAST_BEGINNING;
    const found = where((entry) => slipsTo(word, entry.word) || (sameRoot && entry.word.startsWith(root)), SLIP);
    return where((entry) => entry.sound && slipsTo(sound, entry.sound), SLIP * SOUNDS_BEGUN, found);
  };
  const slipped = (word) => {
    const found = heard(word);
    return some(found) ? found : withSlips(word);
  };
  const anyhow = (word) => {
    const found = heard(word);
    merge(found, withSlips(word));
    return found;
  };

  const weakest = (strengths) => strengths.reduce((least, other) => least.map((value, at) => Math.min(value, other[at])));
  const wordWith = (look) => (word) => {
    const found = look(word.replaceAll("-", ""));
    if (word.includes("-")) merge(found, weakest(word.split("-").map(look)));
    return found;
  };
  const read = ({ words, worth }, look) => weakest(words.map(wordWith(look))).map((value) => value * worth);

  const firstWay = (piece) => {
    for (const look of [right, heard, slipped])
      for (const reading of piece) {
        const found = read(reading, look);
        if (some(found)) return found;
      }
    return none();
  };
  const anyWay = (piece) => {
    const found = none();
    for (const reading of piece) merge(found, read(reading, anyhow));
    return found;
  };
  const allOf = (asked, way) => {
    const strengths = asked.map(way);
    return none().map((_, at) => (strengths.every((strength) => strength[at] > 0)
      ? strengths.reduce((sum, strength) => sum + strength[at], 0) / asked.length : 0));
  };

  return {
    /** How well each document holds every word; 0 where one is missing. */
    find(text) {
      const asked = pieces(text);
      if (!asked.length) return none().fill(1);
      const found = allOf(asked, firstWay);
      return some(found) ? found : allOf(asked, anyWay);
    },
    /** The summed strengths of the pieces, and how many of them each document has. */
    count(text) {
      const strengths = pieces(text).map(firstWay);
      return { pieces: strengths.length,
        total: none().map((_, at) => strengths.reduce((sum, strength) => sum + strength[at], 0)),
        held: none().map((_, at) => strengths.filter((strength) => strength[at] > 0).length) };
    },
  };
}
