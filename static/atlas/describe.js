// What an object is, in a few words: for the tooltip, the card, the list of a cluster, the screen reader.
(function (Atlas) {
  "use strict";

  Atlas.kindOf = function (object, { words }) {
    if (object.own) return words.text("map.own", { name: object.file });
    return words.text(object.isSite ? `park.${object.park}.full` : `kind.${object.fields.kind}.full`);
  };

  Atlas.statusOf = function (object, { words }) {
    const { status, status_source: source } = object.fields;
    if (object.isSite) return source ? words.text(`status.site.${source}`) : null;
    return status ? words.text(`status.project.${status}`) : null;
  };

  Atlas.precisionOf = function (object, { words }) {
    if (!object.placed) return words.text("map.place.unknown");
    if (object.own) return null;
    if (object.atSite) return words.text("map.place.of_site");
    if (object.traced) return words.text("map.place.traced");
    if (!object.accuracy) return words.text("map.place.unstated");
    return words.text("map.place.approximate", { distance: words.distance(object.accuracy) });
  };

  Atlas.sentenceOf = function (object, frame) {
    const parts = [frame.words.name(object), Atlas.kindOf(object, frame), Atlas.statusOf(object, frame)];
    return [...parts, Atlas.precisionOf(object, frame)].filter(Boolean).join(". ");
  };

  // The sign of an object as it stands on the map, for lists.
  Atlas.signOf = function (object, { words, parks }) {
    if (object.own) return Atlas.element("span", { class: "atlas-own", "aria-hidden": "true" });
    const park = object.isSite ? parks.get(object.park) : null;
    const sign = Atlas.element("span", { class: park ? "atlas-disc" : "atlas-dot", "aria-hidden": "true" });
    if (park) {
      sign.style.background = park.colour;
      sign.textContent = park.letter[words.language];
    }
    return sign;
  };
})((globalThis.Atlas ??= {}));
