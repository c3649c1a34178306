// A text with its entities as nodes. Offsets count UTF-16 units, as JavaScript strings do.
import { element } from "/assets/element.js";

const STYLES = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "code", mention: "em",
};
const SIGNS = /(\u{1F4CC}|\u{2705})/u; // drawn by the page, since not every machine has a font for them
const opened = new Set(); // the folded quotations that somebody opened

export function marked(text, entities, { key, open, command }) {
  const root = element("span", { class: "text" });
  const quotes = entities.filter((entity) => entity.type.endsWith("blockquote"));
  let at = 0;
  for (const quote of quotes) {
    const end = quote.offset + quote.length;
    if (quote.offset < at) continue;
    root.append(...run(text, at, quote.offset, entities, { open, command }));
    const box = quote.type === "expandable_blockquote" ? folded(`${key}:${quote.offset}`) : element("blockquote");
    box.append(...run(text, quote.offset, end, entities, { open, command }));
    root.append(box);
    at = text[end] === "\n" ? end + 1 : end; // a quotation ends its line by itself
  }
  root.append(...run(text, at, text.length, entities, { open, command }));
  return root;
}

function run(text, start, end, entities, acts) {
  const inside = entities.filter((e) => e.offset < end && e.offset + e.length > start);
  const cuts = new Set([start, end]);
  for (const entity of inside) {
    for (const cut of [entity.offset, entity.offset + entity.length]) if (cut > start && cut < end) cuts.add(cut);
  }
  const points = [...cuts].sort((one, other) => one - other);
  return points.slice(0, -1).map((from, index) => piece(text, from, points[index + 1], inside, acts));
}

function piece(text, start, end, entities, { open, command }) {
  const words = text.slice(start, end);
  let node = signs(words);
  for (const entity of entities) {
    if (entity.offset > start || entity.offset + entity.length < end) continue;
    const whole = text.slice(entity.offset, entity.offset + entity.length);
    if (STYLES[entity.type]) node = element(STYLES[entity.type], {}, node);
    else if (entity.type === "spoiler") node = element("span", { class: "spoiler", tabindex: "0" }, node);
    else if (entity.type === "url" || entity.type === "text_link") node = link(node, () => open(entity.url || whole));
    else if (entity.type === "bot_command" && command) node = link(node, () => command(whole));
  }
  return node;
}

function link(node, act) {
  return element("button", { type: "button", class: "link", onclick: act }, node);
}

export function signs(words) {
  if (!SIGNS.test(words)) return document.createTextNode(words);
  const drawn = words.split(SIGNS).map((part) => (
    SIGNS.test(part) ? element("span", { class: part === "\u{2705}" ? "sign check" : "sign pin" }, part) : part
  ));
  return element("span", {}, ...drawn);
}

function folded(key) {
  const quote = element("blockquote", { class: "fold", tabindex: "0", role: "button", title: "点开或收起原文" });
  const show = () => {
    quote.classList.toggle("open", opened.has(key));
    quote.setAttribute("aria-expanded", String(opened.has(key)));
  };
  const turn = () => {
    if (document.getSelection().toString()) return; // somebody copies
    if (!opened.delete(key)) opened.add(key);
    show();
    quote.scrollIntoView({ block: "nearest" });
  };
  quote.addEventListener("click", turn);
  quote.addEventListener("keydown", (event) => {
    if (event.target !== quote || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    turn();
  });
  show();
  return quote;
}
