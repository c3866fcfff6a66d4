// The index: all rows and options in both languages, fetched once; behind its rows those of the layer
// that the viewer brought, while there is one.

const numbered = (rows) => new Map(rows.map((row, number) => [row.id, number]));

export async function fetchIndex(version) {
  const answer = await fetch(`/layers/index.json?v=${version}`);
  if (!answer.ok) throw new Error(`the index answers ${answer.status}`);
  const { rows: shipped, ...index } = await answer.json();
  let rows = shipped;
  let numbers = numbered(rows);
  return {
    ...index,
    /** How many rows are the Atlas's own. */
    shipped: shipped.length,
    get rows() {
      return rows;
    },
    /** Put the rows of a layer after the others; null takes them away. */
    bring(own) {
      rows = own ? shipped.concat(own.rows) : shipped;
      numbers = numbered(rows);
    },
    /** The row with an id, null if there is none. */
    row: (id) => rows[numbers.get(id)] ?? null,
    /** Its number, -1 if there is none. */
    number: (id) => numbers.get(id) ?? -1,
    /** How many of some rows have their place inside a box. */
    countInside: (order, [west, south, east, north]) => order.filter((number) => {
      const { at } = rows[number];
      return at && at[0] >= west && at[0] <= east && at[1] >= south && at[1] <= north;
    }).length,
  };
}
