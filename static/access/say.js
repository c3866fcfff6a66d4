// Numbers and intervals in words of one language. What is not known is said, never 0.

export function sayer({ lang, words }) {
  const number = (value, digits = 0) => value.toLocaleString(lang, { maximumFractionDigits: digits });
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const between = (low, high) => (low === high ? low : fill(words.between, { low, high }));
  return {
    number,
    fill,
    minutes: (n) => fill(words.here, { n: number(n) }),
    /** What a curve reaches at a minute: one number, or from the least to the most. */
    count: ({ low, high }, minute) => (Math.round(low[minute]) === Math.round(high[minute])
      ? number(Math.round(low[minute])) : between(number(Math.floor(low[minute])), number(Math.ceil(high[minute])))),
    /** The share of all; only nothing is 0 and only all is 100. */
    share: ({ low, high }, minute, total) => {
      const shares = [low[minute], high[minute]].map((value) => (100 * value) / (total || 1));
      const same = Math.round(shares[0]) === Math.round(shares[1]);
      // Bounds outward; one value to the nearest, but as little as 0 and as much as 100 only where it is so.
      const [least, most] = same ? shares.map(Math.round) : [Math.floor(shares[0]), Math.ceil(shares[1])];
      const inner = (value, share) => (value > 0 && value < total && same ? Math.min(Math.max(share, 1), 99) : share);
      return fill(words.share, { share: between(number(inner(low[minute], least)), number(inner(high[minute], most))) });
    },
  };
}
