// The index: all rows and options in both languages, fetched once.

export async function fetchIndex(version) {
  const answer = await fetch(`/layers/index.json?v=${version}`);
  if (!answer.ok) throw new Error(`the index answers ${answer.status}`);
  const index = await answer.json();
  const numbers = new Map(index.rows.map((row, number) => [row.id, number]));
  return {
    ...index,
    /** The row with an id, null if there is none. */
    row: (id) => index.rows[numbers.get(id)] ?? null,
    /** How many of some rows have their place inside a box. */
    countInside: (order, [west, south, east, north]) => order.filter((number) => {
      const { at } = index.rows[number];
      return at && at[0] >= west && at[0] <= east && at[1] >= south && at[1] <= north;
    }).length,
  };
}
