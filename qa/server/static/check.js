// The page that checks a text: sentences coloured by verdict, each opening what the documents say to it.

import { percent, placeLink, quote } from "./answers.js";
import { announce, make } from "./dom.js";
import { codePoints, unitOffsets } from "./positions.js";
import { Problem, call } from "./service.js";

const LONGEST = 100_000; // code points that the service takes

const WORDS = {
  supported: "supported",
  contradicted: "contradicted",
  not_found: "not found",
  not_a_claim: "no claim",
};
const STANCES = { for: "The documents say so:", against: "The documents say otherwise:" };

const form = document.getElementById("check");
const field = document.getElementById("draft");
const fieldError = document.getElementById("draft-error");
const submit = form.querySelector("button[type=submit]");
const report = document.getElementById("report");

let busy = false;

function complain(words) {
  fieldError.textContent = words;
  fieldError.hidden = !words;
  if (words) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  if (words) announce(words);
}

/** The summary in words, as the command line gives it. */
function summaryLine({ sentences, claims, supported, contradicted, not_found, not_a_claim }) {
  const count = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
  const told = claims
    ? [`${supported} supported`, `${contradicted} contradicted`, `${not_found} not found`].join(", ")
    : "";
  const rest = not_a_claim ? `; ${not_a_claim.toLocaleString("en")} not claims` : "";
  return `${count(sentences, "sentence")}: ${[count(claims, "claim"), told].filter(Boolean).join(", ")}${rest}`;
}

/** What the documents say to one claim. */
function details(claim) {
  const heading = claim.verdict === "not_found"
    ? "The documents do not say this. The nearest sentences:"
    : `${WORDS[claim.verdict]}, ${percent(claim.confidence)} sure`;
  return make("div", { class: `found ${claim.verdict}` },
    make("p", { class: "found-head" }, heading[0].toUpperCase() + heading.slice(1)),
    claim.understood ? make("p", { class: "understood" }, "Understood as: ", make("bdi", {}, claim.understood)) : null,
    claim.differs.length
      ? make("ul", { class: "differs" }, claim.differs.map(({ claim: said, source, kind }) => make("li", {},
        make("span", { class: "muted" }, `${kind}: `), make("bdi", {}, said), "; the source says ",
        make("strong", {}, make("bdi", {}, source)))))
      : null,
    ...claim.evidence.flatMap(({ stance, citation }) =>
      [make("p", { class: "muted" }, STANCES[stance]), quote([citation]), placeLink(citation)]),
    ...claim.nearest.flatMap((citation) => [quote([citation], false), placeLink(citation)]));
}

/** The stretch of the text that is a claim: it opens and closes what the documents say to it. */
function stretch(words, claim) {
  if (claim.verdict === "not_a_claim") return make("span", { class: "stretch not_a_claim" }, words);
  let open = null;
  const toggle = () => {
    if (open) {
      open.remove();
      open = null;
    } else {
      open = details(claim);
      element.after(open);
    }
    element.setAttribute("aria-expanded", String(Boolean(open)));
  };
  const element = make("span", {
    class: `stretch ${claim.verdict}`, role: "button", tabindex: "0", "aria-expanded": "false",
    title: `${WORDS[claim.verdict]} (${percent(claim.confidence)})`,
    onclick: toggle,
    onkeydown: (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      toggle();
    },
  }, words, make("span", { class: "unseen" }, ` (${WORDS[claim.verdict]})`));
  return element;
}

function showReport(text, { claims, summary, notes }) {
  const edges = unitOffsets(text, claims.flatMap(({ start, end }) => [start, end]));
  const parts = [];
  let place = 0;
  claims.forEach((claim, number) => {
    const [start, end] = edges.slice(2 * number, 2 * number + 2);
    parts.push(text.slice(place, start), stretch(text.slice(start, end), claim));
    place = end;
  });
  parts.push(text.slice(place));
  const line = summaryLine(summary);
  report.replaceChildren(
    make("p", { class: "summary" }, line),
    ...notes.map((note) => make("p", { class: "notice" }, `${note[0].toUpperCase()}${note.slice(1)}.`)),
    summary.claims ? make("ul", { class: "legend" }, Object.entries(WORDS).map(([verdict, words]) =>
      make("li", {}, make("span", { class: `stretch ${verdict}` }, words)))) : null,
    make("div", { class: "checked", dir: "auto" }, ...parts.filter((part) => part !== "")));
  report.hidden = false;
  announce(line);
}

async function check(text) {
  busy = true;
  form.setAttribute("aria-busy", "true");
  submit.setAttribute("aria-disabled", "true");
  report.hidden = false;
  report.replaceChildren(make("p", { class: "waiting" }, "Looking in the documents", make("span", { class: "dots", "aria-hidden": "true" })));
  announce("Looking in the documents.");
  try {
    showReport(text, await call("audit", { body: { text } }));
  } catch (error) {
    const problem = error instanceof Problem ? error : new Problem("The page failed", String(error));
    report.replaceChildren(make("div", { class: "problem", role: "alert" }, make("strong", {}, problem.title),
      problem.detail ? make("p", {}, problem.detail) : null));
    announce("");
  } finally {
    busy = false;
    form.removeAttribute("aria-busy");
    submit.removeAttribute("aria-disabled");
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (busy) return;
  const text = field.value;
  const length = codePoints(text);
  if (!text.trim()) complain("Paste a text first.");
  else if (length > LONGEST) {
    complain(`The text has ${length.toLocaleString("en")} characters; ${LONGEST.toLocaleString("en")} can be checked at once. Check it in parts.`);
  } else {
    complain("");
    check(text);
    return;
  }
  field.focus();
});
field.addEventListener("input", () => {
  if (field.value.trim()) complain("");
});
