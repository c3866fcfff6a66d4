// What a query shows: geo.query.apply for a page without a server. Tests hold the two equal.

import { FACETS, UNKNOWN } from "../explorer/link.js";
import { conditionsOf, without } from "./link.js";

const KEYS = [...FACETS, "years", "money", "q"];

/** `columns`: one value a row by name, null where nobody says; facets as lists of option numbers.
 * `match` tells which rows hold the words of a text. */
export function createFilter({ columns, options, years: [firstYear, lastYear], money: edges, statuses, match }) {
  const size = columns.type.length;
  const rows = Array.from({ length: size }, (_, row) => row);

  const masks = (query) => {
    const found = {};
    for (const key of FACETS) {
      if (!query[key].length) continue;
      const chosen = new Set(query[key].map((id) => options[key].indexOf(id)));
      found[key] = columns[key].map((held) => held.some((option) => chosen.has(option)));
    }
    if (query.years) {
      const [first, last] = query.years;
      found.years = rows.map((row) => columns.start[row] !== null && columns.start[row] <= last && columns.end[row] >= first);
    }
    if (query.money === UNKNOWN) {
      found.money = columns.money.map((sum) => sum === null);
    } else if (query.money) {
      const [least, most] = query.money;
      found.money = columns.money.map((sum) => sum !== null && sum >= least && sum <= most);
    }
    if (query.q) found.q = match(query.q);
    return found;
  };

  const histogramOfYears = (passing) => {
    const counts = new Array(lastYear - firstYear + 2).fill(0);
    for (const row of passing) {
      if (columns.start[row] === null) counts[counts.length - 1] += 1;
      else for (let year = Math.max(firstYear, columns.start[row]); year <= Math.min(lastYear, columns.end[row]); year += 1)
        counts[year - firstYear] += 1;
    }
    return counts;
  };
  const histogramOfMoney = (passing) => {
    const counts = new Array(edges.length + 1).fill(0);
    for (const row of passing) {
      const sum = columns.money[row];
      counts[sum === null ? edges.length : edges.findLastIndex((edge) => edge <= sum)] += 1;
    }
    return counts;
  };
  const facet = (key, passing) => {
    const counts = new Array(options[key].length + 1).fill(0);
    for (const row of passing) {
      for (const option of columns[key][row]) counts[option] += 1;
      if (!columns[key][row].length) counts[options[key].length] += 1;
    }
    return counts;
  };

  const ordered = (shown, sort, lang) => {
    const values = { name: columns.names[lang], year: columns.start, money: columns.money, area: columns.area,
      jobs: columns.jobs, status: columns.status.map(([first]) => first ?? null) }[sort.replace("-", "")];
    if (!values) return shown;
    const sign = sort.startsWith("-") ? -1 : 1;
    return shown.toSorted((a, b) => {
      const [one, other] = [values[a], values[b]];
      if (one === null || other === null) return (one === null) - (other === null);
      return sign * (one - other);
    });
  };

  const totals = (shown) => {
    const count = (holds) => shown.filter(holds).length;
    const known = (name) => count((row) => columns[name][row] !== null);
    const project = (row) => columns.type[row] === "project";
    return {
      sites: count((row) => columns.type[row] === "site"),
      projects: count(project),
      projects_by_status: Object.fromEntries(statuses.map((id) => {
        const option = options.status.indexOf(id);
        return [id, count((row) => project(row) && columns.status[row].includes(option))];
      })),
      area_known: known("area"),
      jobs_known: known("jobs"),
      money_known: known("money"),
      shown: shown.length,
      all: size,
    };
  };

  /** The fewest keys to give up so that rows are shown, as geo.suggestions finds them. */
  const suggest = (query, failed) => {
    const patterns = new Map();
    for (const bits of failed) patterns.set(bits, (patterns.get(bits) ?? 0) + 1);
    const places = (bits) => KEYS.map((_, at) => at).filter((at) => bits >> at & 1);
    const keys = (bits) => places(bits).map((at) => KEYS[at]);
    const conditions = conditionsOf(query);
    const weight = (bits) => conditions.filter(([key]) => keys(bits).includes(key)).length;
    const best = [...patterns].sort(([a, rowsA], [b, rowsB]) => keys(a).length - keys(b).length
      || weight(a) - weight(b) || rowsB - rowsA || (places(a).join("") < places(b).join("") ? -1 : 1))[0];
    if (!best) return null;
    const dropped = conditions.filter(([key]) => keys(best[0]).includes(key));
    return { dropped, count: best[1], query: dropped.reduce((left, [key]) => without(left, key), query) };
  };

  return (query, lang) => {
    const found = masks(query);
    const failed = rows.map((row) =>
      KEYS.reduce((bits, key, at) => (found[key] && !found[key][row] ? bits | (1 << at) : bits), 0));
    const passing = (but) => rows.filter((row) => (failed[row] & ~(1 << KEYS.indexOf(but))) === 0);
    const shown = rows.filter((row) => failed[row] === 0);
    return {
      positions: ordered(shown, query.sort, lang),
      counts: Object.fromEntries(FACETS.map((key) => [key, facet(key, passing(key))])),
      years: histogramOfYears(passing("years")),
      money: histogramOfMoney(passing("money")),
      totals: totals(shown),
      suggestion: shown.length ? null : suggest(query, failed),
    };
  };
}
