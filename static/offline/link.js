// A link read without ever failing, as geo/link.py reads it; whatever cannot be used is named.

import { FACETS, UNKNOWN } from "../explorer/link.js";
import { clean, shortened, wordsOf } from "./search_text.js";

export const SORTS = ["default", "name", "-name", "year", "-year", "money", "-money", "area", "-area",
  "jobs", "-jobs", "status", "-status"];
const PLACES = ["bbox", "near", "in"];
const OTHERS = ["lang", "format", "part"];
const STILL_GOING = 9999;
const NUMBER = /^[+-]?[0-9]{1,20}(\.[0-9]{1,30})?([eE][+-]?[0-9]{1,3})?$/;
const LARGEST = 1e9;

const number = (text) => {
  const value = NUMBER.test(text) ? Number(text) : NaN;
  return value === 0 || (Math.abs(value) >= 1 / LARGEST && Math.abs(value) <= LARGEST) ? value : NaN;
};
const year = (text) => (/^[1-9][0-9]{3}$/.test(text) ? Number(text) : NaN);

/** `options`: ids by facet; `ids`: all rows. Gives the query, and notes of a code, key and value. */
export function readLink(text, options, ids) {
  const params = new URLSearchParams(text);
  const notes = [];
  const note = (code, key, value) => notes.push({ code, key, value: value.slice(0, 80) });
  const items = (key) => params.getAll(key).flatMap((value) => value.split(",")).map((item) => item.trim()).filter(Boolean);
  const single = (key) => {
    const values = params.getAll(key).map((value) => value.trim()).filter(Boolean);
    if (values.length > 1) note("repeated", key, values.slice(1).join(","));
    return values[0] ?? "";
  };
  const oneOf = (key, known, otherwise) => {
    const value = single(key);
    if (!value || known(value)) return value || otherwise;
    note("unknown_value", key, value);
    return otherwise;
  };
  const span = (key, read, open) => {
    const given = items(key);
    if (!given.length) return null;
    if (given.length > 2) note("repeated", key, given.slice(2).join(","));
    const ends = given.slice(0, 2).map(read);
    if (!ends.every((end) => end >= 0)) {
      note("malformed", key, given.slice(0, 2).join(","));
      return null;
    }
    const [low, high = open] = ends;
    if (low > high) note("reversed", key, given.slice(0, 2).join(","));
    return [Math.min(low, high), Math.max(low, high)];
  };
  const words = () => {
    const value = single("q");
    const whole = clean(value);
    const line = shortened(whole).trimEnd();
    if (line !== whole) note("shortened", "q", value);
    if (!value || wordsOf(line).length) return line;
    note("no_words", "q", value);
    return "";
  };

  const known = new Set([...FACETS, ...PLACES, ...OTHERS, "years", "money", "q", "sel", "sort"]);
  for (const key of new Set(params.keys()))
    if (!known.has(key)) note("unknown_key", key, params.getAll(key).join(","));
  const query = {};
  for (const key of FACETS) {
    const given = new Set(items(key));
    for (const item of given) if (!options[key].includes(item)) note("unknown_value", key, item);
    query[key] = options[key].filter((option) => given.has(option));
  }
  query.years = span("years", year, STILL_GOING);
  query.money = items("money").join() === UNKNOWN ? UNKNOWN : span("money", number, Infinity);
  query.q = words();
  for (const key of PLACES) if (params.has(key)) note("no_place", key, "");
  query.sel = oneOf("sel", (value) => ids.has(value), "");
  query.sort = oneOf("sort", (value) => SORTS.includes(value), "default");
  return { query, notes };
}

/** The query as a link, defaults left out. */
export function writeLink(query) {
  const params = new URLSearchParams();
  for (const key of FACETS) for (const value of query[key]) params.append(key, value);
  const { years, money } = query;
  if (years) for (const end of years) if (end !== STILL_GOING) params.append("years", String(end));
  if (money === UNKNOWN) params.append("money", UNKNOWN);
  else if (money) for (const end of money) if (end !== Infinity) params.append("money", String(end));
  if (query.q) params.append("q", query.q);
  if (query.sel) params.append("sel", query.sel);
  if (query.sort !== "default") params.append("sort", query.sort);
  return params.toString();
}

/** What filters, as pairs of key and value: each facet option, and each other key as a whole. */
export function conditionsOf(query) {
  const ends = (key, open) => {
    if (query[key] === UNKNOWN) return [[key, UNKNOWN]];
    return query[key] ? [[key, query[key].filter((end) => end !== open).join(",")]] : [];
  };
  return [
    ...FACETS.flatMap((key) => query[key].map((value) => [key, value])),
    ...ends("years", STILL_GOING), ...ends("money", Infinity), ...(query.q ? [["q", query.q]] : []),
  ];
}

export function without(query, key, value) {
  if (FACETS.includes(key)) return { ...query, [key]: value === undefined ? [] : query[key].filter((one) => one !== value) };
  return { ...query, [key]: key === "q" ? "" : null };
}
