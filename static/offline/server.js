// What the modules of the explorer ask a server for is answered by the page itself: it is told once
// what there is, before they ask.

let told = {};

/** `index` (layers/index.py), `icons`, and `search`, which gives the text search when it is there. */
export function serve(answers) {
  told = answers;
}

const answer = (value) => ({ ok: true, status: 200, json: async () => value, text: async () => value });

export async function fetch(address) {
  const { pathname, searchParams } = new URL(address, "https://page.invalid/");
  if (pathname.endsWith("/index.json")) return answer(told.index);
  if (pathname.endsWith("/icons.svg")) return answer(await told.icons());
  if (pathname.endsWith("/search")) {
    const search = await told.search();
    return answer(search.suggest(searchParams.get("q"), searchParams.get("lang")));
  }
  return { ok: false, status: 404 };
}
