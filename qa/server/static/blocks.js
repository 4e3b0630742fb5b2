// The text of a document as blocks to read: tables as tables, lists as lists, the rest as paragraphs.
//
// No character is left out or added: the signs that make a row or an item ("|", "- ") are in the page, unseen, so
// that an offset in an element is an offset in the text.

import { make } from "./dom.js";

const RULE = /^[^\S\n]*\|?[^\S\n]*:?-+:?[^\S\n]*(?:\|[^\S\n]*:?-+:?[^\S\n]*)*\|?[^\S\n]*$/; // "--- | :-:"
const ITEM = /^([^\S\n]*)([-*+•][^\S\n]+|\d{1,4}[.)][^\S\n]+)(?=\S)/;
const BAR = /(?<!\\)\|/g;
const DEEPEST = 4; // levels of a list that are told apart

/** The lines of whole[start, end) as {start, end, text}; `end` is after the line's end. */
function linesOf(whole, start, end) {
  const lines = [];
  for (let at = start; at < end;) {
    const newline = whole.indexOf("\n", at);
    const stop = newline < 0 || newline >= end ? end : newline + 1;
    lines.push({ start: at, end: stop, text: whole.slice(at, stop).replace(/[\r\n]+$/, "") });
    at = stop;
  }
  return lines;
}

/** Appends whole[from, to) to an element: the cited span marked, its sentence set off. */
function fill(element, whole, from, to, cited) {
  const cuts = [from, ...(cited ? [cited.from, cited.start, cited.end, cited.to] : []), to];
  for (let cut = 1; cut < cuts.length; cut += 1) {
    const words = whole.slice(Math.max(from, Math.min(to, cuts[cut - 1])), Math.min(to, cuts[cut]));
    if (!words) continue;
    if (cut === 3) element.append(make("mark", { tabindex: "-1" }, words));
    else element.append(cut === 2 || (cut === 4 && cited) ? make("span", { class: "sentence" }, words) : words);
  }
}

/** Appends signs that only make the shape: a reader sees the shape instead, and offsets count them. */
function fillUnseen(element, whole, from, to, cited) {
  if (from >= to) return;
  const signs = make("span", { class: "signs", "aria-hidden": "true" });
  fill(signs, whole, from, to, cited);
  element.append(signs);
}

/** The cells of a line as [start, end) without the bars and blanks around them. */
function cellsOf({ start, text }) {
  const bars = [...text.matchAll(BAR)].map(({ index }) => index);
  const edges = [-1, ...bars, text.length];
  const cells = [];
  for (let edge = 1; edge < edges.length; edge += 1) {
    const from = edges[edge - 1] + 1;
    const words = text.slice(from, edges[edge]);
    const outer = !words.trim() && bars.length && (edge === 1 || edge === edges.length - 1);
    if (outer && (edge === 1 ? text.trimStart().startsWith("|") : text.trimEnd().endsWith("|"))) continue;
    const blank = words.length - words.trimStart().length;
    cells.push([start + from + Math.min(blank, words.length), start + from + Math.max(words.trimEnd().length, Math.min(blank, words.length))]);
  }
  return cells;
}

function row(whole, line, end, tag, sides, cited) {
  const element = make("tr");
  let at = line.start;
  const cells = cellsOf(line);
  cells.forEach(([from, to], number) => {
    const cell = make(tag, { class: sides[number] ?? null, dir: "auto", scope: tag === "th" ? "col" : null });
    fillUnseen(cell, whole, at, from, cited);
    fill(cell, whole, from, to, cited);
    at = number === cells.length - 1 ? end : to;
    fillUnseen(cell, whole, to, at, cited);
    element.append(cell);
  });
  return element;
}

/** "right" or "center" for the columns that the rule under a table's head aligns so. */
function sidesOf(rule) {
  return rule.text.split("|").map((part) => part.trim()).filter(Boolean)
    .map((part) => (part.endsWith(":") ? (part.startsWith(":") ? "center" : "right") : null));
}

function table(whole, [head, rule, ...rows], cited) {
  const sides = sidesOf(rule);
  return make("table", {},
    make("thead", {}, row(whole, head, rule.end, "th", sides, cited)),
    make("tbody", {}, ...rows.map((line) => row(whole, line, line.end, "td", sides, cited))));
}

function items(whole, lines, cited) {
  const list = make("ul", { class: "items" });
  const indents = [];
  let item = null;
  lines.forEach((line, number) => {
    const stop = line.start + line.text.length;
    const found = line.text.match(ITEM);
    const next = lines[number + 1];
    let from = line.start + line.text.search(/\S|$/); // what is set in stands under its item anyway
    if (found) {
      const indent = found[1].length;
      while (indents.length && indents.at(-1) > indent) indents.pop();
      if (indents.at(-1) !== indent) indents.push(indent);
      const counted = /\d/.test(found[2]); // its number is read, a bullet is drawn
      if (!counted) from = line.start + found[0].length;
      item = make("li", { class: `depth-${Math.min(indents.length, DEEPEST)}${counted ? " counted" : ""}`, dir: "auto" });
      list.append(item);
    }
    fillUnseen(item, whole, line.start, from, cited);
    fill(item, whole, from, stop, cited);
    if (next && !ITEM.test(next.text)) fill(item, whole, stop, line.end, cited);
    else fillUnseen(item, whole, stop, line.end, cited);
  });
  return list;
}

function plain(whole, lines, continued, cited) {
  const element = make("p", { class: continued ? "continued" : null, dir: "auto" });
  fill(element, whole, lines[0].start, lines.at(-1).start + lines.at(-1).text.length, cited);
  return element;
}

/** What the lines from a place on make: "table", "items" or "plain", and how many lines of it there are. */
function kindAt(lines, at) {
  const bars = ({ text }) => text.includes("|");
  const ruled = (line) => line !== undefined && bars(lines[at]) && RULE.test(line.text) && bars(line);
  if (ruled(lines[at + 1])) {
    let stop = at + 2;
    while (stop < lines.length && bars(lines[stop])) stop += 1;
    return ["table", stop];
  }
  const listed = ITEM.test(lines[at].text);
  let stop = at + 1;
  while (stop < lines.length) {
    const line = lines[stop];
    if (bars(line) && lines[stop + 1] !== undefined && bars(lines[stop + 1]) && RULE.test(lines[stop + 1].text)) break;
    // An item goes on in a line that is set in under it; a paragraph, until an item begins.
    if (listed ? !ITEM.test(line.text) && !/^\s/.test(line.text) : ITEM.test(line.text)) break;
    stop += 1;
  }
  return [listed ? "items" : "plain", stop];
}

/**
 * The elements that show whole[start, end); what of the cited span lies there is marked.
 *
 * `placed` is told each element and where in the text it begins.
 */
export function blocks(whole, [start, end, continued], cited, placed) {
  const lines = linesOf(whole, start, start + whole.slice(start, end).replace(/[\r\n]+$/, "").length);
  const found = [];
  for (let at = 0; at < lines.length;) {
    const [kind, stop] = kindAt(lines, at);
    const own = lines.slice(at, stop);
    const element = kind === "table" ? table(whole, own, cited) : kind === "items" ? items(whole, own, cited)
      : plain(whole, own, continued && at === 0, cited);
    placed(element, own[0].start);
    found.push(kind === "table" ? make("div", { class: "wide" }, element) : element);
    at = stop;
  }
  return found;
}
