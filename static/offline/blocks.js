// What stands in the page as data: read when it is first wanted.

const kept = new Map();

export function textOf(id) {
  return document.getElementById(id).textContent;
}

export function read(id) {
  if (!kept.has(id)) kept.set(id, JSON.parse(textOf(id)));
  return kept.get(id);
}
