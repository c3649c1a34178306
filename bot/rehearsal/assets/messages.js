// The messages of one chat; only what has changed is drawn anew.
import { $, arrange, day, element, hour } from "/assets/element.js";
import { marked } from "/assets/text.js";

let shown = ""; // the chat the box shows
let drawn = new Map(); // message → its node and what it was drawn from

export function drawMessages(chat, messages, context) {
  const box = $("messages");
  const isNew = shown !== chat;
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  if (isNew) drawn = new Map();
  shown = chat;
  const next = new Map();
  const nodes = [];
  let focus = null;
  let lastDay = "";
  for (const message of messages) {
    const today = day(new Date(message.date * 1000));
    if (today !== lastDay) nodes.push(keep(drawn, next, `day ${today} ${message.id}`, today, () => pill(today)));
    lastDay = today;
    const before = drawn.get(message.id);
    const content = JSON.stringify([message, context.me]);
    nodes.push(keep(drawn, next, message.id, content, () => draw(message, context)));
    focus = focus || focusIn(before, next.get(message.id));
  }
  if (!messages.length) nodes.push(keep(drawn, next, "empty", "", () => element("p", { class: "empty" }, "还没有消息。可以点“试试看”，或在下面输入。")));
  drawn = next;
  arrange(box, nodes);
  if (focus) focus.focus({ preventScroll: true });
  if (isNew || atEnd) box.scrollTop = box.scrollHeight;
}

export function toEnd() {
  $("messages").scrollTop = $("messages").scrollHeight;
}

function keep(before, next, key, content, make) {
  const known = before.get(key);
  const entry = known && known.content === content ? known : { content, node: make() };
  next.set(key, entry);
  return entry.node;
}

// If a message is drawn anew while something in it has the focus: what is now in its place.
function focusIn(before, after) {
  const held = document.activeElement;
  if (!before || before.node === after.node || !before.node.contains(held)) return null;
  const kind = held.closest(".keys") ? ".keys button" : "button, blockquote[tabindex]";
  const place = [...before.node.querySelectorAll(kind)].indexOf(held);
  const now = [...after.node.querySelectorAll(kind)];
  return now[Math.min(place, now.length - 1)] || $("messages");
}

function pill(words) {
  return element("p", { class: "day" }, words);
}

function draw(message, { me, players, open, command, press, reply }) {
  const mine = message.from === me;
  const author = players.find((one) => one.user_id === message.from);
  const who = mine ? null : element(
    "div", { class: "who", hue: author ? author.colour : null },
    message.name, author ? element("span", {}, author.part) : null,
  );
  const via = message.via ? element("div", { class: "via" }, `via @${message.via}`) : null;
  const quoted = message.reply
    ? element("div", { class: "quoted" }, element("b", {}, message.reply.name), ` ${message.reply.text.replaceAll("\n", " ")}`)
    : null;
  const answer = message.is_bot
    ? element("button", { type: "button", class: "reply", onclick: () => reply(message) }, "回复") : null;
  const bubble = element(
    "div", { class: "bubble" }, who, via, answer, quoted,
    message.text ? marked(message.text, message.entities, { key: message.id, open, command }) : null,
    message.document ? file(message.document) : null,
    element("div", { class: "meta" }, message.edited ? "已编辑" : null, element("time", {}, hour(new Date(message.date * 1000)))),
  );
  const rows = message.buttons.map((row) => element("div", { class: "row" }, ...row.map((key) => button(message, key, { open, press }))));
  return element(
    "article", { class: `message${mine ? " mine" : ""}`, "data-id": String(message.id) },
    bubble, rows.length ? element("div", { class: "keys" }, ...rows) : null,
  );
}

function file(document) {
  const size = sizeOf(document.file_size);
  return element(
    "a", { class: "document", href: `/files/${encodeURIComponent(document.file_id)}`, download: document.file_name },
    element("i", { class: "sheet" }), element("span", {}, document.file_name, element("small", {}, `${size}，点开下载`)),
  );
}

function sizeOf(bytes) {
  if (bytes < 1024) return `${bytes} 字节`;
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function button(message, key, { open, press }) {
  const act = async (event) => {
    const pressed = event.currentTarget;
    pressed.setAttribute("aria-busy", "true");
    if (key.url) await open(key.url);
    else await press(message, key.callback_data);
    pressed.removeAttribute("aria-busy");
  };
  return element("button", { type: "button", class: key.url ? "away" : null, onclick: act }, key.text);
}
