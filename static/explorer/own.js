// The layer that the viewer brought: fetched once by its secret address, shown to nobody else.

async function fetchOwn(url) {
  const answer = await fetch(`${url}index.json`, { cache: "no-store", referrerPolicy: "no-referrer" });
  if (!answer.ok) throw new Error(`the layer answers ${answer.status}`);
  const own = await answer.json();
  const names = { ru: own.names.ru, en: own.names.en ?? own.names.ru };
  return {
    ...own,
    url,
    names,
    rows: own.numbers.map((number, row) => ({
      id: `own:${number}`,
      type: "own",
      park: null,
      ru: [names.ru[row], own.name],
      en: [names.en[row], own.name],
      at: own.at[2 * row] === null ? null : own.at.slice(2 * row, 2 * row + 2),
    })),
  };
}

/** What the map is told of it. */
export function forMap({ url, key, name, form, names, numbers, at, box }) {
  return { url, key, name, form, names, numbers, box,
    at: Float64Array.from(at, (value) => value ?? NaN) };
}

/** Keeps the layer in step with the address that the answers name: `onLayer` is told it or null,
 * `onReady` when it has come, `onFailure` what to do to try again. */
export function createOwnLoader({ onLayer, onReady, onFailure }) {
  let address = "";
  const bring = (url) => {
    if (url === address) return;
    address = url;
    onLayer(null);
    if (!url) return;
    fetchOwn(url).then((layer) => {
      if (address !== url) return;
      onLayer(layer);
      onReady();
    }, () => onFailure(() => {
      address = "";
      bring(url);
    }));
  };
  return { bring };
}
