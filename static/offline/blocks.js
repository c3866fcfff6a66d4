// What stands in the page as data, packed: base64 of raw deflate. Blocks behind the script come after
// it: while the page is still being read they are waited for.

function complete(id) {
  const node = document.getElementById(id);
  // The last element of a page that is still being read may hold a part of its text.
  return node && (node.nextElementSibling || document.readyState !== "loading") ? node : null;
}

function present(id) {
  return new Promise((resolve, reject) => {
    const watch = new MutationObserver(look);
    function look() {
      const node = complete(id);
      if (!node && document.readyState === "loading") return;
      watch.disconnect();
      document.removeEventListener("readystatechange", look);
      if (node) resolve(node);
      else reject(new Error(`no block ${id}`));
    }
    watch.observe(document.body, { childList: true });
    document.addEventListener("readystatechange", look);
    look();
  });
}

function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

/** The text of a block. */
export async function textOf(id) {
  const node = complete(id) ?? (await present(id));
  const packed = new Blob([bytesOf(node.textContent)]).stream();
  return new Response(packed.pipeThrough(new DecompressionStream("deflate-raw"))).text();
}

export const read = async (id) => JSON.parse(await textOf(id));
