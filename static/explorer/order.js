// Row numbers in list order. Data order comes as one bit a row, any other as a list of numbers:
// a click then costs a few hundred bytes where the order was not asked for.

function bytesOf(base64) {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

export function decodeOrder({ width, rows }) {
  const bytes = bytesOf(rows);
  if (width === 1) {
    const numbers = [];
    bytes.forEach((byte, at) => {
      for (let bit = 0; bit < 8; bit += 1) if (byte & (1 << bit)) numbers.push(at * 8 + bit);
    });
    return numbers;
  }
  const view = new DataView(bytes.buffer);
  const read = width === 16 ? (at) => view.getUint16(at, true) : (at) => view.getUint32(at, true);
  return Array.from({ length: bytes.length / (width / 8) }, (_, n) => read((n * width) / 8));
}
