// The cards of all objects: some to a block, a line each, in the order of the rows. A block is unpacked
// each time: it takes less than a frame, and all of them together would fill the memory.

import { textOf } from "./blocks.js";

/** `size`: how many cards a block holds. */
export async function cardOf(number, lang, size) {
  const text = await textOf(`cards-${lang}-${Math.floor(number / size)}`);
  return JSON.parse(text.split("\n")[number % size]);
}
