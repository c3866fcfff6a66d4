// Short messages over the map, and the sentence a screen reader hears.
(function (Atlas) {
  "use strict";

  const HINT_MS = 1800;

  Atlas.Notices = class {
    constructor(frame, box) {
      this.frame = frame;
      this.shown = new Map();
      this.box = Atlas.element("div", { class: "atlas-notices" });
      this.hintBox = Atlas.element("div", { class: "atlas-hint", "aria-hidden": "true" });
      this.live = Atlas.element("div", { class: "atlas-unseen", role: "status", "aria-live": "polite" });
      box.append(this.hintBox, this.box, this.live);
    }

    // A message that stays until closed. write() gives its text, so that it follows the language.
    show(id, write, action) {
      this.shown.set(id, { write, action });
      this.relabel();
    }

    drop(id) {
      if (this.shown.delete(id)) this.relabel();
    }

    relabel() {
      const rows = [...this.shown].map(([id, { write, action }]) => {
        const close = Atlas.button("x", "map.close", () => this.drop(id), {
          class: "atlas-button atlas-plain",
        });
        const row = Atlas.element(
          "div",
          { class: "atlas-notice", role: "alert" },
          Atlas.element("span", {}, write()),
        );
        if (action) {
          const attributes = {
            type: "button",
            class: "atlas-link",
            "data-text": action.label,
            onclick: action.run,
          };
          row.append(Atlas.element("button", attributes));
        }
        row.append(close);
        return row;
      });
      this.box.replaceChildren(...rows);
      this.frame.words.apply(this.box);
    }

    // How the map is moved here: goes by itself.
    hint(text) {
      this.hintBox.textContent = text;
      this.hintBox.classList.add("atlas-on");
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.hintBox.classList.remove("atlas-on"), HINT_MS);
    }

    // With a host, its live region speaks: two at once would say everything twice.
    announce(text) {
      if (this.frame.bridge.hosted) this.frame.bridge.send("announce", { text });
      else this.live.textContent = text;
    }
  };
})((globalThis.Atlas ??= {}));
