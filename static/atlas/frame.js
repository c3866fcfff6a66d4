// The map page: holds what is known (objects, choice, language, theme) and passes it to the parts.
(function (Atlas) {
  "use strict";

  const MIN_ZOOM = 4;
  const MAX_ZOOM = 18;
  const MOST_STEPS = 4; // of zoom at once
  const VIEW_MS = 150;

  Atlas.Frame = class {
    constructor(map, data) {
      const link = new URLSearchParams(location.search);
      this.map = map;
      this.data = data;
      this.words = new Atlas.Words(data.messages, link.get("lang") || navigator.language.slice(0, 2));
      this.parks = new Map(data.parks.map((park) => [park.id, park]));
      this.settlements = data.settlements;
      this.objects = new Map();
      this.own = null; // the layer that the viewer brought
      this.order = []; // ids of objects, and rows of that layer as numbers
      this.shown = new Set();
      this.chosenParks = new Set();
      this.layers = { snapshot: false, tiles: false, graticule: true, accuracy: true };
      this.selected = this.cursor = null;
      this.scene = new Atlas.Scene([], this.shown);
      this.colours = data.colours.light;
      this.dark = false;
      // A choice that came before its object, as `select` was told: the layers are fetched meanwhile.
      this.awaited = null;
      this.build(link);
    }

    build(link) {
      const { map } = this;
      // folium's page forbids enlarging by hand.
      document.querySelector("meta[name=viewport]").content = "width=device-width, initial-scale=1";
      this.region = map.getContainer();
      this.region.tabIndex = 0;
      this.region.setAttribute("role", "application");
      map.setMinZoom(MIN_ZOOM).setMaxZoom(MAX_ZOOM);
      const box = Atlas.element("main", { class: "atlas-ui" });
      this.box = box;
      this.region.after(box);
      this.bridge = new Atlas.Bridge(this, this.data.hosted || link.get("host") === "1");
      this.loader = new Atlas.Loader(this);
      this.painter = new Atlas.Painter(this);
      this.sight = new Atlas.Sight(this);
      this.notices = new Atlas.Notices(this, box);
      this.legend = new Atlas.Legend(this, box);
      this.measure = new Atlas.Measure(this, box);
      this.area = new Atlas.Area(this);
      this.near = new Atlas.Near(this);
      this.tiles = new Atlas.Tiles(this, this.data.tiles);
      this.backdrop = new Atlas.Backdrop(this, this.data.snapshot);
      this.controls = new Atlas.Controls(this, box);
      this.tooltip = new Atlas.Tooltip(this, box);
      this.chooser = new Atlas.Chooser(this, box);
      this.card = new Atlas.Card(this, box);
      this.embed = new Atlas.Embed(this, box);
      this.gestures = new Atlas.Gestures(this);
      this.keyboard = new Atlas.Keyboard(this);
      // Alone on a screen there is nothing to scroll behind the map.
      this.gestures.set(link.get("gesture") || (window.parent === window ? "greedy" : "cooperative"));
      this.sight.home({ animate: false });
      this.painter.addTo(map);
      this.painter.on("painted", () => {
        // Names keep clear of the legend, whose size has changed.
        if (this.legend.update()) this.painter.repaint();
        else this.sight.painted();
      });
      this.listen();
      this.setTheme(
        link.has("theme")
          ? link.get("theme") === "dark"
          : matchMedia("(prefers-color-scheme: dark)").matches && !this.bridge.hosted,
      );
      this.setMotion(matchMedia("(prefers-reduced-motion: reduce)").matches);
      this.setLanguage(this.words.language);
      // Without a host the address itself says what is asked for.
      const [lon, lat, metres] = (link.get("near") || "").split(",").map(Number);
      if (!this.bridge.hosted && metres) this.near.set({ lon, lat, metres });
      this.bridge.send("ready", { release: this.data.release });
      // Letters are painted before the typeface has come: paint them again then.
      document.fonts.ready.then(() => this.painter.restyle());
      this.loader.start();
    }

    listen() {
      const { map } = this;
      let pointer = "mouse";
      this.region.addEventListener("pointerdown", (event) => (pointer = event.pointerType), {
        capture: true,
      });
      map.on("mousemove", (event) => {
        if (this.measure.active) this.measure.move(event.latlng);
        else if (pointer !== "touch") this.hover(event);
      });
      map.on("mouseout movestart", () => this.tooltip.show(null));
      map.on("click", (event) => {
        if (this.measure.active) this.measure.add(event.latlng);
        else if (this.near.picking) this.near.choose(event.latlng);
        else this.click(this.hit(event, pointer));
      });
      this.sight.listen();
      map.on("moveend", () => this.reportView());
      const moved = () => {
        this.sight.take();
        this.area.release();
      };
      for (const act of ["pointerdown", "wheel", "keydown"]) {
        for (const part of [this.region, this.box])
          part.addEventListener(act, moved, { capture: true, passive: true });
      }
      let width = this.region.clientWidth;
      new ResizeObserver(() => {
        map.invalidateSize({ pan: false });
        if (width === 0) {
          this.sight.begin();
          this.area.show();
        }
        width = this.region.clientWidth;
      }).observe(this.region);
    }

    reportView() {
      clearTimeout(this.viewTimer);
      this.viewTimer = setTimeout(() => {
        const box = this.map.getBounds();
        const bbox = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
        this.bridge.send("view", { bbox, zoom: this.map.getZoom() });
      }, VIEW_MS);
    }

    // The Atlas's own marks lie above the viewer's layer, its wide outlines do not.
    hit({ layerPoint, latlng }, pointer) {
      const found = this.painter.hit(layerPoint, pointer);
      return found && !found.area ? found : (this.own?.hit(latlng, pointer) ?? found);
    }

    hover(event) {
      const { containerPoint } = event;
      const found = this.hit(event);
      this.region.classList.toggle("atlas-pointing", Boolean(found));
      this.tooltip.show(found, containerPoint);
    }

    click(found) {
      this.tooltip.show(null);
      this.chooser.close();
      if (found?.object) this.choose(found.object);
      else if (found?.crowd) this.approachOwn(found.crowd);
      else if (found?.dot?.cluster && this.scene.places.splitsAt(found.dot) <= MAX_ZOOM)
        this.sight.approach(found.group, () => this.scene.places.splitsAt(found.dot));
      else if (found) this.chooser.open(found.group, found.site);
      else this.choose(null);
    }

    approachOwn(rows) {
      const { map } = this;
      this.sight.approach(rows.map((row) => this.own.object(row)), (bounds) =>
        Math.min(map.getBoundsZoom(bounds), map.getZoom() + MOST_STEPS),
      );
    }

    // ---- what the viewer does here -------------------------------------------------------------

    choose(object) {
      if (object === this.selected && object) return;
      this.select(object ? object.id : null, false);
      this.bridge.send("select", { id: object ? object.id : null });
    }

    switchPark(park) {
      const chosen = new Set(this.chosenParks);
      if (!chosen.delete(park)) chosen.add(park);
      const parks = [...this.parks.keys()].filter((id) => chosen.has(id));
      if (this.bridge.hosted) this.bridge.send("parks", { parks });
      else this.setParks(parks);
    }

    toggleMeasure() {
      if (this.measure.active) this.measure.stop();
      else this.measure.start();
      this.controls.update();
    }

    measureEnded() {
      this.painter.repaint();
      this.controls.update();
    }

    fullscreen() {
      if (this.bridge.hosted) this.bridge.send("fullscreen");
      else if (document.fullscreenElement) document.exitFullscreen();
      else document.documentElement.requestFullscreen();
    }

    locate() {
      if (this.bridge.hosted) {
        this.bridge.send("locate");
        return;
      }
      if (!navigator.geolocation) {
        this.locateFailed();
        return;
      }
      navigator.geolocation.getCurrentPosition(
        ({ coords }) =>
          this.located({ lon: coords.longitude, lat: coords.latitude, accuracy: coords.accuracy }),
        () => this.locateFailed(),
      );
    }

    setLayer(layer, on) {
      this.layers[layer] = on;
      if (layer === "tiles") this.tiles.set(on);
      if (layer === "snapshot") this.backdrop.set(on);
      this.painter.repaint();
      this.controls.update();
    }

    // ---- what the host, or the page itself, sets ------------------------------------------------

    hostArrived() {
      this.card.show(null);
      this.embed.element.hidden = true;
      this.setTheme(this.dark);
      this.controls.update();
    }

    // The layers have come (one or more): a bare page shows all of them.
    received(objects) {
      for (const object of objects) if (!this.objects.has(object.id)) this.objects.set(object.id, object);
      if (!this.bridge.hosted) this.setParks([...this.chosenParks]);
      else this.show(this.order);
      if (this.awaited) this.select(...this.awaited);
    }

    // By its id, or by its number in the viewer's layer; null if there is none.
    find(key) {
      if (typeof key === "number") return this.own?.object(key) ?? null;
      return this.objects.get(key) ?? this.own?.objectOf(key) ?? null;
    }

    keyOf(object) {
      return object?.own ? object.row : object?.id;
    }

    isPlaced(key) {
      return typeof key === "number" ? Boolean(this.own?.isPlaced(key)) : Boolean(this.objects.get(key)?.placed);
    }

    setOwn(layer) {
      const before = this.own;
      before?.remove();
      this.own = Atlas.Own.of(this, layer);
      this.tooltip.show(null);
      if (this.selected?.own) this.selected = null;
      if (this.cursor?.own) this.cursor = null;
      this.show(this.order);
      if (this.own && this.awaited) this.select(...this.awaited);
      else if (this.own && !this.selected) this.showOwn();
      this.own?.start();
    }

    // A layer that has just come is brought into view, unless it is there already or the viewer asked
    // for a place.
    showOwn() {
      const { box } = this.own.layer;
      if (!box || this.area.bounds) return;
      const [west, south, east, north] = box;
      const bounds = L.latLngBounds([south, west], [north, east]);
      if (this.map.getBounds().contains(bounds)) return;
      this.sight.show(bounds, { animate: false });
    }

    show(ids) {
      this.order = ids;
      this.shown = new Set(ids.filter((key) => typeof key === "string"));
      this.own?.show(ids.filter((key) => typeof key === "number"));
      this.scene = new Atlas.Scene([...this.objects.values()], this.shown);
      if (this.cursor && !(this.cursor.own ? this.own?.shows(this.cursor.row) : this.shown.has(this.cursor.id)))
        this.cursor = null;
      this.tooltip.show(null);
      this.painter.repaint();
    }

    setParks(parks) {
      this.chosenParks = new Set(parks);
      if (!this.bridge.hosted) {
        const parkOf = (object) => (object.isSite ? object : this.objects.get(object.siteId))?.park;
        // A page made for one answer holds its rows in its order; otherwise all are shown.
        const rows = this.data.shown
          ? this.data.shown.map((id) => this.objects.get(id)).filter(Boolean)
          : [...this.objects.values()];
        const kept = rows.filter((o) => !parks.length || this.chosenParks.has(parkOf(o)));
        this.show(kept.map((object) => object.id));
      }
      this.legend.update();
    }

    select(id, pan, zoom = false) {
      const object = id === null ? null : this.find(id);
      this.awaited = id !== null && !object ? [id, pan, zoom] : null;
      this.selected = object;
      this.card.show(object);
      if (object) this.notices.announce(Atlas.sentenceOf(object, this));
      this.sight.sought = null;
      if (object?.placed && zoom) this.area.bringObject(object);
      else if (object?.placed && pan) this.sight.seek(object);
      this.own?.restyle();
      this.painter.repaint();
    }

    setCursor(object) {
      if (this.cursor === object) return;
      this.cursor = object;
      this.painter.repaint();
    }

    setLanguage(language) {
      this.words.use(language);
      document.documentElement.lang = this.words.language;
      document.title = this.words.text("map.title");
      this.region.setAttribute("aria-label", this.words.text("map.region"));
      this.words.apply(this.box);
      this.notices.relabel();
      this.measure.relabel();
      this.chooser.relabel();
      this.card.show(this.selected);
      this.controls.update();
      this.painter.restyle();
    }

    setTheme(dark) {
      this.dark = dark;
      this.colours = this.data.colours[dark ? "dark" : "light"];
      const { style } = document.documentElement;
      style.colorScheme = dark ? "dark" : "light";
      for (const [name, colour] of Object.entries(this.colours))
        style.setProperty(`--${name.replaceAll("_", "-")}`, colour);
      this.own?.restyle();
      this.backdrop.restyle();
      this.painter.restyle();
    }

    setMotion(reduced) {
      this.reduced = reduced;
      document.documentElement.classList.toggle("atlas-still", reduced);
      // No zoom difference is small enough to animate.
      this.map.options.zoomAnimationThreshold = reduced ? -1 : 4;
      this.map.options.inertia = !reduced;
    }

    setLayout(padding, gesture) {
      if (Array.isArray(padding) && padding.length === 4 && padding.every(Number.isFinite)) {
        this.sight.setPadding(padding);
        this.area.show();
        this.painter.repaint();
      }
      if (gesture) this.gestures.set(gesture);
    }

    located(place) {
      if (!Number.isFinite(place.lon + place.lat + place.accuracy)) {
        this.locateFailed();
        return;
      }
      this.notices.drop("locate");
      this.sight.take();
      this.position = place;
      this.map.setView([place.lat, place.lon], Math.max(this.map.getZoom(), 13), { animate: !this.reduced });
      this.painter.repaint();
    }

    locateFailed() {
      this.notices.show("locate", () => this.words.text("map.locate.failed"));
    }
  };

  // Called by the page that folium writes.
  Atlas.start = function (map, id) {
    Atlas.frame = new Atlas.Frame(map, JSON.parse(document.getElementById(id).textContent));
  };
})((globalThis.Atlas ??= {}));
