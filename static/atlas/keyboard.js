// The map by keyboard: arrows, + and -, PageUp and PageDown through the objects, Enter, Escape, ?.
(function (Atlas) {
  "use strict";

  const PAN_PX = 100;

  Atlas.Keyboard = class {
    constructor(frame) {
      this.frame = frame;
      const pan = (x, y) => () => frame.map.panBy([x * PAN_PX, y * PAN_PX], { animate: !frame.reduced });
      this.keys = {
        ArrowLeft: pan(-1, 0),
        ArrowRight: pan(1, 0),
        ArrowUp: pan(0, -1),
        ArrowDown: pan(0, 1),
        "+": () => frame.map.zoomIn(1),
        "=": () => frame.map.zoomIn(1),
        "-": () => frame.map.zoomOut(1),
        PageDown: () => this.step(1),
        PageUp: () => this.step(-1),
        Home: () => frame.sight.home(),
        Enter: () => this.enter(),
        Backspace: () => frame.measure.active && frame.measure.undo(),
        Escape: () => this.leave(),
        "?": () => this.help(),
      };
      frame.region.addEventListener("keydown", (event) => this.down(event));
      frame.region.addEventListener("blur", () => frame.setCursor(null));
    }

    down(event) {
      if (event.altKey && event.code === "KeyI") {
        this.say();
        event.preventDefault();
        return;
      }
      const act = this.keys[event.key];
      if (!act || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      act();
    }

    // Objects in the order of the host's list; what has no place is not on the map.
    step(by) {
      const { frame } = this;
      const stops = frame.order.filter((key) => frame.isPlaced(key));
      if (!stops.length) return;
      const at = stops.indexOf(frame.keyOf(frame.cursor ?? frame.selected));
      const next = at < 0 ? (by > 0 ? 0 : stops.length - 1) : (at + by + stops.length) % stops.length;
      const object = frame.find(stops[next]);
      frame.setCursor(object);
      frame.sight.seek(object);
      const place = frame.words.text("map.step", { n: next + 1, of: stops.length });
      frame.notices.announce(`${Atlas.sentenceOf(object, frame)}. ${place}`);
    }

    enter() {
      const { frame } = this;
      if (frame.measure.active) frame.measure.add(frame.map.getCenter());
      else if (frame.near.picking) frame.near.choose(frame.map.getCenter());
      else if (frame.cursor) frame.choose(frame.cursor);
    }

    leave() {
      const { frame } = this;
      if (frame.measure.active) return frame.measure.stop();
      if (frame.near.picking) return frame.near.cancel();
      if (frame.cursor) return frame.setCursor(null);
      if (!frame.bridge.hosted && frame.selected) return frame.choose(null);
      return frame.bridge.send("leave");
    }

    say() {
      const { frame } = this;
      frame.notices.announce(
        frame.selected ? Atlas.sentenceOf(frame.selected, frame) : frame.words.text("map.selection.none"),
      );
    }

    help() {
      const text = () => this.frame.words.text("map.keys");
      this.frame.notices.show("keys", text);
    }
  };
})((globalThis.Atlas ??= {}));
