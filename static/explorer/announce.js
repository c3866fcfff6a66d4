// What is said: a polite live region (one sentence a change, at most one a second, the last one
// wins), and a note that everybody sees for a moment.

import { element } from "./elements.js";

const PAUSE_MS = 1000;
const NOTE_MS = 3500;

export function createAnnouncer() {
  const region = element("div", { class: "hidden", role: "status", "aria-live": "polite" });
  const note = element("p", { class: "toast float", hidden: true });
  let waiting = "";
  let last = -PAUSE_MS;
  let speaking = 0;
  let showing = 0;

  const speak = () => {
    speaking = 0;
    last = performance.now();
    region.textContent = waiting;
  };

  return {
    note,
    region,
    say(text) {
      waiting = text;
      if (!speaking) speaking = setTimeout(speak, Math.max(80, last + PAUSE_MS - performance.now()));
    },
    show(text) {
      note.textContent = text;
      note.hidden = false;
      clearTimeout(showing);
      showing = setTimeout(() => { note.hidden = true; }, NOTE_MS);
      this.say(text);
    },
    /** What was said in another language is not left to be found. */
    forget() {
      clearTimeout(speaking);
      speaking = 0;
      region.textContent = "";
    },
    stop() {
      clearTimeout(speaking);
      clearTimeout(showing);
    },
  };
}
