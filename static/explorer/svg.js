// Nodes of SVG; texts go in through textContent.

const SPACE = "http://www.w3.org/2000/svg";

export function svg(tag, props = {}, text = null) {
  const node = document.createElementNS(SPACE, tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, value);
  if (text !== null) node.textContent = text;
  return node;
}
