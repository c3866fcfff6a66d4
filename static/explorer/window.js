// The part of a long list that is laid out: rows without a gap, and above and below them empty space
// of about the height of those that are not.

import { element } from "./elements.js";

const GUESS_PX = 63;

export function createWindow(box, { rowAt, portion }) {
  const above = element("div", { role: "presentation", class: "space" });
  const below = element("div", { role: "presentation", class: "space" });
  let size = 0;
  let from = 0;
  let to = 0;
  let height = GUESS_PX; // of a row, on average

  const node = (at) => (at >= from && at < to ? box.children[at - from + 1] : null);
  const space = () => {
    above.style.height = `${Math.round(from * height)}px`;
    below.style.height = `${Math.round((size - to) * height)}px`;
  };
  const measure = () => {
    if (to > from) height = (below.offsetTop - above.offsetTop - above.offsetHeight) / (to - from) || GUESS_PX;
  };
  const rows = (start, end) => Array.from({ length: end - start }, (_, n) => rowAt(start + n));
  /** Lay out other rows, and leave the one that is seen where it is. */
  const move = (start, end) => {
    const [first, last] = [Math.max(0, start), Math.min(size, end)];
    const root = box.getRootNode();
    const focused = box.contains(root.activeElement) && root.activeElement !== box ? root.activeElement : null;
    const anchor = box.children.length && first < to && last > from ? seen() : -1;
    const offset = anchor >= 0 && anchor >= first && anchor < last ? node(anchor).offsetTop - box.scrollTop : null;
    [from, to] = [first, last];
    space();
    box.replaceChildren(above, ...rows(from, to), below);
    if (offset !== null) box.scrollTop = node(anchor).offsetTop - offset;
    if (!focused) return;
    // The keyboard stays in the list, with its row if that is still there.
    (focused.isConnected ? focused : box).focus({ preventScroll: true });
  };
  /** The first row in view. */
  const seen = () => {
    for (let at = from; at < to; at += 1) {
      const row = node(at);
      if (row.offsetTop + row.offsetHeight > box.scrollTop) return at;
    }
    return -1;
  };

  return {
    get to() {
      return to;
    },
    get height() {
      return height;
    },
    node,
    /** Begin a list of so many rows; the place one has scrolled to is kept, unless `fromTop`. */
    start(count, fromTop) {
      const top = fromTop ? 0 : box.scrollTop;
      size = count;
      from = 0;
      to = Math.min(portion, size);
      height = GUESS_PX;
      below.style.height = "0px";
      above.style.height = "0px";
      box.replaceChildren(above, ...rows(0, to), below);
      measure();
      space();
      box.scrollTop = Math.min(top, box.scrollHeight);
    },
    /** Lay out more rows after those there are. */
    extend(upTo) {
      const end = Math.min(upTo, size);
      below.before(...rows(to, end));
      to = Math.max(to, end);
      space();
    },
    /** Make sure that a row is laid out, and return it. */
    reach(at) {
      if (at >= to && at < to + portion) this.extend(at + 1);
      else if (at < from || at >= to) move(at - portion, at + portion);
      return node(at);
    },
    /** Lay out what has come into view. */
    follow() {
      const [top, screen] = [box.scrollTop, box.clientHeight];
      const start = above.offsetHeight;
      const end = below.offsetTop - above.offsetTop;
      const short = (to < size && top + 2 * screen > end) || (from > 0 && top - screen < start);
      if (!short) return;
      measure();
      const first = top > start - screen && top < end ? Math.max(seen(), from) : Math.floor(top / height);
      move(first - portion, first + portion);
    },
  };
}
