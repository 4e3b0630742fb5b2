// The page that asks: the form, the conversation and its memory for this tab.

import { answerNodes, spoken } from "./answers.js";
import { announce, make } from "./dom.js";
import { BASE, Problem, call, hasKey, readingAddress } from "./service.js";

const MEMORY = `citespan-conversation ${BASE.pathname}`; // a site may serve several under prefixes
const KEPT = 50; // turns shown again after a reload
const TOLD = 8; // turns that the service is told, as many as it uses

const form = document.getElementById("ask");
const field = document.getElementById("question");
const fieldError = document.getElementById("question-error");
const submit = form.querySelector("button[type=submit]");
const conversation = document.getElementById("conversation");
const list = document.getElementById("turns");
const scope = document.getElementById("scope");

// Each turn is {asked, answer, only}; oldest first. `only` is {id, title} of the one document asked, or null.
let turns = remembered();
let only = null;
let busy = false;


/** Whether the service takes verdicts from this reader. */
function takesFeedback() {
  const { feedback } = document.documentElement.dataset;
  return feedback === "yes" || (feedback === "key" && hasKey());
}

function remembered() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(MEMORY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((turn) => turn?.answer && typeof turn.asked === "string") : [];
  } catch {
    return [];
  }
}

function remember() {
  try {
    sessionStorage.setItem(MEMORY, JSON.stringify(turns.slice(-KEPT)));
  } catch {
    // Full or switched off: the conversation is then only as long as the page is open.
  }
}

function card(asked, about, ...content) {
  return make("article", { class: "turn", "aria-label": asked },
    make("h3", { class: "asked", dir: "auto" }, asked),
    about ? make("p", { class: "understood" }, "In: ", make("bdi", {}, about.title)) : null,
    make("div", { class: "reply" }, ...content));
}

function answeredCard(turn) {
  const content = answerNodes(turn.answer, {
    asked: turn.asked,
    takesFeedback: takesFeedback(),
    onGuess: () => ask(turn.asked, { about: turn.only, instead: turn }),
  });
  return card(turn.asked, turn.only, ...content);
}

function show() {
  list.replaceChildren(...turns.map(answeredCard).reverse());
  conversation.hidden = turns.length === 0;
  document.body.classList.toggle("talking", turns.length > 0);
}

function history() {
  return turns.slice(-TOLD).filter((turn) => turn.answer.reason !== "empty_question")
    .map((turn) => ({ question: turn.answer.question, answer: turn.answer.text }));
}

/** Asks and shows the answer; `instead` is a refused turn, whose question is asked again for its best guess. */
async function ask(question, { about = only, instead = null } = {}) {
  if (busy) return;
  busy = true;
  if (instead) {
    turns = turns.filter((turn) => turn !== instead);
    show();
    focusField();
  }
  form.setAttribute("aria-busy", "true");
  submit.setAttribute("aria-disabled", "true");
  const waiting = card(question, about, make("p", { class: "waiting" }, "Looking in the documents", make("span", { class: "dots", "aria-hidden": "true" })));
  list.prepend(waiting);
  conversation.hidden = false;
  document.body.classList.add("talking");
  announce("Looking in the documents.");
  const body = instead ? { question: instead.answer.question, min_confidence: 0 } : { question };
  const before = instead ? [] : history();
  if (before.length) body.history = before;
  if (about) body.documents = [about.id];
  try {
    const turn = { asked: question, answer: await call("ask", { body }), only: about };
    turns.push(turn);
    remember();
    waiting.replaceWith(answeredCard(turn));
    announce(spoken(turn.answer));
  } catch (error) {
    waiting.replaceWith(failedCard(question, about, instead, error));
    announce("");
  } finally {
    busy = false;
    form.removeAttribute("aria-busy");
    submit.removeAttribute("aria-disabled");
  }
}

function failedCard(question, about, instead, error) {
  const problem = error instanceof Problem ? error : new Problem("The page failed", String(error));
  const failed = card(question, about,
    make("div", { class: "problem", role: "alert" }, make("strong", {}, problem.title),
      problem.detail ? make("p", {}, problem.detail) : null),
    make("div", { class: "actions" }, make("button", {
      type: "button", class: "quiet",
      onclick: () => {
        if (busy) return;
        failed.remove();
        focusField();
        ask(question, { about, instead });
      },
    }, "Try again")));
  return failed;
}

function complain(words) {
  fieldError.textContent = words;
  fieldError.hidden = !words;
  if (words) field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  if (words) announce(words);
}

/** Puts the cursor back; on a touch screen the keyboard is put away instead, so that the answer can be seen. */
function focusField() {
  if (matchMedia("(pointer: coarse)").matches) field.blur();
  else field.focus();
}

function grow() {
  field.style.blockSize = "auto";
  field.style.blockSize = `${Math.min(field.scrollHeight + 2, 240)}px`;
}

function showScope() {
  scope.replaceChildren(...(only
    ? ["Only in ", make("strong", {}, make("bdi", {}, only.title)), " ", make("button", {
      type: "button", class: "linklike",
      onclick: () => {
        only = null;
        globalThis.history.replaceState(null, "", location.pathname);
        showScope();
        field.focus();
      },
    }, "ask all documents")]
    : []));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const question = field.value.trim();
  if (!question) {
    complain("Write a question first.");
    field.focus();
    return;
  }
  if (busy) return;
  complain("");
  field.value = "";
  grow();
  focusField();
  ask(question);
});

field.addEventListener("keydown", (event) => {
  // Enter that ends an input method's composition belongs to it.
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
field.addEventListener("input", () => {
  grow();
  if (field.value.trim()) complain("");
});

document.getElementById("clear").addEventListener("click", () => {
  if (busy) return;
  turns = [];
  remember();
  show();
  announce("The conversation is cleared.");
  field.focus();
});

/** Names a few documents on the empty page, so that a newcomer knows what can be asked. */
async function introduce() {
  const place = document.getElementById("inside");
  try {
    const { documents, total } = await call("documents?limit=5", { mayAsk: false });
    if (!documents.length) return;
    const rest = total - documents.length;
    place.append(make("h2", {}, "What is in here"), make("ul", {}, ...documents.map(({ id, title }) =>
      make("li", {}, make("a", { href: readingAddress(id) }, make("bdi", {}, title || id))))));
    if (rest > 0) place.append(make("a", { href: new URL("browse", BASE).href }, `and ${rest.toLocaleString("en")} more`));
    place.hidden = false;
  } catch {
    // Only a hint: what is wrong is told when a question is asked.
  }
}

// "Ask this document" on the document page leads here with its id, a shared question with its words.
const given = new URLSearchParams(location.search);
if (given.get("document")) only = { id: given.get("document"), title: given.get("title") || given.get("document") };
if (given.get("q")) field.value = given.get("q").slice(0, 2000);
show();
showScope();
grow();
introduce();
