// The menu of what can be taken away: a file in any format of what is shown, and the link.

import { element, link } from "./elements.js";

const FORMATS = ["geojson", "gpkg", "xlsx", "csv", "csv-excel", "parquet", "fgb", "kml"];
const KEPT_MS = 60_000; // time for the browser to begin saving what it was given

/** Without a server (`served` is false) there are no files, only the link. */
export function createExports({ served, onCopy, onEmbed }) {
  const title = element("p", { class: "menu-title" });
  const files = element("div", { class: "export-files" });
  const whole = element("input", { type: "checkbox", onchange: () => draw() });
  const wholeText = element("span", {});
  const state = element("p", { class: "export-state", role: "status" });
  const stop = element("button", { type: "button", class: "text-button", hidden: true, onclick: () => asked?.abort() });
  const copy = element("button", { type: "button", class: "menu-item", onclick: onCopy });
  const embed = element("button", { type: "button", class: "menu-item", onclick: onEmbed });
  const parts = served ? [title, files, element("label", { class: "export-whole" }, whole, wholeText),
    element("div", { class: "export-line" }, state, stop)] : [];
  const node = element("div", { class: "menu float", popover: "auto" }, ...parts, copy, served ? embed : null);
  let words = null;
  let address = "";
  let asked = null; // what stops the file that is being made

  const save = async (href, name) => {
    asked = new AbortController();
    state.textContent = words.say("ui.export.busy", { format: name });
    draw();
    try {
      const answer = await fetch(href, { signal: asked.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const kept = URL.createObjectURL(await answer.blob());
      const file = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "";
      element("a", { href: kept, download: file }).click();
      setTimeout(() => URL.revokeObjectURL(kept), KEPT_MS);
      state.textContent = words.say("ui.export.done", { file });
    } catch (error) {
      state.textContent = error.name === "AbortError" ? words.say("ui.export.stopped")
        : words.say("ui.export.failed", { format: name });
    } finally {
      asked = null;
      draw();
    }
  };

  const draw = () => {
    const part = whole.checked ? "&part=zip" : "";
    stop.hidden = !asked;
    files.replaceChildren(...FORMATS.map((format) => {
      const name = words.say(`ui.export.${format}`);
      const item = link(`${address}&format=${format}${part}`, "", {
        class: "menu-item export-file", download: true, target: null, "aria-disabled": asked ? "true" : null,
        onclick: (event) => {
          // A new tab or a saved address is the reader's own affair.
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          if (!asked) save(item.href, name);
        },
      });
      item.append(element("span", { class: "export-name", text: name }), " ",
        element("span", { class: "export-use", text: words.say(`ui.export.${format}.use`) }));
      return item;
    }));
  };

  return {
    node,
    focus: () => node.querySelector("a, button").focus(),
    update({ words: said, data }) {
      words = said;
      address = `${data.own?.url ?? ""}export?${[data.params, `lang=${data.lang}`].filter(Boolean).join("&")}`;
      title.textContent = words.say("ui.export.shown");
      wholeText.textContent = words.say("ui.export.whole");
      stop.textContent = words.say("ui.export.stop");
      copy.textContent = words.say("ui.copy");
      embed.textContent = words.say("ui.embed.copy");
      if (!asked) state.textContent = "";
      draw();
    },
  };
}
