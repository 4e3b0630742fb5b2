// The list of documents, with a filter over titles and sources. It may be very long: more comes when it is wanted.

import { make } from "./dom.js";
import { Problem, call, readingAddress } from "./service.js";

const FIRST = 100; // documents listed at once
const NEXT = 500; // documents asked for at a time
const MOST = 20_000; // documents that the filter looks through

const count = document.getElementById("count");
const filter = document.getElementById("filter");
const filterForm = document.getElementById("filter-form");
const list = document.getElementById("documents");
const more = document.getElementById("more");

let documents = [];
let total = 0;
let shown = FIRST;
let loading = null;

function matching() {
  const words = filter.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return documents.filter(({ title, source }) => {
    const hay = `${title} ${source}`.toLocaleLowerCase();
    return words.every((word) => hay.includes(word));
  });
}

function show() {
  const found = matching();
  const filtered = Boolean(filter.value.trim());
  list.replaceChildren(...found.slice(0, shown).map((item) => make("li", {},
    make("a", { href: readingAddress(item.id) }, make("bdi", {}, item.title || item.id)),
    make("p", { class: "source" }, make("bdi", {}, item.source)))));
  more.hidden = found.length <= shown && (filtered || documents.length >= total);
  const noun = total === 1 ? "document" : "documents";
  const whole = total.toLocaleString("en");
  const seen = documents.length < total ? `the first ${documents.length.toLocaleString("en")} of ${whole}` : whole;
  count.textContent = filtered ? `${found.length.toLocaleString("en")} of ${seen} ${noun}` : `${whole} ${noun}`;
}

/** Loads documents until there are `wanted`, one call after the other. */
function load(wanted) {
  loading ??= (async () => {
    try {
      do {
        const limit = documents.length ? NEXT : FIRST;
        const page = await call(`documents?offset=${documents.length}&limit=${limit}`);
        documents = documents.concat(page.documents);
        total = page.documents.length ? page.total : documents.length;
        show();
      } while (documents.length < Math.min(wanted, total));
      filterForm.hidden = total < 8;
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem("The page failed", String(error));
      count.replaceChildren(make("span", { class: "problem", role: "alert" }, problem.message), " ",
        make("button", { type: "button", class: "quiet", onclick: () => load(wanted) }, "Try again"));
    } finally {
      loading = null;
    }
  })();
  return loading;
}

filter.addEventListener("input", () => {
  shown = FIRST;
  show();
  if (filter.value.trim() && documents.length < Math.min(total, MOST)) load(MOST);
});
more.addEventListener("click", async () => {
  const first = list.childElementCount;
  shown += FIRST;
  if (!filter.value.trim() && documents.length < Math.min(shown, total)) await load(shown);
  show();
  list.children[first]?.querySelector("a")?.focus();
});
filterForm.addEventListener("submit", (event) => event.preventDefault());
load(FIRST);
