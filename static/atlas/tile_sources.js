// Vector tiles of a server: each fetched once and held for a while, those of the deepest zoom enlarged.
(function (Atlas) {
  "use strict";

  const MOST_HELD = 64;


  Atlas.ask = async function (address) {
    const answer = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer" });
    if (!answer.ok) throw Object.assign(new Error(`HTTP ${answer.status}`), { answer });
    return answer;
  };

  Atlas.TilePieces = class {
    // deepest: tiles of higher zooms would hold nothing new, they are parts of these.
    constructor(address, { side = 256, deepest = 16 } = {}) {
      this.address = address;
      this.side = side;
      this.deepest = deepest;
      this.held = new Map(); // by address, those fetched last at the end
    }

    // What a tile shows, and how its units become pixels.
    async tile({ x, y, z }) {
      const deeper = Math.max(0, z - this.deepest);
      const [px, py] = [x >> deeper, y >> deeper];
      const { extent, ...content } = await this.fetch(z - deeper, px, py);
      const part = 2 ** deeper;
      return {
        scale: (this.side * part) / extent,
        dx: (px * part - x) * this.side,
        dy: (py * part - y) * this.side,
        ...content,
      };
    }

    // Not given up with the tile that asked: its neighbours within may want it as well.
    fetch(...at) {
      const address = this.address(...at);
      const held = this.held.get(address) ?? this.ask(address);
      this.held.delete(address);
      this.held.set(address, held);
      if (this.held.size > MOST_HELD) this.held.delete(this.held.keys().next().value);
      held.catch(() => this.held.delete(address));
      return held;
    }

    async ask(address) {
      const answer = await Atlas.ask(address);
      return this.read(Atlas.readTile(new Uint8Array(await answer.arrayBuffer())));
    }
  };
})((globalThis.Atlas ??= {}));
