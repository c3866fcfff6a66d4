// Brings the layers: from the page itself, or each fetched once. A layer that fails is named, with a
// button to try again; the others are drawn.
(function (Atlas) {
  "use strict";

  Atlas.Loader = class {
    constructor(frame) {
      this.frame = frame;
      this.failed = new Set();
      this.broken = 0;
    }

    start() {
      return Promise.all(this.frame.data.layers.map((layer) => this.load(layer)));
    }

    async load(layer) {
      try {
        const collection = layer.data ?? (await this.fetch(layer.url));
        const { objects, broken } = Atlas.readLayer(collection, layer, this.frame.data.sizes);
        this.failed.delete(layer);
        this.report(broken, layer);
        this.frame.received(objects);
      } catch (error) {
        console.warn(`layer ${layer.id}:`, error);
        this.failed.add(layer);
      }
      this.tell();
    }

    async fetch(url) {
      const answer = await fetch(url, { credentials: "omit" });
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      const text = await answer.text();
      try {
        return JSON.parse(text);
      } catch {
        // Some writers put NaN where a number is missing. JSON has no such word, and one feature must
        // not cost the layer.
        return JSON.parse(text.replace(/([[,:]\s*)(?:NaN|-?Infinity)(?=\s*[,\]}])/g, "$1null"));
      }
    }

    report(broken, layer) {
      if (!broken) return;
      this.broken += broken;
      console.warn(`layer ${layer.id}: ${broken} broken features left out`);
      this.frame.notices.show("broken", () => this.frame.words.text("map.broken", { n: this.broken }));
    }

    tell() {
      const { notices, words } = this.frame;
      if (!this.failed.size) {
        notices.drop("layers");
        return;
      }
      const names = () => [...this.failed].map((layer) => layer.title[words.language]).join(", ");
      const retry = { label: "map.retry", run: () => [...this.failed].forEach((layer) => this.load(layer)) };
      notices.show("layers", () => words.text("map.layers.failed", { layers: names() }), retry);
    }
  };
})((globalThis.Atlas ??= {}));
