// Words of a question, and other ways to write them: the same rules as geo/text.py and
// geo/search/spelling.py, against which tests hold them.

const MAX_LENGTH = 200;

/** One line of single spaces, without control, invisible or broken characters. */
export function clean(text) {
  return text.replace(/\p{Cc}/gu, " ").replace(/[\p{Cf}\p{Cs}]/gu, "").trim().split(/\s+/u).join(" ");
}

export const shortened = (text) => Array.from(text).slice(0, MAX_LENGTH).join("");

// What folding the case changes and lower case does not.
const FOLDED = { "ß": "ss", "ς": "σ", "ſ": "s" };
const folded = (text) => text.toLowerCase().replace(/[ßςſ]/g, (letter) => FOLDED[letter]);

export function normalise(text) {
  const bare = folded(text.normalize("NFKC")).normalize("NFKC")
    .replace(/[\p{Mn}\p{Cf}]/gu, "").replaceAll("ё", "е").replaceAll("\u2010", "-");
  return (bare.match(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu) ?? []).join(" ");
}

export const wordsOf = (text) => [...new Set(normalise(text).split(" ").filter(Boolean))];

const LATIN = [
  ["shch|shh|sch|sh|š|ŝ", "S"], ["tch|ch|č", "C"], ["zh|ž", "J"], ["kh", "h"], ["ts|tz", "c"], ["ph", "f"],
  ["x", "ks"], ["ck|q", "k"], ["w", "v"], ["è|ë", "e"], ["(?<=[aeiou])[yj]o", "io"], ["[yj][eo]", "e"],
  ["[yj]a|â", "ia"], ["[yj]u|û", "iu"], ["[yj]", "i"], ["c", "k"],
];
const PATTERN = new RegExp(LATIN.map(([pattern]) => `(${pattern})`).join("|"), "gu");
const CYRILLIC = {
  а: "a", б: "b", в: "v", г: "g", д: "d", е: "e", ж: "J", з: "z", и: "i", й: "i", к: "k", л: "l", м: "m", н: "n",
  о: "o", п: "p", р: "r", с: "s", т: "t", у: "u", ф: "f", х: "h", ц: "c", ч: "C", ш: "S", щ: "S", ъ: "", ы: "i",
  ь: "", э: "e", ю: "iu", я: "ia",
};

/** One rough spelling for all transliterations of a normalised word. */
export function sounding(word) {
  const latin = word.replace(PATTERN, (whole, ...groups) =>
    LATIN[groups.slice(0, LATIN.length).findIndex((group) => group !== undefined)][1]);
  return latin.replace(/[а-я]/g, (letter) => CYRILLIC[letter]).replace(/(\P{Nd})\1+/gu, "$1").replaceAll("ts", "c");
}

const ENDINGS = "ыми|ими|ого|его|ому|ему|ами|ями"
  + "|ый|ий|ой|ая|яя|ое|ее|ые|ие|ых|их|ым|им|ом|ем|ую|юю|ах|ях|ам|ям|ов|ев|ей|ью|ия|ии|ию"
  + "|а|я|о|е|и|ы|у|ю|ь|й|es|s";
const ENDING = new RegExp(`(?<=[\\p{L}\\p{N}_]{3})(?:${ENDINGS})$`, "u");

/** A normalised word without the ending of a Russian case or an English plural. */
export const stem = (word) => word.replace(ENDING, "");

const KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>~";
const LOWER = "йцукенгшщзхъфывапролджэячсмитьбюё";
const LETTERS = LOWER + LOWER.toUpperCase();
const layout = (from, to) => new Map(Array.from(from, (letter, at) => [letter, to[at]]));
const TO_CYRILLIC = layout(KEYS, LETTERS);
const TO_LATIN = layout(LETTERS, KEYS);

/** What the same keys write in the other of the two layouts, Russian and US. */
export function switched(text) {
  const table = /[a-z]/iu.test(text) ? TO_CYRILLIC : TO_LATIN;
  return Array.from(text, (letter) => table.get(letter) ?? letter).join("");
}

const withoutSigns = (text) => text.replace(/(?<=[a-z])["'`ʹʺ\u2019]+(?=[a-z ]|$)/giu, "");

const LITTLE = new Set(("в во на из у к ко с со о об за по от до и для при или "
  + "in on at of to the for and a an by or").split(" "));
// Punctuation that is a letter in the Russian layout.
const LETTER_KEYS = /^(?=.*[a-z])(?=.*[[\]{};':",.<>`~])/iu;

// English is typed without the keys that are letters in Russian alone.
function readSwitched(part) {
  const other = Array.from(switched(part));
  const lost = Array.from(part).some((letter, at) => /\p{L}/u.test(letter) && !/\p{L}/u.test(other[at]));
  return lost ? [] : wordsOf(other.join(""));
}

function pieceOf(part) {
  const readings = [[wordsOf(withoutSigns(part)), 1], [readSwitched(part), 0.95]];
  if (LETTER_KEYS.test(part)) readings.reverse();
  return readings.filter(([words]) => words.length).map(([words, worth]) => ({ words, worth }));
}

/** Of each piece between two spaces its readings in each layout, the likelier one first. */
export function pieces(text, withLittleWords = false) {
  const parts = shortened(text).split(/[\s\x1c-\x1f\x85]+/u).filter(Boolean);
  const telling = parts.filter((part) => !LITTLE.has(folded(part)) && !LITTLE.has(switched(folded(part))));
  const read = (!withLittleWords && telling.length ? telling : parts).map(pieceOf).filter((piece) => piece.length);
  return [...new Map(read.map((piece) => [JSON.stringify(piece), piece])).values()];
}

/** How many slips a word may hold. */
export function editsAllowed(word) {
  if (word.length < 4 || !/^\p{L}+$/u.test(word)) return 0;
  return word.length < 8 ? 1 : 2;
}

/** The least number of slips from a word to any beginning of another of an allowed length; `whole`
 * counts the other as it is. Neighbours may be swapped. */
export function withinSlips(word, other, edits, whole = false) {
  const [n, m] = [word.length, whole ? other.length : Math.min(other.length, word.length + edits)];
  if (m < n - edits || m > n + edits) return false;
  let [before, last] = [null, Array.from({ length: m + 1 }, (_, at) => at)];
  for (let row = 1; row <= n; row += 1) {
    const next = [row];
    let least = row;
    for (let at = 1; at <= m; at += 1) {
      const same = word[row - 1] === other[at - 1];
      let cost = Math.min(last[at] + 1, next[at - 1] + 1, last[at - 1] + (same ? 0 : 1));
      if (row > 1 && at > 1 && word[row - 1] === other[at - 2] && word[row - 2] === other[at - 1])
        cost = Math.min(cost, before[at - 2] + 1);
      next.push(cost);
      if (cost < least) least = cost;
    }
    if (least > edits + 1) return false;
    [before, last] = [last, next];
  }
  for (let length = whole ? m : Math.max(0, n - edits); length <= m; length += 1) if (last[length] <= edits) return true;
  return false;
}
