// What only a page on a stranger's site has: the way into the Atlas, and the link that it was given.
(function (Atlas) {
  "use strict";

  const MOST_NAMED = 3;

  Atlas.Embed = class {
    constructor(frame, box) {
      this.frame = frame;
      this.element = Atlas.element("a", {
        class: "atlas-card atlas-open",
        target: "_blank",
        rel: "noopener",
        hidden: frame.bridge.hosted || !frame.data.layers.some(({ url }) => url),
      });
      // What is filtered, so that nobody takes a part for the whole.
      this.filters = Atlas.element("span", { class: "atlas-filters" });
      this.element.append(Atlas.element("span", { "data-text": "map.embed.open" }), this.filters);
      // Written when it is about to be followed: until then the state may change.
      for (const act of ["pointerdown", "focus", "click"])
        this.element.addEventListener(act, () => (this.element.href = this.address()));
      this.element.href = this.address();
      box.append(this.element);
    }

    // The same state in the Atlas.
    address() {
      const { chosenParks, selected, words } = this.frame;
      const link = new URLSearchParams(Atlas.link);
      if (chosenParks.size) link.delete("park");
      for (const park of chosenParks) link.append("park", park);
      if (selected) link.set("sel", selected.id);
      else if (!this.frame.awaited) link.delete("sel");
      link.set("lang", words.language);
      return `./?${link}`;
    }

    // Names the conditions of the link, in the words the server has for them.
    name(tags) {
      const { words } = this.frame;
      this.filters.textContent = tags.length ? words.text("map.embed.filters", { tags: tags.join("; ") }) : "";
    }

    // Says what of the link could not be used; the rest is shown.
    report(notes) {
      const named = notes.slice(0, MOST_NAMED).map(({ key, value }) => (value ? `${key}=${value}` : key));
      if (notes.length > MOST_NAMED) named.push("…");
      const { notices, words } = this.frame;
      if (notes.length) notices.show("link", () => words.text("map.embed.skipped", { parts: named.join(", ") }));
    }

    failed() {
      const { notices, words } = this.frame;
      notices.show("link", () => words.text("map.embed.failed"));
    }
  };
})((globalThis.Atlas ??= {}));
