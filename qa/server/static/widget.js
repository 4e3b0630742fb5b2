// A question box for any page:
//   <script src="https://SERVICE/widget.js" data-title="Ask the handbook"></script>
// It stands in the corner; with data-place="here" it stands where the script does. data-theme="light" or "dark"
// overrides what the page and the reader's setting say, data-document="ID" asks one document only. It talks to the service that it was
// loaded from, holds no key, and keeps to a shadow root: the page's styles stay out, its own stay in.
(() => {
  "use strict";

  const script = document.currentScript ?? document.querySelector('script[src*="widget.js"]');
  if (!script || script.dataset.citespan === "on") return;
  script.dataset.citespan = "on";
  const base = new URL(".", script.src);
  const { title = "Ask a question", place = "corner", document: only } = script.dataset;
  const theme = script.dataset.theme ?? (declaresDark() ? "auto" : "light");
  const here = place === "here" && document.body?.contains(script);
  const TURNS = 8;
  const PATIENCE = 60_000; // milliseconds
  const REASONS = {
    empty_question: "the question holds no word to look for",
    no_match: "no word of the question is in the documents",
    low_confidence: "nothing found is likely enough to be the answer",
    needs_arithmetic: "the documents list these, but do not count or add them up",
  };
  const WORDS = [[0.9, "very likely"], [0.7, "likely"], [0.5, "more likely than not"], [0.25, "uncertain"], [0, "unlikely"]];

  const LIGHT = "--surface:#fff;--text:#1b2125;--muted:#566069;--line:#dde1e4;--edge:#7d878f;--accent:#0b5d66;--on:#fff;--mark:#ffe48a;--on-mark:#1b2125;--bad:#a3262b";
  const DARK = "--surface:#1a1f23;--text:#e6eaed;--muted:#a2acb4;--line:#2c343a;--edge:#75808a;--accent:#72c9d3;--on:#08282c;--mark:#6a5400;--on-mark:#fff4cc;--bad:#f79a9a";
  const colours = theme === "dark" ? `:host{${DARK};color-scheme:dark}`
    : theme === "light" ? `:host{${LIGHT};color-scheme:light}`
      : `:host{${LIGHT};color-scheme:light dark}@media(prefers-color-scheme:dark){:host{${DARK}}}`;
  const STYLE = `
:host{all:initial;display:block}
${colours}
*{box-sizing:border-box}
.all{font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;color:var(--text);overflow-wrap:anywhere;text-align:start}
.corner{position:fixed;inset-block-end:20px;inset-inline-end:20px;z-index:2147483000;display:flex;flex-direction:column;align-items:flex-end;gap:12px}
button{font:inherit;cursor:pointer}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.open{border:1px solid var(--surface);border-radius:28px;padding:13px 22px;background:var(--accent);color:var(--on);font-weight:600;box-shadow:0 4px 18px rgb(0 0 0/22%)}
.panel{display:flex;flex-direction:column;background:var(--surface);border:1px solid var(--line);border-radius:14px;overflow:hidden}
.corner .panel{inline-size:min(400px,calc(100vw - 40px));max-block-size:min(600px,calc(100vh - 40px));box-shadow:0 10px 40px rgb(0 0 0/26%)}
[hidden]{display:none!important}
.head{display:flex;align-items:center;justify-content:space-between;gap:12px;padding:12px 16px;border-block-end:1px solid var(--line)}
h2{font:inherit;font-weight:650;margin:0}
.shut{border:0;border-radius:6px;background:none;color:var(--muted);inline-size:32px;block-size:32px;font-size:20px;line-height:1}
.turns{overflow:auto;overscroll-behavior:contain;padding:0 16px;min-block-size:0}
.turn{padding-block:14px}
.turn+.turn{border-block-start:1px solid var(--line)}
p,blockquote{margin:0 0 8px;unicode-bidi:isolate}
.asked,.small{color:var(--muted);font-size:14px}
.answer{font-size:20px;line-height:1.3;font-weight:650}
blockquote{border-inline-start:3px solid var(--line);padding-inline-start:12px;font-family:ui-serif,Charter,Georgia,"DejaVu Serif",serif;white-space:pre-line}
mark{background:var(--mark);color:var(--on-mark);border-radius:3px;padding:1px 2px}
a{color:var(--accent);font-size:14px;text-underline-offset:.18em}
.bad{color:var(--bad)}
form{padding:12px 16px 14px}
.panel:has(.turn) form{border-block-start:1px solid var(--line)}
label{display:block;font-size:13px;font-weight:600;margin-block-end:5px}
.field{display:flex;gap:8px}
input{flex:1;min-inline-size:0;font:inherit;color:inherit;background:transparent;border:1px solid var(--edge);border-radius:8px;padding:9px 11px}
.send{border:0;border-radius:8px;padding:9px 16px;background:var(--accent);color:var(--on);font-weight:600}
.send[aria-disabled=true]{opacity:.6;cursor:progress}
.unseen{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media(max-width:440px){.corner{inset-block-end:12px;inset-inline-end:12px}.corner .panel{inline-size:calc(100vw - 24px)}}
@media(forced-colors:active){.panel,.open{border:1px solid}}
@media print{.corner{display:none}}`;

  /** Whether the page says that it has a dark side: in a page that is always light, a dark box is out of place. */
  function declaresDark() {
    const meta = document.querySelector('meta[name="color-scheme"]')?.content ?? "";
    return `${meta} ${getComputedStyle(document.documentElement).colorScheme}`.includes("dark");
  }

  /** An element with attributes and children; strings become text, never markup. */
  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) if (value != null) element.setAttribute(name, value);
    element.append(...children.filter((child) => child != null));
    return element;
  }

  const history = [];
  let busy = false;

  const host = make("div", { "data-citespan-widget": "" });
  const root = host.attachShadow({ mode: "open" });
  try {
    // A constructed sheet needs no leave from the page's content security policy.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
  } catch {
    root.append(make("style", null, STYLE));
  }
  const turns = make("div", { class: "turns", tabindex: "-1" });
  const status = make("p", { class: "unseen", role: "status" });
  const input = make("input", { id: "question", name: "question", type: "text", autocomplete: "off", enterkeyhint: "send", maxlength: "2000" });
  const send = make("button", { class: "send", type: "submit" }, "Ask");
  const form = make("form", { novalidate: "" }, make("label", { for: "question" }, "Your question"), make("div", { class: "field" }, input, send));
  const shut = here ? null : make("button", { class: "shut", type: "button", "aria-label": "Close" }, "×");
  const panel = make("div", { class: "panel", id: "panel", role: here ? "region" : "dialog", "aria-label": title },
    make("div", { class: "head" }, make("h2", null, title), shut), turns, form, status);
  const opener = here ? null : make("button", { class: "open", type: "button", "aria-haspopup": "dialog" }, title);
  panel.hidden = !here;
  root.append(make("div", { class: here ? "all" : "all corner" }, panel, opener));

  function toggle(open) {
    panel.hidden = !open;
    opener.hidden = open;
    (open ? input : opener).focus();
  }
  opener?.addEventListener("click", () => toggle(panel.hidden));
  shut?.addEventListener("click", () => toggle(false));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !here) toggle(false);
    event.stopPropagation(); // the page's own shortcuts are not for words typed here
  });

  /** What the quote needs to be understood: the head of its table, the items above it. */
  function context(citation) {
    return (citation.context ?? []).map((fragment) => make("p", { class: "small", dir: "auto" }, fragment.text));
  }

  /** The quote of citations that share it, their spans marked: positions count code points, strings UTF-16 units. */
  function quote(citations) {
    const points = Array.from(citations[0].quote);
    const edges = [0, ...citations.flatMap(({ start, end, quote_start: origin }) => [start - origin, end - origin])];
    return make("blockquote", { dir: "auto" }, ...edges.map((edge, at) => {
      const part = points.slice(edge, edges[at + 1]).join("");
      return at % 2 ? make("mark", null, part) : part;
    }));
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

  const where = ({ title: name, section }) => [name, ...section].join(" › ");

  function source(citation) {
    const address = new URL(`read/${citation.document.split("/").map(encodeURIComponent).join("/")}`, base);
    address.search = new URLSearchParams({ start: citation.start, end: citation.end, sha256: citation.sha256.slice(0, 16) });
    return make("p", null, make("a", { href: address.href, target: "_blank", rel: "noopener" }, where(citation), make("span", { class: "unseen" }, " (opens in a new tab)")));
  }

  function shown(answer, asked) {
    const understood = answer.did_you_mean ? make("p", { class: "small" }, `Did you mean: ${answer.did_you_mean}`)
      : answer.question === asked ? null : make("p", { class: "small" }, `Understood as: ${answer.question}`);
    if (!answer.answered) {
      const items = answer.reason === "needs_arithmetic";
      const nearest = answer.nearest.slice(0, items ? 10 : 2).flatMap((citation) =>
        [items ? quote([citation]) : make("blockquote", { dir: "auto" }, citation.quote), source(citation)]);
      return [understood, make("p", null, `No answer: ${REASONS[answer.reason] ?? answer.reason}.`),
        nearest.length ? make("p", { class: "small" }, items ? "What they list:" : "The nearest sentences:") : null, ...nearest];
    }
    const texts = answer.texts?.length ? answer.texts : [answer.text];
    return [understood, ...texts.map((text) => make("p", { class: "answer", dir: "auto" }, text)),
      ...quoted(answer).flatMap((citations) => [...context(citations[0]), quote(citations), source(citations[0])]),
      make("p", { class: "small" }, likely(answer))];
  }

  function likely({ confidence }) {
    const sure = confidence >= 0.995 ? ">99" : confidence < 0.005 ? "<1" : Math.round(confidence * 100);
    return `${WORDS.find(([bound]) => confidence >= bound)[1]} (${sure}%)`;
  }

  async function told(response) {
    const problem = await response.json().catch(() => ({}));
    if (response.status === 401 || response.status === 403) return "This service does not take questions from the public.";
    if (typeof problem.detail === "string" && problem.detail) return problem.detail;
    if (response.status === 429) return "Too many questions at once. Try again in a minute.";
    return response.status >= 500 ? "The service has trouble. Try again in a moment." : "The service could not use that question.";
  }

  async function answerTo(question) {
    const body = { question };
    if (history.length) body.history = history.slice(-TURNS);
    if (only) body.documents = [only];
    let response;
    try {
      response = await fetch(new URL("ask", base), {
        method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
        credentials: "omit", referrerPolicy: "origin", signal: AbortSignal.timeout(PATIENCE),
      });
    } catch (error) {
      console.warn(`citespan widget: ${base.href}ask did not answer (${error.message}). The service must allow the ` +
        `origin ${location.origin}, and this page's Content-Security-Policy, if any, must allow connect-src ${base.origin}.`);
      throw new Error("The service cannot be reached. Try again in a moment.");
    }
    if (!response.ok) throw new Error(await told(response));
    return response.json();
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const question = input.value.trim();
    input.focus();
    if (busy) return;
    if (!question) {
      status.textContent = "Write a question first.";
      return;
    }
    busy = true;
    send.setAttribute("aria-disabled", "true");
    status.textContent = "Looking in the documents.";
    const reply = make("div", null, make("p", { class: "small" }, "Looking in the documents…"));
    const turn = make("div", { class: "turn" }, make("p", { class: "asked", dir: "auto" }, question), reply);
    turns.append(turn);
    turns.scrollTop = turns.scrollHeight;
    try {
      const answer = await answerTo(question);
      reply.replaceChildren(...shown(answer, question).filter(Boolean));
      if (answer.reason !== "empty_question") history.push({ question: answer.question, answer: answer.text });
      input.value = "";
      status.textContent = answer.answered ? `Answer: ${(answer.texts ?? [answer.text]).join("; ")}. ${likely(answer)}. From ${where(answer.citation)}.`
        : `No answer: ${REASONS[answer.reason] ?? answer.reason}.`;
    } catch (error) {
      // The question stays in the field, to be sent again.
      reply.replaceChildren(make("p", { class: "bad" }, error.message));
      status.textContent = error.message;
    }
    turns.scrollTop = turn.offsetTop - turns.offsetTop;
    busy = false;
    send.removeAttribute("aria-disabled");
  });

  function put() {
    if (here) script.after(host);
    else document.body.append(host);
  }
  if (document.body) put();
  else document.addEventListener("DOMContentLoaded", put, { once: true });
})();
