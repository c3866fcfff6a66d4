// Elements of the page and the boxes they take. Text always goes in as a text node: names from the data cannot become markup.
(function (Atlas) {
  "use strict";

  Atlas.element = function (name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else if (value === true) element.setAttribute(key, "");
      else if (value !== false && value !== null) element.setAttribute(key, value);
    }
    element.append(...children);
    return element;
  };

  Atlas.icon = function (name) {
    const space = "http://www.w3.org/2000/svg";
    const icon = document.createElementNS(space, "svg");
    icon.setAttribute("class", "atlas-icon");
    icon.setAttribute("aria-hidden", "true");
    const use = document.createElementNS(space, "use");
    use.setAttribute("href", `#icon-${name}`);
    icon.append(use);
    return icon;
  };

  // A button whose name comes from the messages, so that it follows the language.
  Atlas.button = function (icon, label, onclick, attributes) {
    return Atlas.element(
      "button",
      { type: "button", class: "atlas-button", "data-label": label, onclick, ...attributes },
      Atlas.icon(icon),
    );
  };

  // Boxes are [left, top, right, bottom] in pixels.
  Atlas.boxOf = function (element) {
    const { left, top, right, bottom } = element.getBoundingClientRect();
    return [left, top, right, bottom];
  };

  Atlas.overlap = (a, b) => a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];

  // The largest part of a box beside, above or below all that covers it.
  Atlas.freePart = function (box, covers) {
    const cover = covers.find((other) => Atlas.overlap(box, other));
    if (!cover) return box;
    const [left, top, right, bottom] = box;
    const area = (part) => Math.max(0, part[2] - part[0]) * Math.max(0, part[3] - part[1]);
    return [
      [left, top, cover[0], bottom],
      [cover[2], top, right, bottom],
      [left, top, right, cover[1]],
      [left, cover[3], right, bottom],
    ]
      .map((part) => Atlas.freePart(part, covers))
      .reduce((best, part) => (area(part) > area(best) ? part : best));
  };
})((globalThis.Atlas ??= {}));
