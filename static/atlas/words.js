// Messages, numbers and distances in the language of the moment.
(function (Atlas) {
  "use strict";

  Atlas.Words = class {
    constructor(messages, language) {
      this.messages = messages;
      this.use(language);
    }

    use(language) {
      this.language = language in this.messages ? language : "ru";
      this.rules = new Intl.PluralRules(this.language);
    }

    text(id, values) {
      const message = this.messages[this.language][id] ?? id;
      return message.replace(/\{(\w+)\}/g, (whole, key) => values?.[key] ?? whole);
    }

    plural(id, n) {
      return this.text(`${id}.${this.rules.select(n)}`, { n: this.number(n, 0) });
    }

    number(value, decimals) {
      return new Intl.NumberFormat(this.language, { maximumFractionDigits: decimals }).format(value);
    }

    fixed(value, decimals) {
      const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
      return new Intl.NumberFormat(this.language, options).format(value);
    }

    // iso: a day, YYYY-MM-DD.
    date(iso) {
      return new Intl.DateTimeFormat(this.language, { dateStyle: "long", timeZone: "UTC" }).format(new Date(iso));
    }

    distance(metres) {
      if (metres < 1000) return this.text("map.unit.m", { number: this.number(metres, metres < 10 ? 1 : 0) });
      return this.text("map.unit.km", { number: this.number(metres / 1000, metres < 100000 ? 2 : 0) });
    }

    area(squareMetres) {
      if (squareMetres < 10000) return this.text("map.unit.m2", { number: this.number(squareMetres, 0) });
      if (squareMetres < 1e8) return this.text("value.area", { number: this.number(squareMetres / 1e4, 1) });
      return this.text("map.unit.km2", { number: this.number(squareMetres / 1e6, 1) });
    }

    // Names in the data; the other language stands in where one is missing.
    name(object) {
      return object.name[this.language] || object.name.ru || object.name.en || object.id;
    }

    // Relabel what carries a message id: names of buttons, and texts.
    apply(root) {
      for (const element of root.querySelectorAll("[data-label]")) {
        element.setAttribute("aria-label", this.text(element.dataset.label));
      }
      for (const element of root.querySelectorAll("[data-text]")) {
        element.textContent = this.text(element.dataset.text);
      }
    }
  };
})((globalThis.Atlas ??= {}));
