// Elements of the page. Text always goes in as a text node: names from the data cannot become markup.
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
})((globalThis.Atlas ??= {}));
