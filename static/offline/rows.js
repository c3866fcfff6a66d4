// The rows of the list and the features of the map, of columns. A column of words that repeat is coded:
// the words, and for each row the number of its word.

const decoded = ({ words, at }) => at.map((number) => words[number]);

/** Columns as they stand in the page, with coded ones written out. */
export function decodeColumns(columns) {
  const { type, park, status, lines, ...others } = columns;
  return {
    ...others,
    type: decoded(type),
    park: decoded(park),
    status: decoded(status),
    lines: Object.fromEntries(Object.entries(lines).map(([lang, column]) => [lang, decoded(column)])),
  };
}

/** Rows as the explorer reads them (layers/index.py). */
export function rowsOf({ id, type, park, status, lon, lat, off, outline, names, lines }) {
  const languages = Object.keys(names);
  return id.map((own, at) => {
    const row = {
      id: own, type: type[at], park: park[at], status: status[at], off: off[at], outline: Boolean(outline[at]),
      at: lon[at] === null ? null : [lon[at], lat[at]],
    };
    for (const lang of languages) row[lang] = [names[lang][at], lines[lang][at]];
    return row;
  });
}

/** What the map's frame is told of the first rows, as columns (static/atlas/columns.js). */
export function mapColumns({ id, type, park, status, lon, lat, off, names }, { shapes, area, site, ...coded }, count) {
  const some = (column) => column.slice(0, count);
  return {
    id: some(id), type: some(type), park: some(park), status: some(status), lon: some(lon), lat: some(lat), off: some(off),
    names: Object.fromEntries(Object.entries(names).map(([lang, column]) => [lang, some(column)])),
    ...Object.fromEntries(Object.entries(coded).map(([name, column]) => [name, decoded(column)])),
    site: site.map((number) => (number === null ? null : id[number])),
    area, shapes,
  };
}
