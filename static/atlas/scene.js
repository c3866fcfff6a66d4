// What is to be drawn under the choice of the moment. Made anew at each filter click; nothing else is.
(function (Atlas) {
  "use strict";

  Atlas.Scene = class {
    constructor(objects, shown) {
      const visible = objects.filter((object) => object.placed && shown.has(object.id));
      this.sites = visible
        .filter((object) => object.isSite)
        // Large discs lie below small ones.
        .sort((a, b) => b.diameter - a.diameter);
      this.outlined = visible.filter((object) => object.outline);
      const siteIds = new Set(this.sites.map((site) => site.id));
      // Projects that have only their site's place: a number on its disc while the site is shown.
      this.badges = new Map();
      const dots = [];
      for (const object of visible) {
        if (object.isSite) continue;
        if (!object.atSite || !siteIds.has(object.siteId)) dots.push(object);
        else if (this.badges.has(object.siteId)) this.badges.get(object.siteId).push(object);
        else this.badges.set(object.siteId, [object]);
      }
      this.places = new Atlas.Places(dots);
      this.visible = visible;
    }

    badge(site) {
      return this.badges.get(site.id) || [];
    }
  };
})((globalThis.Atlas ??= {}));
