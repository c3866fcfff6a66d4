// The legend: only what is on screen now. Its rows of parks are the options of the park filter, whose
// state is the host's; a page without a host keeps it itself (Frame.setParks). Pressed: in the filter.
(function (Atlas) {
  "use strict";

  const NARROW_PX = 720;

  Atlas.Legend = class {
    constructor(frame, box) {
      this.frame = frame;
      this.rows = Atlas.element("ul", { id: "atlas-legend-rows" });
      this.toggle = Atlas.element(
        "button",
        {
          type: "button",
          class: "atlas-legend-title",
          "aria-controls": "atlas-legend-rows",
          onclick: () => this.fold(!this.folded),
        },
        Atlas.element("span", { "data-text": "map.legend" }),
        Atlas.icon("chevron-down"),
      );
      this.element = Atlas.element(
        "section",
        { class: "atlas-legend", "data-label": "map.legend" },
        this.toggle,
        this.rows,
      );
      box.append(this.element);
      this.begin(innerWidth);
    }

    // Where little of the map is left free, the viewer opens the legend when it is wanted.
    begin(freeWidth) {
      this.fold(freeWidth < NARROW_PX);
    }

    fold(folded) {
      this.folded = folded;
      this.rows.hidden = folded;
      this.element.classList.toggle("atlas-folded", folded);
      this.toggle.setAttribute("aria-expanded", String(!folded));
    }

    isDimmed(park) {
      const { chosenParks } = this.frame;
      return chosenParks.size > 0 && !chosenParks.has(park);
    }

    // Kinds in the filter, and kinds with a site in the view even if the filter hides it: so that a
    // second kind can be added.
    parksToShow(box) {
      const { frame } = this;
      const present = new Set(frame.chosenParks);
      for (const object of frame.objects.values()) {
        if (!object.isSite || !object.placed || !box.contains([object.lat, object.lon])) continue;
        if (frame.shown.has(object.id) || this.isDimmed(object.park)) present.add(object.park);
      }
      return [...frame.parks.values()].filter((park) => present.has(park.id));
    }

    // Returns whether it says something else than before.
    update() {
      const { frame } = this;
      const box = frame.map.getBounds();
      const inView = (object) => box.contains([object.lat, object.lon]);
      const parks = this.parksToShow(box);
      const sites = frame.scene.sites.filter(inView);
      const own = frame.own?.inView();
      const backdrop = frame.backdrop.shown();
      const signs = [
        [own?.any, "own", "map.own", { name: frame.own?.name }],
        [own?.crowd, "crowd", "map.own.several"],
        [sites.length > 0, "size", "map.legend.size"],
        [frame.painter.dots.some((dot) => dot.n === 1), "dot", "map.legend.project"],
        [frame.painter.dots.some((dot) => dot.n > 1), "cluster", "map.legend.cluster"],
        [sites.some((site) => frame.scene.badge(site).length), "badge", "map.legend.badge"],
        [
          frame.layers.accuracy && sites.some((site) => site.accuracy && !site.traced),
          "circle",
          "map.legend.accuracy",
        ],
        [
          frame.scene.outlined.some((o) => o.outline.closed && !o.traced && inView(o)),
          "guess",
          "map.legend.guess",
        ],
        [
          frame.scene.outlined.some((o) => o.outline.closed && o.traced && inView(o)),
          "outline",
          "map.legend.outline",
        ],
        [backdrop.length > 0, "place", "map.snapshot.shown", { title: frame.data.snapshot?.title?.[frame.words.language] }],
        ...backdrop.map((layer) => [true, `snapshot-${layer.replace("_", "-")}`, `map.layers.snapshot.${layer}`]),
      ].filter(([present]) => present);
      // Rebuilt only when it says something else: a focused row must not vanish under the finger.
      const state = JSON.stringify([frame.words.language, parks.map(({ id }) => id), [...frame.chosenParks], signs]);
      if (state === this.state) return false;
      this.state = state;
      const focused = document.activeElement?.dataset?.park;
      this.rows.replaceChildren(
        ...parks.map((park) => this.parkRow(park)),
        ...signs.map(([, sign, id, values]) =>
          Atlas.element(
            "li",
            { class: "atlas-sign" },
            Atlas.element(
              "span",
              { class: `atlas-sign-${sign}` },
              sign === "cluster" || sign === "badge" ? "3" : "",
            ),
            Atlas.element("span", { class: "atlas-sign-text" }, frame.words.text(id, values)),
          ),
        ),
      );
      this.element.hidden = this.rows.childElementCount === 0;
      if (focused) this.rows.querySelector(`[data-park="${CSS.escape(focused)}"]`)?.focus();
      return true;
    }

    parkRow(park) {
      const { words, chosenParks } = this.frame;
      const pressed = chosenParks.has(park.id);
      const sign = Atlas.element(
        "span",
        { class: "atlas-disc", "aria-hidden": "true" },
        park.letter[words.language],
      );
      sign.style.background = park.colour;
      const attributes = {
        type: "button",
        class: this.isDimmed(park.id) ? "atlas-dimmed" : "",
        "data-park": park.id,
        "aria-pressed": String(pressed),
        title: words.text(pressed ? "map.legend.hide" : "map.legend.show"),
        onclick: () => this.frame.switchPark(park.id),
      };
      return Atlas.element(
        "li",
        {},
        Atlas.element("button", attributes, sign, words.text(`park.${park.id}`)),
      );
    }
  };
})((globalThis.Atlas ??= {}));
