// One document: its sections under their headings, and the cited span marked and scrolled into view.

import { blocks } from "./blocks.js";
import { announce, copyButton, make } from "./dom.js";
import { codePoints, unitOffsets } from "./positions.js";
import { BASE, Problem, call, documentPath, pageAddress, readingAddress } from "./service.js";

const CHUNK = 8_000; // characters laid out at a time: the browser skips those that are out of sight
const LONG = 5_000; // a paragraph longer than this is cut at its line ends too

const text = document.getElementById("text");
const status = document.getElementById("status");
const notices = document.getElementById("notices");

const id = location.pathname.slice(new URL("read/", BASE).pathname.length).split("/").map(decode).join("/");
const query = new URLSearchParams(location.search);
const starts = new WeakMap(); // where each block begins in the text, in UTF-16 units

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function notice(...words) {
  notices.append(make("p", { class: "notice", role: "alert" }, ...words));
}

/** The span that the address asks for, as {start, end} in code points, or null. */
function askedSpan(length) {
  if (!query.has("start") && !query.has("end")) return null;
  const [start, end] = ["start", "end"].map((name) => (/^\d{1,15}$/.test(query.get(name) ?? "") ? Number(query.get(name)) : NaN));
  if (start < end && end <= length) return { start, end };
  notice(`This link points to a place that the document does not have (it has ${length.toLocaleString("en")} characters). ` +
    "The link may be cut short, or the document may have changed.");
  return null;
}

/** The paragraphs of text[start, end) as [start, end, continued], without the blank lines between them. */
function paragraphs(whole, start, end) {
  const found = [];
  const part = whole.slice(start, end);
  const blank = /\n[^\S\n]*(?:\n[^\S\n]*)+/g;
  let from = 0;
  const add = (to) => {
    let first = true;
    while (from < to) {
      let cut = to;
      if (to - from > LONG) {
        const line = part.indexOf("\n", from + LONG / 2);
        if (line >= 0 && line < to) cut = line + 1;
      }
      if (part.slice(from, cut).trim()) {
        found.push([start + from, start + cut, !first]);
        first = false;
      }
      from = cut;
    }
  };
  for (const gap of part.matchAll(blank)) {
    add(gap.index);
    from = gap.index + gap[0].length;
  }
  add(part.length);
  return found;
}

/** The sections, and the cited span with its sentence, in UTF-16 positions; a document without sections is one. */
function located(given, span, sentence) {
  const sections = given.sections.length ? given.sections : [{ path: [], start: 0, end: codePoints(given.text) }];
  const flat = sections.flatMap(({ start, end }) => [start, end]);
  const from = Math.min(sentence?.quote_start ?? Infinity, span?.start);
  const to = Math.max(sentence?.quote_end ?? 0, span?.end);
  const units = unitOffsets(given.text, span ? [...flat, from, span.start, span.end, to] : flat);
  const [first, start, end, last] = units.slice(-4);
  return {
    sections: sections.map(({ path }, index) => ({ path, start: units[2 * index], end: units[2 * index + 1] })),
    span: span && { from: first, start, end, to: last },
  };
}

/** The headings of a section and its paragraphs; a heading that it shares with the section before is not repeated. */
function sectionNodes(whole, { path, start, end }, before, number, span) {
  const nodes = [];
  path.forEach((heading, depth) => {
    const shared = path.slice(0, depth + 1).every((part, level) => part === before[level]);
    if (shared && depth < path.length - 1) return;
    const name = `section-${number}${"-above".repeat(path.length - 1 - depth)}`;
    nodes.push(make(`h${Math.min(depth + 2, 6)}`, { id: name, dir: "auto", tabindex: "-1", "data-depth": depth + 1 }, heading));
  });
  let chunk = null;
  let size = 0;
  const close = () => {
    // An estimate of the height until it is laid out: about 80 characters a line.
    if (chunk) chunk.style.containIntrinsicSize = `auto ${Math.ceil(size / 80) * 28 + chunk.childElementCount * 16}px`;
    chunk = null;
    size = 0;
  };
  for (const range of paragraphs(whole, start, end)) {
    if (!chunk) {
      chunk = make("div", { class: "chunk" });
      nodes.push(chunk);
    }
    chunk.append(...blocks(whole, range, span, (element, at) => starts.set(element, at)));
    size += range[1] - range[0];
    if (size > CHUNK) close();
  }
  close();
  return nodes;
}

function contents(headings) {
  const nav = document.getElementById("contents");
  if (headings.length < 2) return;
  const links = make("ul", {}, ...headings.map((heading) => make("li", { class: `depth-${Math.min(heading.dataset.depth, 4)}` },
    make("a", { href: `#${heading.id}` }, make("bdi", {}, heading.textContent)))));
  const wide = matchMedia("(min-width: 60rem)");
  const details = make("details", {}, make("summary", {}, "Sections"), links);
  details.open = wide.matches;
  wide.addEventListener("change", () => { details.open = wide.matches; });
  nav.replaceChildren(details);
  nav.hidden = false;
}

/** Brings an element into the window and focuses it; again once what is around it has its real height. */
function reveal(element, block = "center") {
  element.focus({ preventScroll: true });
  let frames = 0;
  const scroll = () => {
    element.scrollIntoView({ block, behavior: "instant" });
    frames += 1;
    if (frames < 5) requestAnimationFrame(scroll);
  };
  scroll();
}

function revealSection() {
  const heading = location.hash && document.getElementById(location.hash.slice(1));
  if (heading) reveal(heading, "start");
}

