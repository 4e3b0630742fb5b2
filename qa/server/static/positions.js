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

/** A citation's quote as [before, span, after]. */
export function quoteParts(citation) {
  const [start, end] = unitOffsets(citation.quote, [
    citation.start - citation.quote_start,
    citation.end - citation.quote_start,
  ]);
  return [citation.quote.slice(0, start), citation.quote.slice(start, end), citation.quote.slice(end)];
}
