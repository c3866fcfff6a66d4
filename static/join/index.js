// What Streamlit calls for the result of a join: the map of the matches and their table, one choice.

import { addIcons, element } from "../explorer/elements.js";
import { createMap } from "./map.js";
import { createTable } from "./table.js";

const drawn = new WeakMap();

function createLinked() {
  const status = element("p", { class: "heard", role: "status", "aria-live": "polite" });
  const map = createMap({ onChoose: (side, row) => choose({ side, row }) });
  const table = createTable({ onChoose: (pair) => choose({ pair }) });
  let data = null;

  // One choice for both: a pair, or a row of one side with all its pairs.
  function choose(choice) {
    const { pairs } = data;
    const chosen = choice.pair !== undefined ? [choice.pair]
      : pairs[choice.side].flatMap((row, at) => (row === choice.row ? [at] : []));
    const row = choice.pair !== undefined ? data.left[pairs.left[choice.pair]] : data[choice.side][choice.row];
    map.mark(chosen, choice);
    table.mark(chosen, choice.pair === undefined);
    status.textContent = `${row.name}: ${data.words.pairs} ${chosen.length}`;
  }

  return {
    node: element("div", { class: "linked" }, map.node, table.node, status),
    update(answer) {
      data = answer;
      map.update(data);
      table.update(data);
    },
  };
}

export default function linked({ parentElement, data }) {
  let current = drawn.get(parentElement);
  if (!current) {
    current = createLinked();
    drawn.set(parentElement, current);
    const sheet = element("link", { rel: "stylesheet", href: new URL("./join.css", import.meta.url).href });
    parentElement.append(sheet, current.node);
    addIcons(current.node);
  }
  current.update(JSON.parse(new TextDecoder().decode(data)));
}
