// What the link of an embed shows is asked for before anything else runs: the answer comes while the map is made.
(function (Atlas) {
  "use strict";

  const OWN = ["host", "theme", "gesture", "snapshot"]; // how the page looks, not what it shows

  Atlas.fetchJson = async function (url) {
    const answer = await fetch(url, { credentials: "omit" });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    const text = await answer.text();
    try {
      return JSON.parse(text);
    } catch {
      // Some writers put NaN where a number is missing. JSON has no such word, and one feature must
      // not cost the layer.
      return JSON.parse(text.replace(/([[,:]\s*)(?:NaN|-?Infinity)(?=\s*[,\]}])/g, "$1null"));
    }
  };

  const link = new URLSearchParams(location.search);
  const hosted = link.get("host") === "1";
  for (const key of OWN) link.delete(key);
  Atlas.link = link;
  // A page that holds its own scripts (a notebook, the offline edition) has no server to ask.
  const served = Boolean(document.currentScript?.src);
  // The answer of the server to the link, as a promise; null where there is nothing to ask.
  Atlas.answer = served && !hosted && link.size ? Atlas.fetchJson(`view?${link}`) : null;
  Atlas.answer?.catch(() => {}); // told by the one who waits for it
})((globalThis.Atlas ??= {}));
