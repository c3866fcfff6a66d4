// Brings the layers: from the page itself, from its host, or each fetched once. A layer that fails is named, with a
// button to try again; the others are drawn.
(function (Atlas) {
  "use strict";

  // What a link may say of the rows: without any of it, a selected object is what it leads to.
  const LOOKS = ["park", "direction", "cluster", "kind", "status", "years", "money", "q", "bbox", "near", "in", "known", "since"];

  Atlas.Loader = class {
    constructor(frame) {
      this.frame = frame;
      this.failed = new Set();
      this.broken = 0;
    }

    async start() {
      await this.ask();
      // Once the view is known: tiles of another place would be fetched for nothing.
      this.frame.backdrop.begin();
      await Promise.all(this.frame.data.layers.map((layer) => this.load(layer)));
    }

    // A page of its own (an embed) whose address holds a link shows what that link shows: the
    // server answers, as it does for the list. Without an answer everything is shown.
    async ask() {
      if (!Atlas.answer) return;
      const { data, embed } = this.frame;
      const { link } = Atlas;
      try {
        const { ids, area, notes, tags } = await Atlas.answer;
        embed.report(notes);
        embed.name(tags);
        data.shown = ids;
        this.frame.area.bringBox(area);
        const alone = LOOKS.every((key) => !link.has(key));
        if (link.get("sel")) this.frame.awaited = [link.get("sel"), true, alone];
      } catch (error) {
        console.warn("link:", error);
        embed.failed();
      }
    }

    // A page made without layers is given its features by the host.
    bring(columns) {
      const { data } = this.frame;
      if (data.layers.length) return;
      const read = Object.entries(Atlas.featuresOf(columns)).map(([kind, features]) =>
        Atlas.readLayer({ features }, { id: kind, kind }, data.sizes));
      for (const { broken } of read) this.report(broken, { id: "host" });
      this.frame.received(read.flatMap(({ objects }) => objects));
    }

    async load(layer) {
      try {
        const collection = layer.data ?? (await Atlas.fetchJson(layer.url));
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