/** The bar below the text: what is cited or selected, and the link to it. */
function placeBar(label, words, section, buttons) {
  const bar = document.getElementById("cited");
  bar.replaceChildren(
    make("p", {}, make("strong", {}, `${label}: `), make("bdi", { class: "cited-text" }, `“${words}”`),
      section.length ? make("span", { class: "muted" }, " in ", make("bdi", {}, section.join(" › "))) : null),
    make("div", { class: "actions" }, ...buttons));
  bar.hidden = false;
  document.body.classList.add("has-cited");
}

function linkButton(given, span) {
  return copyButton("Copy link", () => readingAddress(given.id, { ...span, sha256: given.sha256 }), "link");
}

/** The UTF-16 offset in the document's text of a point in a paragraph, or null where it is in none. */
function offsetOf(node, offset) {
  const within = (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest("p, ul, table");
  if (!within || !starts.has(within)) return null;
  const before = document.createRange();
  before.setStart(within, 0);
  before.setEnd(node, offset);
  return starts.get(within) + before.toString().length;
}

/** Offers a link to whatever text is selected; without a selection the bar is again what `otherwise` makes it. */
function offerSelection(given, sections, otherwise) {
  let offered = false;
  const show = () => {
    const selection = getSelection();
    const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
    const start = range && offsetOf(range.startContainer, range.startOffset);
    const end = range && offsetOf(range.endContainer, range.endOffset);
    if (start !== null && end !== null && start < end) {
      const span = { start: codePoints(given.text.slice(0, start)), end: codePoints(given.text.slice(0, end)) };
      placeBar("Selected", given.text.slice(start, end), sectionAt(sections, start), [linkButton(given, span)]);
      offered = true;
    } else if (offered && !document.getElementById("cited").contains(document.activeElement)) {
      offered = false;
      otherwise();
    }
  };
  let waiting = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 150);
  });
}

function hideBar() {
  document.getElementById("cited").hidden = true;
  document.body.classList.remove("has-cited");
}

function sectionAt(sections, unit) {
  return sections.find(({ start, end }) => start <= unit && unit < end)?.path ?? [];
}

function checkUnchanged(given) {
  const cited = (query.get("sha256") ?? "").toLowerCase();
  if (/^[0-9a-f]{8,64}$/.test(cited) && given.sha256 && !given.sha256.startsWith(cited)) {
    notice("The document has changed since this link was made: what is marked may not be what was cited.");
  }
}

function head(given) {
  document.getElementById("title").textContent = given.title || given.id;
  document.title = `${given.title || given.id} · citespan`;
  const about = document.getElementById("about");
  const web = /^https?:\/\//i.test(given.source) ? URL.parse?.(given.source) : null;
  about.replaceChildren(web ? make("a", { href: web.href, rel: "noopener noreferrer" }, given.source) : make("bdi", {}, given.source));
  const asking = new URL(BASE);
  asking.searchParams.set("document", given.id);
  asking.searchParams.set("title", given.title || given.id);
  document.getElementById("actions").replaceChildren(make("a", { class: "button quiet", href: asking.href }, "Ask this document"));
}

function show(given, sentence) {
  head(given);
  checkUnchanged(given);
  const asked = askedSpan(codePoints(given.text));
  const { sections, span } = located(given, asked, sentence);
  const nodes = [];
  let before = [];
  sections.forEach((section, number) => {
    nodes.push(...sectionNodes(given.text, section, before, number, span));
    before = section.path;
  });
  text.replaceChildren(...nodes);
  contents(nodes.filter((node) => node.dataset.depth));
  status.textContent = "";
  status.className = "unseen";
  const mark = text.querySelector(":not(.signs) > mark") ?? text.querySelector("mark");
  let bar = hideBar;
  if (mark) {
    const words = given.text.slice(span.start, span.end);
    const section = sectionAt(sections, span.start);
    const again = () => make("button", { type: "button", class: "quiet", onclick: () => reveal(mark) }, "Show it");
    const page = sentence?.boxes?.[0]?.page ?? sentence?.page;
    const leaf = () => (page ? [make("a", { class: "button quiet", href: pageAddress(given.id, page, { ...asked, sha256: given.sha256 }) }, `See it on page ${page}`)] : []);
    bar = () => placeBar("Cited", words, section, [again(), ...leaf(), linkButton(given, asked)]);
    bar();
    reveal(mark);
    announce(`The cited text “${words}” is marked${section.length ? `, in the section ${section.join(", ")}` : ""}.`);
  } else {
    if (span) notice("The place that this link points to holds no text of a section.");
    revealSection(); // the browser looked for #section-... before there was one
  }
  offerSelection(given, sections, bar);
}

/** The citation of the place that the address asks for, or null; the document is shown without it too. */
async function citedSentence() {
  const place = new URLSearchParams({ start: query.get("start") ?? "", end: query.get("end") ?? "" });
  if (!place.get("start") || !place.get("end")) return null;
  try {
    return (await call(`${documentPath(id)}/citation?${place}`)).citation;
  } catch {
    return null;
  }
}

function problemOf(error) {
  if (!(error instanceof Problem)) return new Problem("The page failed", String(error));
  if (error.status !== 404) return error;
  return new Problem("This document is not here", "It may have been removed or renamed, or the link may be cut short.");
}

async function load() {
  status.className = "loading";
  status.textContent = "Loading the document…";
  try {
    const [given, sentence] = await Promise.all([call(documentPath(id)), citedSentence()]);
    show(given, sentence);
  } catch (error) {
    const problem = problemOf(error);
    status.className = "problem";
    status.replaceChildren(make("strong", {}, problem.title), make("p", {}, problem.detail),
      make("div", { class: "actions" },
        make("button", { type: "button", class: "quiet", onclick: load }, "Try again"),
        make("a", { class: "button quiet", href: new URL("browse", BASE).href }, "See all documents")));
  }
}

addEventListener("hashchange", revealSection);
load();
