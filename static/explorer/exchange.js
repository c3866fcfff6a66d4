// The link asked for and the answer to it. A change holds at once; only the answer to the last one
// counts, so a late one never undoes a click.

import { formatLink, parseLink } from "./link.js";

// An answer that never comes (the connection was cut) must not keep later ones out, nor be waited
// for in silence.
const PATIENCE_MS = 4000;

export function createExchange({ onSilence }) {
  let send = () => {};
  let asked = 0;
  let awaited = null;
  let timer = 0;

  const stopWaiting = () => {
    clearTimeout(timer);
    awaited = null;
  };

  return {
    link: parseLink(""),
    /** The last answer, with what earlier ones said and it left out; null before the first. */
    data: null,
    /** The controls are ahead of the data, or the data came of what was done here. */
    get own() {
      return awaited !== null || this.data.n !== null;
    },
    /** `forget`: the layer of the viewer is to go. */
    ask(link, { forget = false } = {}) {
      this.link = link;
      asked += 1;
      stopWaiting();
      awaited = asked;
      timer = setTimeout(() => {
        stopWaiting();
        onSilence();
      }, PATIENCE_MS);
      send({ params: formatLink(link), n: asked, card: this.data.card?.id ?? "",
        ...(this.data.own ? { own: true, forget } : {}) });
    },
    /** Take an answer; false if it is late and says nothing new. */
    take(answer, trigger) {
      send = (edit) => trigger("edit", edit);
      const late = awaited !== null && answer.n !== awaited;
      if (late && answer.lang === this.data.lang) return false;
      if (!late) {
        stopWaiting();
        this.link = parseLink(answer.params);
      }
      this.data = { ...this.data, ...answer };
      // The language was changed before the browser knew the address of the last click: that run of
      // the page has put itself in the place of the answer, with the old address.
      if (late) this.ask(this.link);
      return true;
    },
    stop: stopWaiting,
  };
}
