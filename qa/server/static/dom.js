// Elements made from data. Data only ever becomes text or attribute values: nothing here parses markup.

const SVG = "http://www.w3.org/2000/svg";

const ICONS = {
  up: "M7 10v10H4V10zm0 0 4-7c1.600 0 2.500 1.200 2.200 2.700L12.600 9H18c1.300 0 2.200 1.200 1.900 2.400l-1.700 7c-.2.900-1 1.600-1.900 1.600H7",
  down: "M17 14V4h3v10zm0 0-4 7c-1.600 0-2.500-1.200-2.200-2.700l.6-3.300H6c-1.300 0-2.200-1.200-1.900-2.400l1.700-7C6 4.700 6.800 4 7.700 4H17",
  copy: "M9 9h10v11H9zM5 15V4h10",
  link: "M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.700-5.700l-1.300 1.300M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.700 5.700l1.300-1.300",
};

/** An element with attributes, listeners (names that begin with "on") and children; strings become text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

/** A drawing that screen readers pass over. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", "icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button that copies what `text()` gives and says whether it could. */
export function copyButton(label, text, drawing = "copy") {
  const words = make("span", {}, label);
  const button = make("button", { type: "button", class: "quiet" }, icon(drawing), words);
  button.addEventListener("click", async () => {
    words.textContent = (await copied(text())) ? "Copied" : "Could not copy";
    announce(words.textContent);
    setTimeout(() => { words.textContent = label; }, 2000);
  });
  return button;
}

/** Says something to a screen reader, through the page's status line. */
export function announce(words) {
  const status = document.getElementById("status");
  if (status) status.textContent = words;
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No clipboard without https, except on this machine: select and copy the old way.
    const area = make("textarea", { class: "unseen", "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}
