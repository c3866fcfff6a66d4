// The filters of the link, as groups of the filter zone: facets, years, money, dates, the viewer's columns.

import { createDates } from "./dates.js";
import { createFacet } from "./facets.js";
import { FACETS, toggled } from "./link.js";
import { createOwnFilters } from "./own_filters.js";
import { createMoney, createYears } from "./ranges.js";

/** `change` is told fields of the link, `read` gives the link as it is; `terms` explain headings. */
export function createControls({ read, change, terms, onOpenOwn, onRemoveOwn }) {
  const set = (key, value) => change({ [key]: value });
  const facets = FACETS.map((key) => createFacet(key, (id) => set(key, toggled(read()[key], id)),
    terms.button(`filter.${key}`)));
  const years = createYears(set, terms.button("filter.years"));
  const money = createMoney(set, terms.button("filter.money"));
  const dates = createDates(set);
  const own = createOwnFilters({
    onChange: (key, changed) => {
      const { [key]: before = [], ...others } = read().own;
      const values = changed(before);
      set("own", values.length ? { ...others, [key]: values } : others);
    },
    onOpen: onOpenOwn,
    onRemove: onRemoveOwn,
  });

  return {
    groups: [...facets, years, money, dates, own],
    dates,
    own,
    /** `layer` is the viewer's, null without one. */
    update({ words, index, link, data, layer }) {
      FACETS.forEach((key, at) =>
        facets[at].update({ words, facet: index.facets[key], chosen: link[key], counts: data.counts[key],
          outside: data.not_applicable?.[key] }));
      years.update({ words, years: index.years, chosen: link.years, histogram: data.years });
      money.update({ words, edges: index.money, chosen: link.money, histogram: data.money });
      dates.update({ words, link });
      own.update({ words, own: layer, chosen: link.own, counts: data.own?.counts ?? [] });
    },
  };
}
