// Calls to the service: its address, the key where it wants one, and errors with what to do about them.

import { make } from "./dom.js";

const PATIENCE = 120_000; // milliseconds before a call is given up

/** The address under which the service stands, ending in a slash: pages and calls are found from it. */
export const BASE = new URL("..", import.meta.url);

const KEY = `citespan-key ${BASE.pathname}`; // a site may serve several under prefixes

/** An error with a title, a detail and what to do, all in plain words. */
export class Problem extends Error {
  constructor(title, detail = "", status = 0) {
    super(detail ? `${title}: ${detail}` : title);
    this.title = title;
    this.detail = detail;
    this.status = status;
  }
}

/** The page that shows a document, at a citation where one is given. */
export function readingAddress(id, citation = null) {
  const address = new URL(`read/${id.split("/").map(encodeURIComponent).join("/")}`, BASE);
  if (citation) {
    address.searchParams.set("start", citation.start);
    address.searchParams.set("end", citation.end);
    if (citation.sha256) address.searchParams.set("sha256", citation.sha256.slice(0, 16));
  }
  return address.href;
}

/** The page that shows a page of a PDF document as a picture, with a citation marked where one is given. */
export function pageAddress(id, number, citation = null) {
  const address = new URL(readingAddress(id, citation).replace(new URL("read/", BASE).href, new URL("page/", BASE).href));
  address.searchParams.set("page", number);
  return address.href;
}

/** The path of a document in the service's API. */
export function documentPath(id) {
  return `documents/${id.split("/").map(encodeURIComponent).join("/")}`;
}

/** The picture that a path of the service's API gives, as a blob; raises Problem. */
export function picture(path) {
  return call(path, { accept: "image/png" });
}

/** The JSON that a call answers with, or the blob of another type; raises Problem. Where the service wants a key it is asked for, if that is wanted. */
export async function call(path, { body = undefined, mayAsk = true, retried = false, accept = "application/json" } = {}) {
  const headers = { accept };
  const key = storedKey();
  if (key) headers.authorization = `Bearer ${key}`;
  if (body !== undefined) headers["content-type"] = "application/json";
  let response;
  try {
    response = await fetch(new URL(path, BASE), {
      method: body === undefined ? "GET" : "POST",
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE),
    });
    if (response.ok && accept !== "application/json") return await response.blob();
    if (response.ok) return response.status === 204 ? null : await response.json();
  } catch (error) {
    if (error.name === "TimeoutError") {
      throw new Problem("The service took too long", "It did not answer within two minutes. Try again, or ask something shorter.");
    }
    throw new Problem("The service cannot be reached", "Check that it is running and that you are online, then try again.");
  }
  if (response.status === 401) {
    // Another call may have been given a new key while this one was under way.
    if (storedKey() !== key || (mayAsk && (await askForKey(Boolean(key) || retried)))) {
      return call(path, { body, mayAsk, retried: true, accept });
    }
    throw new Problem("A key is needed", "Give the key of this service to go on; whoever runs it has it.", 401);
  }
  throw await problemOf(response);
}

async function problemOf(response) {
  const wait = Number(response.headers.get("retry-after"));
  const again = wait > 0 ? `Try again in ${wait} ${wait === 1 ? "second" : "seconds"}.` : "Try again in a moment.";
  let told = {};
  try {
    told = await response.json();
  } catch {
    told = {};
  }
  const detail = Array.isArray(told.detail)
    ? told.detail.map((item) => `${(item.loc ?? []).slice(1).join(".")}: ${item.msg}`).join("; ")
    : String(told.detail ?? "");
  const title = {
    404: "There is no such thing here",
    413: "That is too long",
    422: "The service could not use that",
    429: "Too many questions at once",
    503: "The service is busy",
    504: "The service took too long",
  }[response.status];
  const advice = response.status === 429 || response.status >= 500 ? again : "";
  return new Problem(
    title ?? (response.status >= 500 ? "Something went wrong in the service" : "That did not work"),
    [detail, advice && !detail.toLowerCase().includes("again") ? advice : ""]
      .filter(Boolean).join(" "),
    response.status,
  );
}

function storedKey() {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return ""; // storage is switched off in this browser
  }
}

/** Whether a key has been given in this tab. */
export function hasKey() {
  return Boolean(storedKey());
}

let asking = null;

/** Whether a key was given; several calls at once share one dialog. */
function askForKey(refused) {
  asking ??= new Promise((resolve) => {
    const input = make("input", { id: "key", type: "password", autocomplete: "off", required: true });
    const dialog = make("dialog", { class: "key", "aria-labelledby": "key-title" },
      make("form", { method: "dialog" },
        make("h2", { id: "key-title" }, "This service asks for a key"),
        refused ? make("p", { class: "field-error", role: "alert" }, "That key was not accepted.") : null,
        make("label", { for: "key" }, "Key"),
        input,
        make("p", { class: "hint" }, "It is kept in this tab only, until you close it."),
        make("div", { class: "actions" },
          make("button", { class: "primary", value: "given" }, "Continue"),
          make("button", { class: "quiet", value: "", type: "button", onclick: () => dialog.close("") }, "Cancel"))));
    dialog.addEventListener("close", () => {
      const given = dialog.returnValue === "given" && input.value.trim();
      if (given) sessionStorage.setItem(KEY, input.value.trim());
      dialog.remove();
      asking = null;
      resolve(Boolean(given));
    });
    document.body.append(dialog);
    dialog.showModal();
  });
  return asking;
}
