// The link as the controls see it; `own` has what is said of the viewer's layer, by key. What they do not know (place, for one) is carried along unchanged.

export const FACETS = ["park", "direction", "cluster", "kind", "status"];
const SINGLE = ["known", "since", "near", "q", "sel", "sort"];
const RANGES = ["years", "money"];
export const UNKNOWN = "unknown"; // of money: the rows of which no sum is known

export function parseLink(text) {
  const params = new URLSearchParams(text);
  const link = { rest: [], own: {} };
  for (const key of FACETS) link[key] = params.getAll(key);
  for (const key of SINGLE) link[key] = params.get(key) ?? "";
  for (const key of RANGES) {
    const ends = params.getAll(key); // a lone one is the lower end, the other is open
    link[key] = ends.length ? ends : null;
  }
  const known = new Set([...FACETS, ...SINGLE, ...RANGES]);
  for (const [key, value] of params) {
    if (key === "own" || key.startsWith("own.")) (link.own[key] ??= []).push(value);
    else if (!known.has(key)) link.rest.push([key, value]);
  }
  return link;
}

export function formatLink(link) {
  const params = new URLSearchParams();
  for (const key of FACETS) for (const value of link[key]) params.append(key, value);
  for (const key of RANGES) for (const value of link[key] ?? []) params.append(key, value);
  for (const [key, value] of link.rest) params.append(key, value);
  for (const key of SINGLE) if (link[key]) params.append(key, link[key]);
  for (const [key, values] of Object.entries(link.own)) for (const value of values) params.append(key, value);
  return params.toString();
}

export function toggled(values, value) {
  return values.includes(value) ? values.filter((other) => other !== value) : [...values, value];
}

/** The link with the surroundings of a point ("lon,lat,metres", empty for none) as its only place. */
export function placed(link, near) {
  const sort = near ? "near" : (link.sort === "near" ? "" : link.sort);
  return { ...link, near, sort, rest: link.rest.filter(([key]) => key !== "bbox" && key !== "in") };
}

/** No condition left; order and selection are no conditions. */
export function cleared(link) {
  const empty = parseLink("");
  return { ...empty, sort: link.sort === "near" ? "" : link.sort, sel: link.sel };
}

/** Nothing is asked for but one object. */
export function leadsToOne({ sel, sort, own: { own, ...columns }, ...conditions }) {
  return sel !== "" && !formatLink({ ...conditions, sel: "", sort: "", own: columns });
}

/** The link without the viewer's layer, which is to go. */
export function withoutOwn(link) {
  return { ...link, own: {}, sel: link.sel.startsWith("own:") ? "" : link.sel };
}
