// The objects on one spot, as a list to choose from.
(function (Atlas) {
  "use strict";

  const MOST_ROWS = 200;

  Atlas.Chooser = class {
    constructor(frame, box) {
      this.frame = frame;
      this.title = Atlas.element("h2", { id: "atlas-chooser-title" });
      this.list = Atlas.element("ul", {});
      const close = Atlas.button("x", "map.close", () => this.close(), { class: "atlas-button atlas-plain" });
      this.element = Atlas.element(
        "div",
        {
          class: "atlas-card atlas-chooser",
          role: "dialog",
          "aria-labelledby": "atlas-chooser-title",
          hidden: true,
        },
        Atlas.element("header", {}, this.title, close),
        this.list,
      );
      this.element.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        this.close();
      });
      box.append(this.element);
    }

    open(objects, site) {
      this.opened = [objects, site];
      const { frame } = this;
      const count = frame.words.plural(objects[0].own ? "map.own.crowd" : "map.projects", objects.length);
      this.title.textContent = site ? `${frame.words.name(site)}: ${count}` : count;
      const rows = objects.slice(0, MOST_ROWS).map((object) => {
        const about = [Atlas.kindOf(object, frame), Atlas.statusOf(object, frame)]
          .filter(Boolean)
          .join(" · ");
        const text = Atlas.element("span", {}, frame.words.name(object), Atlas.element("small", {}, about));
        const pick = () => {
          this.close();
          frame.choose(object);
        };
        return Atlas.element(
          "li",
          {},
          Atlas.element("button", { type: "button", onclick: pick }, Atlas.signOf(object, frame), text),
        );
      });
      if (objects.length > MOST_ROWS) {
        rows.push(
          Atlas.element(
            "li",
            { class: "atlas-more" },
            frame.words.text("map.chooser.more", { n: objects.length - MOST_ROWS }),
          ),
        );
      }
      this.list.replaceChildren(...rows);
      this.element.hidden = false;
      this.list.scrollTop = 0;
      this.list.querySelector("button")?.focus();
    }

    close() {
      if (this.element.hidden) return;
      this.element.hidden = true;
      this.frame.region.focus({ preventScroll: true });
    }

    relabel() {
      if (!this.element.hidden) this.open(...this.opened);
    }
  };
})((globalThis.Atlas ??= {}));
