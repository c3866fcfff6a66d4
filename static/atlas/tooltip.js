// Name, kind and precision beside the pointer.
(function (Atlas) {
  "use strict";

  const DELAY_MS = 50;
  const GAP_PX = 14;

  Atlas.Tooltip = class {
    constructor(frame, box) {
      this.frame = frame;
      this.element = Atlas.element("div", { class: "atlas-tooltip", "aria-hidden": "true" });
      box.append(this.element);
    }

    // found: as Painter.hit gives it; null hides.
    show(found, at) {
      clearTimeout(this.timer);
      if (!found) {
        this.element.classList.remove("atlas-on");
        return;
      }
      this.timer = setTimeout(() => this.draw(found, at), DELAY_MS);
    }

    draw(found, at) {
      this.element.replaceChildren(
        ...this.lines(found).map((text, i) => Atlas.element(i ? "span" : "strong", {}, text)),
      );
      this.element.classList.add("atlas-on");
      const { offsetWidth: width, offsetHeight: height } = this.element;
      const left = at.x + GAP_PX + width > innerWidth ? at.x - GAP_PX - width : at.x + GAP_PX;
      const top = Math.min(at.y + GAP_PX, innerHeight - height - 4);
      this.element.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(4, top)}px)`;
    }

    lines({ object, group, site, crowd }) {
      const { frame } = this;
      if (object) {
        const lines = [frame.words.name(object), Atlas.kindOf(object, frame), Atlas.precisionOf(object, frame)];
        return lines.filter(Boolean);
      }
      if (crowd)
        return [frame.words.plural("map.own.crowd", crowd.length), frame.words.text("map.own.crowd.hint")];
      if (group[0].own)
        return [frame.words.plural("map.own.crowd", group.length), Atlas.kindOf(group[0], frame)];
      const count = frame.words.plural("map.projects", group.length);
      return site ? [count, frame.words.name(site)] : [count, frame.words.text("map.cluster.hint")];
    }
  };
})((globalThis.Atlas ??= {}));
