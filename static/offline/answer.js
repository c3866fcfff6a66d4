// The answer to a link, as the server gives it to the explorer (views/answer.py).

import { FACETS, UNKNOWN } from "../explorer/link.js";
import { makeWords } from "../explorer/words.js";
import { createFilter } from "./filter.js";
import { conditionsOf, readLink, without, writeLink } from "./link.js";

const UNITS = ["mln", "bn", "trn"];

function sayer(messages, lang) {
  const words = makeWords(messages, lang);
  const money = (sum) => {
    let [scaled, unit] = [sum, 0];
    while (unit < 2 && Math.round(scaled * 10) >= 10_000) [scaled, unit] = [scaled / 1000, unit + 1];
    const digits = { maximumFractionDigits: Math.abs(scaled) < 100 ? 2 : 1 };
    return words.say(`value.money.${UNITS[unit]}`, { number: new Intl.NumberFormat(lang, digits).format(scaled) });
  };
  const years = (first, last) => {
    if (last === undefined) return words.say("value.years.from", { year: first });
    return first === last ? first : words.say("value.range", { first, last });
  };
  const sums = (least, most) => {
    if (least === UNKNOWN) return words.say("query.money.unknown");
    if (most === undefined) return words.say("query.money.from", { money: money(Number(least)) });
    if (least === "0") return words.say("query.money.to", { money: money(Number(most)) });
    return words.say("query.money.between", { least: money(Number(least)), most: money(Number(most)) });
  };
  return { ...words, years, sums, list: new Intl.ListFormat(lang) };
}

/** Row numbers as `order.js` reads them. */
function encode(positions) {
  const bytes = new Uint8Array(new Uint32Array(positions).buffer);
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return { width: 32, rows: btoa(text) };
}

/** `data`: what `offline_data` gives, with the ids of all rows; `match` tells which rows hold the words of
 * a text. The card of what is selected is not in the answer. */
export function createAnswerer(data, { match }) {
  const { index, options, tags: tagWords } = data;
  const ids = new Set(data.ids);
  const shown = createFilter({ ...data, years: index.years, money: index.money, match });
  const sayers = Object.fromEntries(Object.entries(index.messages).map(([lang, texts]) => [lang, sayer(texts, lang)]));

  const value = (key, text, words) => {
    if (FACETS.includes(key)) return index.facets[key].find(({ id }) => id === text)[words.lang];
    if (key === "years") return words.years(...text.split(","));
    return key === "money" ? words.sums(...text.split(",")) : text;
  };
  const tagText = (key, text, words) => {
    if (FACETS.includes(key)) return tagWords[key][text][words.lang];
    return key === "q" ? words.say("query.text", { text }) : value(key, text, words);
  };
  const named = (key, words) => {
    const name = words.say(`query.key.${key}`);
    return name === `query.key.${key}` ? key : name[0].toUpperCase() + name.slice(1);
  };
  const noteText = ({ code, key, value: given }, words) =>
    words.say(code === "no_place" ? "ui.offline.no_place" : `query.note.${code}`, { key: named(key, words), value: given });

  const emptyOf = (suggestion, words) => {
    const title = words.say("empty.title");
    if (!suggestion) return { title, text: null, params: null };
    const conditions = suggestion.dropped.map(([key, text]) => words.say("query.text", {
      text: words.say("query.condition", { key: words.say(`query.key.${key}`), value: value(key, text, words) }) }));
    const message = conditions.length === 1 ? "query.without" : "query.without_several";
    return { title, params: writeLink(suggestion.query),
      text: words.plural(message, suggestion.count, { conditions: words.list.format(conditions) }) };
  };

  return (params, lang) => {
    const words = sayers[lang];
    const { query, notes } = readLink(params, options, ids);
    const { positions, suggestion, ...numbers } = shown(query, lang);
    return {
      lang,
      n: null,
      index: data.release,
      params: writeLink(query),
      sort: query.sort,
      order: encode(positions),
      ...numbers,
      own: null,
      tags: conditionsOf(query).map(([key, text]) =>
        ({ text: tagText(key, text, words), params: writeLink(without(query, key, text)) })),
      notes: notes.map((one) => noteText(one, words)),
      area: null,
      near: null,
      empty: suggestion || !positions.length ? emptyOf(suggestion, words) : null,
      card: null,
      sel: query.sel,
      failure: { text: words.say("ui.index.failed"), retry: words.say("ui.retry") },
    };
  };
}
