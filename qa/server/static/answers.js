// How an answer looks: the words, the quote with its span marked, how likely it is, and what else there is.

import { copyButton, icon, make } from "./dom.js";
import { markedParts } from "./positions.js";
import { Problem, call, pageAddress, readingAddress } from "./service.js";

const LEAST = 0.05; // how likely another answer must be to be offered, as on the command line (qa/terminal.py)

/** Why a question was refused, as the command line says it. */
export const REASONS = {
  empty_question: "the question holds no word to look for",
  no_match: "no word of the question is in the documents",
  low_confidence: "nothing found is likely enough to be the answer",
  needs_arithmetic: "the documents list these, but do not count or add them up",
};

const ADVICE = {
  empty_question: "Ask in a few words what you want to know.",
  no_match: "Try other words for the same thing, or see which documents there are.",
  low_confidence: "The answer may not be in the documents. These sentences stand nearest to the question.",
  needs_arithmetic: "What they list:",
};

/** A probability in words, as the command line says it. */
export function confidenceWords(confidence) {
  const bounds = [[0.9, "very likely"], [0.7, "likely"], [0.5, "more likely than not"], [0.25, "uncertain"]];
  return bounds.find(([bound]) => confidence >= bound)?.[1] ?? "unlikely";
}

/** A probability as a whole percentage. */
export function percent(confidence) {
  if (confidence >= 0.995) return ">99%";
  return confidence < 0.005 ? "<1%" : `${Math.round(confidence * 100)}%`;
}

/** The title, section path and page, slide, cell or time of a citation on one line. */
export function place(citation) {
  const known = ["page", "slide", "sheet", "cell", "time"].map((name) => [name, citation[name] ?? null]);
  const told = known.filter(([, value]) => value !== null && !citation.section.includes(value));
  return [citation.title, ...citation.section].join(" › ") + told.map(([name, value]) => `, ${name} ${value}`).join("");
}

/** The texts of an answer: one, or those of a list. */
export function texts(answer) {
  return answer.texts?.length ? answer.texts : [answer.text];
}

/** The citations of what is answered, those together that share a quote. */
function quoted(answer) {
  const groups = new Map();
  for (const { citation } of answer.spans?.length ? answer.spans : [answer]) {
    const key = JSON.stringify([citation.document, citation.quote_start, citation.quote_end]);
    groups.set(key, [...(groups.get(key) ?? []), citation]);
  }
  return [...groups.values()];
}

/** What a screen reader is told when an answer has arrived. */
export function spoken(answer) {
  const meant = answer.did_you_mean ? `Did you mean: ${answer.did_you_mean} ` : "";
  if (!answer.answered) return `${meant}No answer: ${REASONS[answer.reason] ?? answer.reason}.`;
  return `${meant}Answer: ${texts(answer).join("; ")}. ${confidenceWords(answer.confidence)}, ${percent(answer.confidence)}. ` +
    `From ${place(answer.citation)}.`;
}

/** The sentence around citations that share it, with each cited span marked. */
export function quote(citations, marked = true) {
  const [citation] = citations;
  const words = marked ? markedParts(citations).map((part, at) => (at % 2 ? make("mark", {}, part) : part)) : [citation.quote];
  const context = (citation.context ?? []).map((fragment) =>
    make("span", { class: "context muted", dir: "auto" }, fragment.text));
  return make("blockquote", { class: "quote", dir: "auto" }, ...context, ...words);
}

/** The links from a citation to the place in its document, and to the picture of its page where there is one. */
export function placeLink(citation) {
  const link = make("a", { class: "place", href: readingAddress(citation.document, citation) },
    make("bdi", {}, place(citation)), make("span", { class: "unseen" }, ": read it in the document"));
  if (!citation.boxes?.length) return link;
  const [{ page }] = citation.boxes;
  return make("span", { class: "places" }, link, " ",
    make("a", { class: "leaf", href: pageAddress(citation.document, page, citation) }, `See it on page ${page}`));
}

function likelihood(confidence) {
  const level = confidence >= 0.7 ? "high" : confidence >= 0.5 ? "middle" : "low";
  const bar = make("span", { class: "bar-fill" });
  bar.style.inlineSize = `${confidence * 100}%`;
  return make("p", { class: `likelihood ${level}`, title: "How likely this answer is right" },
    make("span", { class: "bar-track", "aria-hidden": "true" }, bar),
    make("span", {}, `${confidenceWords(confidence)} (${percent(confidence)})`));
}

