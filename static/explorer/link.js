// The link as the controls see it. What they do not know (place, for one) is carried along unchanged.

export const FACETS = ["park", "direction", "cluster", "kind", "status"];
const SINGLE = ["q", "sel", "sort"];
const RANGES = ["years", "money"];

export function parseLink(text) {
  const params = new URLSearchParams(text);
  const link = { rest: [] };
  for (const key of FACETS) link[key] = params.getAll(key);
  for (const key of SINGLE) link[key] = params.get(key) ?? "";
  for (const key of RANGES) {
    const ends = params.getAll(key); // a lone one is the lower end, the other is open
    link[key] = ends.length ? ends : null;
  }
  const known = new Set([...FACETS, ...SINGLE, ...RANGES]);
  for (const [key, value] of params) if (!known.has(key)) link.rest.push([key, value]);
  return link;
}

export function formatLink(link) {
  const params = new URLSearchParams();
  for (const key of FACETS) for (const value of link[key]) params.append(key, value);
  for (const key of RANGES) for (const value of link[key] ?? []) params.append(key, value);
  for (const [key, value] of link.rest) params.append(key, value);
  for (const key of SINGLE) if (link[key]) params.append(key, link[key]);
  return params.toString();
}

export function toggled(values, value) {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}

/** No condition left; order and selection are no conditions. */
export function cleared(link) {
  const empty = parseLink("");
  return { ...empty, sort: link.sort === "near" ? "" : link.sort, sel: link.sel };
}
