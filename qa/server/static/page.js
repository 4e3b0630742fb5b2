// One page of a PDF document as a picture, with the cited span marked on it.

import { announce, make } from "./dom.js";
import { BASE, Problem, call, documentPath, pageAddress, picture, readingAddress } from "./service.js";

const WIDEST = 2400; // pixels that the service draws

const status = document.getElementById("status");
const sheet = document.getElementById("sheet");
const query = new URLSearchParams(location.search);
const id = location.pathname.slice(new URL("page/", BASE).pathname.length).split("/").map(decode).join("/");

function decode(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function whole(name) {
  return /^\d{1,15}$/.test(query.get(name) ?? "") ? Number(query.get(name)) : null;
}

/** The span that the address asks for, or null. */
function span() {
  const [start, end] = [whole("start"), whole("end")];
  return start !== null && end !== null && start < end ? { start, end } : null;
}

/** Links to the pages beside a page, and to the text. */
function leaves(given, number, cited) {
  const count = given.pages.length;
  const step = (to, words, rel) => (to >= 1 && to <= count
    ? make("a", { class: "button quiet", href: pageAddress(id, to, cited), rel }, words) : null);
  document.getElementById("leaves").replaceChildren(...[
    step(number - 1, "‹ Page before", "prev"),
    make("span", { class: "muted" }, `Page ${number.toLocaleString("en")} of ${count.toLocaleString("en")}`),
    step(number + 1, "Page after ›", "next"),
    make("a", { class: "button quiet", href: readingAddress(id, cited && { ...cited, sha256: query.get("sha256") }) }, "Read the text"),
  ].filter(Boolean));
}

function head(given, number) {
  document.getElementById("title").textContent = given.title || id;
  document.title = `Page ${number} · ${given.title || id} · citespan`;
  document.getElementById("about").replaceChildren(make("bdi", {}, given.source));
}

/** The text of a page for those who do not see the picture, and where the cited span stands on it. */
function described(given, number, cited) {
  const letters = [...given.text];
  const text = letters.slice(given.pages[number - 1], given.pages[number] ?? letters.length).join("");
  const words = cited ? letters.slice(cited.start, cited.end).join("") : "";
  return { text, words };
}

async function load() {
  status.className = "loading";
  status.textContent = "Loading the page…";
  try {
    const given = await call(documentPath(id));
    if (!given.pages.length) throw new Problem("This document has no pages", "Only PDF documents can be shown as pictures.");
    const number = Math.min(Math.max(whole("page") ?? 1, 1), given.pages.length);
    const cited = span();
    head(given, number);
    leaves(given, number, cited);
    const { text, words } = described(given, number, cited);
    const width = Math.min(WIDEST, Math.ceil(Math.min(innerWidth, 1000) * (devicePixelRatio || 1)));
    const place = new URLSearchParams({ page: number, width: Math.max(width, 600) });
    if (cited) {
      place.set("start", cited.start);
      place.set("end", cited.end);
    }
    const source = URL.createObjectURL(await picture(`${documentPath(id)}/picture?${place}`));
    const image = make("img", { src: source, alt: `Page ${number}${words ? `, with “${words}” marked` : ""}` });
    await image.decode();
    sheet.replaceChildren(image, make("details", {}, make("summary", {}, "The text of this page"), make("p", { class: "plain", dir: "auto" }, text)));
    sheet.hidden = false;
    status.textContent = "";
    status.className = "unseen";
    const changed = query.get("sha256") && !given.sha256.startsWith(query.get("sha256").toLowerCase());
    document.getElementById("quote").replaceChildren(...(words ? [
      changed ? "The document has changed since this link was made: what is marked may not be what was cited. " : "Marked: ",
      make("bdi", {}, `“${words}”`)] : []));
    announce(words ? `Page ${number} is shown; “${words}” is marked on it.` : `Page ${number} is shown.`);
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem("The page failed", String(error));
    status.className = "problem";
    status.replaceChildren(make("strong", {}, problem.title), make("p", {}, problem.detail),
      make("div", { class: "actions" },
        make("button", { type: "button", class: "quiet", onclick: load }, "Try again"),
        make("a", { class: "button quiet", href: readingAddress(id, span()) }, "Read the text")));
  }
}

load();
