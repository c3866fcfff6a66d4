// Building the page. Text goes in through textContent and attributes only, never as markup.

export function element(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** An address is followed only where it is http(s) or mail; anything else stays text. */
export function safeAddress(address) {
  try {
    const url = new URL(address, document.baseURI);
    return ["http:", "https:", "mailto:"].includes(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

export function link(address, text, props = {}) {
  const href = safeAddress(address);
  if (href === null) return element("span", { text, class: props.class });
  const outside = new URL(href).origin !== location.origin;
  return element("a", {
    href, text, ...(outside ? { target: "_blank", rel: "noopener noreferrer" } : {}), ...props,
  });
}

const ICONS = new URL("../vendor/lucide/icons.svg", import.meta.url).href;

/** Put the symbols of all icons into the tree that uses them. The file is our own. */
export async function addIcons(root) {
  const answer = await fetch(ICONS);
  const sprite = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("svg");
  root.append(document.importNode(sprite, true));
}

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  svg.append(use);
  return svg;
}

export function iconButton(name, label, onclick, props = {}) {
  return element("button", { type: "button", "aria-label": label, title: label, onclick, ...props,
    class: `icon-button ${props.class ?? ""}` }, icon(name));
}

/** The sign of a row: disc with a letter for a kind of park, diamond for a row of the viewer's layer,
 * hollow dot for a project. */
export function sign(park, lang, type = "") {
  if (type === "own") return element("span", { class: "own-mark", "aria-hidden": "true" });
  if (!park) return element("span", { class: "dot", "aria-hidden": "true" });
  const disc = element("span", { class: "disc", text: park.letter[lang], "aria-hidden": "true" });
  disc.style.setProperty("--park", park.colour);
  return disc;
}

/** Goes to an address as a link of the page would: a page of the application without a new session. */
export function follow(address) {
  const way = element("a", { href: address, "data-inside": true });
  document.body.append(way);
  way.click();
  way.remove();
}
