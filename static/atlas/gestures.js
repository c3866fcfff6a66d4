// Wheel and touch. "cooperative": the page behind keeps its scroll, the map takes Ctrl + wheel and two
// fingers. "greedy": the map fills the screen and nothing lies behind it, so it takes all.
(function (Atlas) {
  "use strict";

  Atlas.Gestures = class {
    constructor(frame) {
      this.frame = frame;
      const { region } = frame;
      // Captured before Leaflet's own listeners, which would swallow the event.
      region.addEventListener("wheel", (event) => this.wheel(event), { capture: true, passive: true });
      region.addEventListener("pointerdown", (event) => this.down(event), { capture: true });
      region.addEventListener("touchmove", (event) => this.touchMove(event), {
        capture: true,
        passive: false,
      });
    }

    set(mode) {
      this.cooperative = mode !== "greedy";
      this.frame.region.classList.toggle("atlas-cooperative", this.cooperative);
    }

    hint(id) {
      this.frame.notices.hint(this.frame.words.text(id));
    }

    wheel(event) {
      if (!this.cooperative || event.ctrlKey || event.metaKey) return;
      event.stopPropagation();
      this.hint(/Mac/.test(navigator.platform) ? "map.gesture.wheel.mac" : "map.gesture.wheel");
    }

    down(event) {
      const { dragging } = this.frame.map;
      if (event.pointerType === "touch" && this.cooperative) dragging.disable();
      else dragging.enable();
    }

    touchMove(event) {
      if (!this.cooperative) return;
      if (event.touches.length === 1) this.hint("map.gesture.touch");
      else event.preventDefault();
    }
  };
})((globalThis.Atlas ??= {}));
