// Messages of the index in one language; plurals and numbers by the browser's own Intl.

export function makeWords(messages, lang) {
  const plurals = new Intl.PluralRules(lang);
  const numbers = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 });
  const fill = (text, values) =>
    text.replace(/\{([\w-]+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
  const say = (id, values = {}) => fill(messages[id] ?? id, values);
  return {
    lang,
    say,
    plural: (id, n, values = {}) =>
      say(`${id}.${plurals.select(n)}`, { n: numbers.format(n), ...values }),
    number: (n) => numbers.format(n),
  };
}
