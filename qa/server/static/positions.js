// The service counts Unicode code points; JavaScript strings count UTF-16 units. These turn one into the other.

const HIGH_SURROGATE = /[\ud800-\udbff]/;

/** The UTF-16 offset of each code point position, in one walk; positions past the end give the text's length. */
export function unitOffsets(text, positions) {
  if (!HIGH_SURROGATE.test(text)) return positions.map((position) => Math.min(Math.max(position, 0), text.length));
  const offsets = new Array(positions.length);
  const order = positions.map((_, index) => index).sort((a, b) => positions[a] - positions[b]);
  let unit = 0;
  let point = 0;
  for (const index of order) {
    while (point < positions[index] && unit < text.length) {
      unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
      point += 1;
    }
    offsets[index] = unit;
  }
  return offsets;
}

/** How many code points the text holds. */
export function codePoints(text) {
  if (!HIGH_SURROGATE.test(text)) return text.length;
  let count = 0;
  for (let unit = 0; unit < text.length; unit += text.codePointAt(unit) > 0xffff ? 2 : 1) count += 1;
  return count;
}

/** The quote of citations that share it and stand in order: every other part is a cited span, the first is not. */
export function markedParts(citations) {
  const { quote, quote_start: origin } = citations[0];
  const edges = unitOffsets(quote, citations.flatMap(({ start, end }) => [start - origin, end - origin]));
  return [0, ...edges].map((edge, at) => quote.slice(edge, edges[at]));
}
