// The selected object in short, where no host shows it: notebook, offline edition, bare page.
(function (Atlas) {
  "use strict";

  Atlas.Card = class {
    constructor(frame, box) {
      this.frame = frame;
      this.body = Atlas.element("div", {});
      const close = Atlas.button("x", "map.close", () => frame.choose(null), {
        class: "atlas-button atlas-plain",
      });
      this.element = Atlas.element(
        "section",
        { class: "atlas-card atlas-object", hidden: true },
        close,
        this.body,
      );
      box.append(this.element);
    }

    show(object) {
      const { frame } = this;
      this.element.hidden = !object || frame.bridge.hosted;
      if (this.element.hidden) return;
      const { words } = frame;
      const kind = [Atlas.kindOf(object, frame), Atlas.statusOf(object, frame)].filter(Boolean).join(" · ");
      const area = object.fields.area_ha;
      const rows = [
        ["map.card.place", Atlas.precisionOf(object, frame)],
        object.isSite && ["map.card.area", area ? words.area(area * 10000) : null],
        ["map.card.years", this.years(object.fields)],
      ].filter(Boolean);
      this.body.replaceChildren(
        Atlas.element("p", { class: "atlas-kind" }, Atlas.signOf(object, frame), kind),
        Atlas.element("h2", {}, words.name(object)),
        Atlas.element(
          "dl",
          {},
          ...rows.flatMap(([id, value]) => [
            Atlas.element("dt", {}, words.text(id)),
            Atlas.element(
              "dd",
              { class: value ? "" : "atlas-missing" },
              value ?? words.text("value.missing"),
            ),
          ]),
        ),
      );
    }

    years({ start_year: start, end_year: end }) {
      if (!start && !end) return null;
      if (start === end) return String(start);
      if (!end) return this.frame.words.text("value.years.from", { year: String(start) });
      return start ? `${start}–${end}` : this.frame.words.text("value.years.to", { year: String(end) });
    }
  };
})((globalThis.Atlas ??= {}));