function alternatives(answer) {
  const others = answer.alternatives.filter(({ confidence }) => confidence >= LEAST);
  const count = others.length;
  if (!count) return null;
  return make("details", { class: "others" },
    make("summary", {}, `${count} other ${count === 1 ? "possibility" : "possibilities"}`),
    make("ul", {}, others.map((other) => make("li", {},
      make("p", { class: "other" }, make("bdi", { class: "other-text" }, other.text), " ",
        make("span", { class: "muted" }, `${confidenceWords(other.confidence)} (${percent(other.confidence)})`)),
      quote([other.citation]), placeLink(other.citation)))));
}

/** The text that "Copy" gives: the answer with its quote and a link that others can open. */
export function copyText(answer) {
  return `${texts(answer).join("\n")}\n“${answer.citation.quote}”\n${place(answer.citation)}\n` +
    readingAddress(answer.citation.document, answer.citation);
}

function feedback(answer) {
  const told = make("span", { class: "muted", role: "status" });
  const labels = answer.answered
    ? ["This answer is right", "This answer is wrong"]
    : ["Right: the documents do not say", "Wrong: the documents do say"];
  const buttons = [["up", "right", labels[0]], ["down", "wrong", labels[1]]].map(
    ([drawing, verdict, label]) => make("button", {
      type: "button", class: "quiet thumb", "aria-label": label, title: label, "aria-pressed": "false",
      onclick: async (event) => {
        const pressed = event.currentTarget;
        try {
          await call("feedback", { body: { id: answer.id, verdict, question: answer.question, text: answer.text } });
          for (const button of buttons) button.setAttribute("aria-pressed", String(button === pressed));
          told.textContent = "Thank you.";
        } catch (error) {
          told.textContent = error instanceof Problem ? error.message : "Could not be sent.";
        }
      },
    }, icon(drawing)));
  return make("span", { class: "feedback", role: "group", "aria-label": "Is this right?" }, told, ...buttons);
}

/** The nodes that show an answer or a refusal, with buttons for a verdict where the service takes them. */
export function answerNodes(answer, { asked, takesFeedback = false, onGuess = null }) {
  const understood = answer.did_you_mean || answer.question !== asked
    ? make("p", { class: "understood" }, answer.did_you_mean ? "Did you mean: " : "Understood as: ",
      make("bdi", {}, answer.did_you_mean ?? answer.question)) : null;
  const reply = takesFeedback && answer.id ? feedback(answer) : null;
  if (!answer.answered) return [understood, ...refusalNodes(answer, onGuess, reply)];
  return [
    understood,
    answer.spans?.length
      ? make("ul", { class: "answer", dir: "auto" }, texts(answer).map((text) => make("li", {}, make("bdi", {}, text))))
      : make("p", { class: "answer", dir: "auto" }, answer.text),
    likelihood(answer.confidence),
    ...quoted(answer).flatMap((citations) => [quote(citations), placeLink(citations[0])]),
    alternatives(answer),
    make("div", { class: "actions" }, copyButton("Copy", () => copyText(answer)), reply),
  ];
}

function refusalNodes(answer, onGuess, reply) {
  const reason = REASONS[answer.reason] ?? answer.reason;
  const advice = ADVICE[answer.reason] ?? "";
  const nearest = answer.nearest.map((citation) => make("li", {}, quote([citation], answer.reason === "needs_arithmetic"), placeLink(citation)));
  const guess = answer.reason === "low_confidence" && answer.confidence > 0 && onGuess
    ? make("button", { type: "button", class: "quiet", onclick: onGuess },
      `Show the best guess anyway (${percent(answer.confidence)} likely)`)
    : null;
  return [
    make("p", { class: "refusal" }, make("strong", {}, "No answer"), `: ${reason}.`),
    make("p", { class: "muted" }, nearest.length || answer.reason !== "low_confidence" ? advice : "The answer may not be in the documents."),
    nearest.length ? make("ul", { class: "nearest" }, ...nearest) : null,
    guess || reply ? make("div", { class: "actions" }, guess, reply) : null,
  ];
}
