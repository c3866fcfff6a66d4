// Buttons, the panel of layers, scale and attribution.
(function (Atlas) {
  "use strict";

  const SCALE_MAX_PX = 110;
  const PAN_PX = 120;

  Atlas.Controls = class {
    constructor(frame, box) {
      this.frame = frame;
      const { map } = frame;
      const group = (...buttons) => Atlas.element("div", { class: "atlas-group" }, ...buttons);
      this.measureButton = Atlas.button("ruler", "map.measure", () => frame.toggleMeasure(), {
        "aria-pressed": "false",
      });
      this.layersButton = Atlas.button("layers", "map.layers", () => this.openPanel(this.panel.hidden), {
        "aria-expanded": "false",
        "aria-controls": "atlas-layers",
      });
      this.fullscreenButton = Atlas.button("maximize", "map.fullscreen", () => frame.fullscreen());
      this.zoomIn = Atlas.button("plus", "map.zoom_in", () => map.zoomIn(1));
      this.zoomOut = Atlas.button("minus", "map.zoom_out", () => map.zoomOut(1));
      this.element = Atlas.element(
        "div",
        {
          class: "atlas-controls",
          role: "toolbar",
          "aria-orientation": "vertical",
          "data-label": "map.controls",
        },
        group(this.layersButton, this.measureButton),
        group(
          Atlas.button("house", "map.home", () => frame.sight.home()),
          Atlas.button("locate-fixed", "map.locate", () => frame.locate()),
        ),
        group(this.zoomIn, this.zoomOut),
        group(this.fullscreenButton),
      );
      this.scaleText = Atlas.element("span", {});
      this.scale = Atlas.element("div", { class: "atlas-scale" }, this.scaleText);
      this.panel = this.buildPanel();
      this.foot = this.buildFoot();
      // What covers the map for as long as it is there.
      this.elements = [this.element, this.scale, this.attribution, this.attributionButton];
      box.append(this.panel, this.element, this.foot);
      map.on("moveend zoomend resize", () => this.update());
    }

    buildPanel() {
      const { frame } = this;
      // An operator may have taken the tiles away.
      this.switches = [...(frame.data.tiles ? ["tiles"] : []), "graticule", "accuracy"].map((layer) => {
        const input = Atlas.element("input", { type: "checkbox", name: layer });
        input.addEventListener("change", () => frame.setLayer(layer, input.checked));
        return [layer, input];
      });
      const row = ([layer, input]) => {
        const text = Atlas.element("span", { "data-text": `map.layers.${layer}` });
        return Atlas.element("label", {}, input, text);
      };
      const pan = (icon, x, y) =>
        Atlas.button(
          `arrow-${icon}`,
          `map.pan.${icon}`,
          () => frame.map.panBy([x * PAN_PX, y * PAN_PX], { animate: !frame.reduced }),
          { class: `atlas-button atlas-pan-${icon}` },
        );
      this.languages = Object.keys(frame.words.messages).map((language) =>
        Atlas.element(
          "button",
          {
            type: "button",
            lang: language,
            class: "atlas-language",
            onclick: () => frame.setLanguage(language),
          },
          { ru: "Рус", en: "Eng" }[language],
        ),
      );
      this.languageRow = Atlas.element(
        "div",
        { class: "atlas-languages", role: "group", "data-label": "map.language" },
        ...this.languages,
      );
      const note = frame.data.tiles
        ? [Atlas.element("p", { class: "atlas-note", "data-text": "map.layers.tiles.privacy" })]
        : [];
      const [first, ...others] = this.switches.map(row);
      const panel = Atlas.element(
        "div",
        {
          id: "atlas-layers",
          class: "atlas-card atlas-layers",
          role: "group",
          "data-label": "map.layers",
          hidden: true,
        },
        Atlas.element("h2", { "data-text": "map.layers" }),
        ...(frame.backdrop.element ? [frame.backdrop.element] : []),
        first,
        ...note,
        ...others,
        Atlas.element("h2", { "data-text": "map.pan" }),
        Atlas.element(
          "div",
          { class: "atlas-pan" },
          pan("up", 0, -1),
          pan("left", -1, 0),
          pan("right", 1, 0),
          pan("down", 0, 1),
        ),
        this.languageRow,
      );
      panel.addEventListener("keydown", (event) => {
        if (event.key !== "Escape") return;
        event.stopPropagation();
        this.openPanel(false);
        this.layersButton.focus();
      });
      return panel;
    }

    // The attribution is as long as the map is wide, and whole in a card that its button opens.
    buildFoot() {
      this.attribution = Atlas.element("div", { class: "atlas-attribution" });
      this.wholeAttribution = Atlas.element("div", {
        id: "atlas-attribution",
        class: "atlas-card atlas-attribution-whole",
        role: "group",
        "data-label": "map.attribution.show",
        hidden: true,
      });
      this.attributionButton = Atlas.button(
        "info",
        "map.attribution.show",
        () => this.openAttribution(this.wholeAttribution.hidden),
        {
          class: "atlas-button atlas-plain atlas-attribution-button",
          "aria-expanded": "false",
          "aria-controls": "atlas-attribution",
        },
      );
      const foot = Atlas.element(
        "footer",
        { class: "atlas-foot" },
        this.scale,
        this.attribution,
        this.attributionButton,
        this.wholeAttribution,
      );
      foot.addEventListener("keydown", (event) => {
        if (event.key !== "Escape" || this.wholeAttribution.hidden) return;
        event.stopPropagation();
        this.openAttribution(false);
        this.attributionButton.focus();
      });
      return foot;
    }

    openPanel(open) {
      this.panel.hidden = !open;
      this.layersButton.setAttribute("aria-expanded", String(open));
      if (open) [...this.panel.querySelectorAll("input")].find((input) => input.offsetParent)?.focus();
    }

    openAttribution(open) {
      this.wholeAttribution.hidden = !open;
      this.attributionButton.setAttribute("aria-expanded", String(open));
    }

    update() {
      const { frame } = this;
      const { map } = frame;
      for (const [layer, input] of this.switches) input.checked = frame.layers[layer];
      frame.backdrop.update();
      for (const button of this.languages)
        button.setAttribute("aria-pressed", String(button.lang === frame.words.language));
      // The host has a language switch and a way to fill the screen of its own.
      this.languageRow.hidden = frame.bridge.hosted;
      this.fullscreenButton.hidden = !frame.bridge.hosted && !document.fullscreenEnabled;
      this.measureButton.setAttribute("aria-pressed", String(frame.measure.active));
      this.zoomIn.disabled = map.getZoom() >= map.getMaxZoom();
      this.zoomOut.disabled = map.getZoom() <= map.getMinZoom();
      this.updateScale();
      this.updateAttribution();
    }

    updateScale() {
      const { map, words } = this.frame;
      const centre = map.getSize().divideBy(2);
      const left = map.containerPointToLatLng(centre.subtract([SCALE_MAX_PX / 2, 0]));
      const right = map.containerPointToLatLng(centre.add([SCALE_MAX_PX / 2, 0]));
      const metres = Atlas.distance([left.lng, left.lat], [right.lng, right.lat]);
      if (!(metres > 0)) return;
      const power = 10 ** Math.floor(Math.log10(metres));
      const round = [5, 2, 1].find((digit) => digit * power <= metres) * power;
      this.scale.style.width = `${Math.round((SCALE_MAX_PX * round) / metres)}px`;
      this.scaleText.textContent = words.distance(round);
    }

    updateAttribution() {
      const { frame } = this;
      const { words } = frame;
      // The link that the tiles ask for comes first, so that it is never what a narrow line cuts off.
      const drawn = frame.backdrop.grid && frame.backdrop.inView ? frame.data.snapshot : null;
      const parts = () => [
        ...(frame.layers.tiles || (drawn && drawn.osm) ? [this.tilesLink()] : []),
        words.text("map.attribution"),
        ...(drawn && !drawn.osm ? [drawn.attribution[words.language]] : []),
        ...frame.data.attribution[words.language],
        ...(frame.layers.tiles || drawn ? [] : [words.text("map.attribution.plain")]),
      ];
      this.attribution.replaceChildren(...parts().flatMap((part, n) => (n ? [" · ", part] : [part])));
      this.wholeAttribution.replaceChildren(...parts().map((part) => Atlas.element("p", {}, part)));
    }

    tilesLink() {
      const { frame } = this;
      const { link, attribution } = frame.data.copyright;
      const anchor = Atlas.element("a", { href: link, target: "_blank", rel: "noopener" }, attribution);
      anchor.addEventListener("click", (event) => {
        // A sandboxed frame may open nothing: its host does.
        if (!frame.bridge.hosted) return;
        event.preventDefault();
        frame.bridge.send("copyright");
      });
      return anchor;
    }
  };
})((globalThis.Atlas ??= {}));
