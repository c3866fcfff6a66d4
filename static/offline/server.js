// What the modules of the explorer ask a server for is answered by the page itself.

import { read } from "./blocks.js";
import { createTextSearch } from "./search.js";

let search = null;

/** The search of the page, made when it is first wanted. */
export function textSearch() {
  if (search) return search;
  const { index, rows } = read("offline-data");
  const types = new Map(index.rows.map(({ id, type }) => [id, type]));
  // An address opens what stands there.
  const known = ({ type, id }) => (type === "address" ? types.has(id) : types.get(id) === type);
  search = createTextSearch(read("search-data"), rows, known);
  return search;
}

const answer = (value) => new Response(typeof value === "string" ? value : JSON.stringify(value));

export async function fetch(address) {
  const { pathname, searchParams } = new URL(address, "https://page.invalid/");
  if (pathname.endsWith("/index.json")) return answer(read("offline-data").index);
  if (pathname.endsWith("/icons.svg")) return answer(read("offline-icons"));
  if (pathname.endsWith("/search")) return answer(textSearch().suggest(searchParams.get("q"), searchParams.get("lang")));
  return new Response("", { status: 404 });
}
