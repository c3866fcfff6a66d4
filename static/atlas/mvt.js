// Vector tiles (Mapbox Vector Tile 2.1) read without any help: features with type, id, values, paths.
(function (Atlas) {
  "use strict";

  const MOVE_TO = 1;
  const LINE_TO = 2;
  const VARINT = 0;
  const SIX_FOUR = 1;
  const BYTES = 2;
  const TEXT = new TextDecoder();

  class Reader {
    constructor(bytes) {
      this.bytes = bytes;
      this.at = 0;
    }

    get more() {
      return this.at < this.bytes.length;
    }

    // Numbers up to 2^53: ids are places of rows, coordinates are small.
    varint() {
      let [value, factor, byte] = [0, 1, 0];
      do {
        if (this.at >= this.bytes.length) throw new RangeError("a tile breaks off");
        byte = this.bytes[this.at];
        this.at += 1;
        value += (byte & 127) * factor;
        factor *= 128;
      } while (byte >= 128);
      return value;
    }

    chunk(length = this.varint()) {
      if (this.at + length > this.bytes.length) throw new RangeError("a tile breaks off");
      this.at += length;
      return this.bytes.subarray(this.at - length, this.at);
    }

    // Calls act[number](value) for each field of a message; others are passed over.
    fields(act) {
      while (this.more) {
        const key = this.varint();
        const [number, type] = [Math.floor(key / 8), key % 8];
        if (type > BYTES && type !== 5) throw new RangeError("a tile holds what it cannot");
        const value = type === VARINT ? this.varint()
          : this.chunk(type === BYTES ? this.varint() : type === SIX_FOUR ? 8 : 4);
        act[number]?.(value);
      }
    }

    numbers() {
      const found = [];
      while (this.more) found.push(this.varint());
      return found;
    }
  }

  function valueOf(bytes) {
    let found = null;
    const keep = (value) => (found = value);
    new Reader(bytes).fields({
      1: (text) => keep(TEXT.decode(text)),
      3: (eight) => keep(new DataView(eight.buffer, eight.byteOffset).getFloat64(0, true)),
      4: keep,
      5: keep,
      6: (n) => keep(n % 2 ? -(n + 1) / 2 : n / 2),
      7: (n) => keep(n === 1),
    });
    return found;
  }

  // Paths as flat arrays x, y, x, y …; a ring ends where it began without saying so.
  function pathsOf(commands) {
    const paths = [];
    let [x, y, n] = [0, 0, 0];
    const unzigzag = (value) => (value % 2 ? -(value + 1) / 2 : value / 2);
    while (n < commands.length) {
      const [command, count] = [commands[n] % 8, Math.floor(commands[n] / 8)];
      n += 1;
      if (command !== MOVE_TO && command !== LINE_TO) continue;
      for (let i = 0; i < count; i += 1) {
        x += unzigzag(commands[n]);
        y += unzigzag(commands[n + 1]);
        n += 2;
        if (command === MOVE_TO) paths.push([]);
        paths.at(-1).push(x, y);
      }
    }
    return paths;
  }

  function layerOf(bytes) {
    const layer = { name: "", extent: 4096, features: [] };
    const [keys, values, raw] = [[], [], []];
    new Reader(bytes).fields({
      1: (text) => (layer.name = TEXT.decode(text)),
      2: (feature) => raw.push(feature),
      3: (text) => keys.push(TEXT.decode(text)),
      4: (value) => values.push(valueOf(value)),
      5: (extent) => (layer.extent = extent),
    });
    layer.features = raw.map((message) => {
      const feature = { id: null, type: 0, values: {}, paths: [] };
      new Reader(message).fields({
        1: (id) => (feature.id = id),
        2: (tags) => {
          const pairs = new Reader(tags).numbers();
          for (let n = 0; n + 1 < pairs.length; n += 2) feature.values[keys[pairs[n]]] = values[pairs[n + 1]];
        },
        3: (type) => (feature.type = type),
        4: (commands) => (feature.paths = pathsOf(new Reader(commands).numbers())),
      });
      return feature;
    });
    return layer;
  }

  // Layers of a tile by name.
  Atlas.readTile = function (bytes) {
    const layers = new Map();
    new Reader(bytes).fields({
      3: (message) => {
        const layer = layerOf(message);
        layers.set(layer.name, layer);
      },
    });
    return layers;
  };
})((globalThis.Atlas ??= {}));
