// The map of a link for somebody else's site, as one line of HTML.

import { copyText } from "./origin.js";

const HEIGHT_PX = 480;

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

export function embedCode(params, words) {
  const query = [params, `lang=${words.lang}`].filter(Boolean).join("&");
  const address = new URL(`/embed?${query}`, document.baseURI).href;
  return `<iframe src="${escaped(address)}" title="${escaped(words.say("ui.embed.title"))}" width="100%" `
    + `height="${HEIGHT_PX}" loading="lazy" style="border:0"></iframe>`;
}

/** Copy the line, and return what there is to say about it. */
export async function copyEmbed(params, words) {
  const code = embedCode(params, words);
  return (await copyText(code)) ? words.say("ui.embed.copied") : words.say("ui.embed.failed", { code });
}
