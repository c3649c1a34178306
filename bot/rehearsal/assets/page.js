// The page of the rehearsal group: draws the state it is sent; everything typed goes through textContent.
"use strict";

const COLOURS = ["#b3261e", "#6750a4", "#386a20", "#1a66c2", "#8c5000", "#006a6a"];
const $ = (id) => document.getElementById(id);
let state = null;
let me = 1002;
let inGroup = true;
let answering = null;
let seenToasts = null;
const seen = {};
const opened = new Set();

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

async function post(address, content) {
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(content),
    });
    const found = await answer.json();
    if (!found.ok) showToast(found.sentence);
    return found.ok;
  } catch {
    showToast("演练群已停止，请在终端重新启动。");
    return false;
  }
}

function messagesOf(userId, group) {
  return state.chats[String(group ? state.group.id : userId)] || [];
}

function chatKey(userId, group) {
  return group ? `${userId}:group` : `${userId}:private`;
}

function unread(userId, group) {
  const last = seen[chatKey(userId, group)] || 0;
  return messagesOf(userId, group).filter((message) => message.id > last && message.is_bot).length;
}

function player(userId) {
  return state.players.find((one) => one.user_id === userId);
}

function badge(count) {
  return count ? element("span", { class: "unread", "aria-label": `${count}条未读` }, String(count)) : null;
}

function drawPlayers() {
  const draw = (one, index) => {
    const face = element("span", { class: "face", "aria-hidden": "true" }, one.name[0]);
    face.style.background = COLOURS[index % COLOURS.length];
    const name = element("span", { class: "name" }, one.name, element("span", { class: "part" }, one.part));
    const button = element(
      "button",
      { type: "button", class: "player", "aria-pressed": String(one.user_id === me), onclick: () => become(one.user_id) },
      face, name, badge(one.user_id === me ? 0 : unread(one.user_id, false)),
    );
    return element("li", {}, button);
  };
  $("players").replaceChildren(...state.players.filter((one) => one.in_front).map(draw));
  $("others").replaceChildren(...state.players.filter((one) => !one.in_front).map(draw));
}

function become(userId) {
  me = userId;
  answering = null;
  if (!player(me).in_group) inGroup = false;
  draw();
}

function drawTabs() {
  const tab = (button, title, selected, count) => {
    button.replaceChildren(title, ...(count ? [badge(count)] : []));
    button.setAttribute("aria-selected", String(selected));
  };
  tab($("tab-group"), state.group.title, inGroup, inGroup ? 0 : unread(me, true));
  tab($("tab-private"), `与${state.bot.name}私聊`, !inGroup, inGroup ? unread(me, false) : 0);
  $("tab-group").hidden = !player(me).in_group;
  const members = state.players.filter((one) => one.in_group).length;
  $("subtitle").textContent = inGroup ? `${members} 人 · 1 个机器人` : `${player(me).name}（${player(me).part}）的私聊`;
}

// Entities count UTF-16 units, as JavaScript strings do.
function marked(text, entities, key) {
  const points = new Set([0, text.length]);
  for (const entity of entities) points.add(entity.offset).add(entity.offset + entity.length);
  const cuts = [...points].sort((one, other) => one - other);
  const root = element("span");
  let block = null;
  let blockOf = null;
  for (let index = 0; index + 1 < cuts.length; index += 1) {
    const [start, end] = [cuts[index], cuts[index + 1]];
    const covering = entities.filter((e) => e.offset <= start && e.offset + e.length >= end);
    let piece = document.createTextNode(text.slice(start, end));
    if (covering.some((e) => e.type === "bold")) piece = element("b", {}, piece);
    const quote = covering.find((e) => e.type.endsWith("blockquote"));
    if (!quote) {
      if (block && piece.textContent.startsWith("\n")) piece.textContent = piece.textContent.slice(1);
      block = null;
      root.append(piece);
      continue;
    }
    if (blockOf !== quote || !block) {
      block = quote.type === "expandable_blockquote" ? folded(`${key}:${quote.offset}`) : element("blockquote");
      blockOf = quote;
      root.append(block);
    }
    block.append(piece);
  }
  return root;
}

function folded(key) {
  const quote = element("blockquote", { class: "fold", tabindex: "0", role: "button", title: "点开或收起原文" });
  const show = () => {
    quote.classList.toggle("open", opened.has(key));
    quote.setAttribute("aria-expanded", String(opened.has(key)));
  };
  const turn = () => {
    if (!opened.delete(key)) opened.add(key);
    show();
  };
  quote.addEventListener("click", turn);
  quote.addEventListener("keydown", (event) => event.key === "Enter" && turn());
  show();
  return quote;
}

function time(seconds) {
  const parts = new Intl.DateTimeFormat("zh-CN", {
    timeZone: "Asia/Shanghai", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit", hour12: false,
  }).formatToParts(new Date(seconds * 1000));
  const part = Object.fromEntries(parts.map((one) => [one.type, one.value]));
  return `${part.month}月${part.day}日 ${part.hour}:${part.minute}`;
}

function drawMessage(message) {
  const mine = message.from === me;
  const bubble = element(
    "div", { class: "bubble" },
    mine ? null : element("div", { class: "who" }, message.name),
    message.reply ? element("div", { class: "quoted" }, `${message.reply.name}：${message.reply.text}`) : null,
    element("span", { class: "text" }, marked(message.text, message.entities, message.id)),
    message.document
      ? element("a", { class: "document", href: `/files/${message.document.file_id}`, download: message.document.file_name }, `📄 ${message.document.file_name}`)
      : null,
    element("span", { class: "meta" }, `${message.edited ? "已编辑 " : ""}${time(message.date)}`),
  );
  const rows = message.buttons.map((row) => element("div", { class: "row" }, ...row.map((key) => drawKey(message, key))));
  const reply = message.is_bot
    ? element("button", { type: "button", class: "reply", onclick: () => replyTo(message) }, "回复")
    : null;
  return element(
    "article", { class: `message${mine ? " mine" : ""}` }, bubble,
    rows.length ? element("div", { class: "keys" }, ...rows) : null, reply,
  );
}

function drawKey(message, key) {
  const act = async (event) => {
    event.target.disabled = true;
    if (key.url) await openLink(key.url);
    else await post("/press", { user_id: me, in_group: inGroup, message_id: message.id, data: key.callback_data });
    event.target.disabled = false;
  };
  return element("button", { type: "button", onclick: act }, key.text);
}

async function openLink(address) {
  const link = new URL(address);
  const code = link.searchParams.get("start");
  inGroup = false;
  draw();
  await post("/say", { user_id: me, in_group: false, text: code ? `/start ${code}` : "/start" });
}

function replyTo(message) {
  answering = message.id;
  $("answering").firstElementChild.textContent = `回复${message.name}：${message.text.slice(0, 60)}`;
  $("answering").hidden = false;
  $("words").focus();
}

function drawMessages() {
  const box = $("messages");
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80;
  const key = chatKey(me, inGroup);
  const messages = messagesOf(me, inGroup);
  const isNew = box.dataset.chat !== key;
  box.replaceChildren(
    ...(messages.length ? messages.map(drawMessage) : [element("p", { class: "empty" }, "还没有消息。可以点“试试看”，或在下面输入。")]),
  );
  box.dataset.chat = key;
  if (isNew || atEnd) box.scrollTop = box.scrollHeight;
  if (messages.length) seen[key] = messages[messages.length - 1].id;
}

function drawClock() {
  const now = new Date(state.clock);
  const parts = new Intl.DateTimeFormat("zh-CN", {
    timeZone: "Asia/Shanghai", year: "numeric", month: "numeric", day: "numeric",
    weekday: "short", hour: "2-digit", minute: "2-digit", hour12: false,
  }).formatToParts(now);
  const part = Object.fromEntries(parts.map((one) => [one.type, one.value]));
  $("clock").textContent = `${part.year}年${part.month}月${part.day}日（${part.weekday}）${part.hour}:${part.minute}`;
  $("moving").hidden = !state.moving;
  for (const button of document.querySelectorAll(".steps button")) button.disabled = state.moving;
}

function drawLog() {
  $("calls").replaceChildren(
    ...state.calls.slice().reverse().map((call) => element("li", {}, element("b", {}, call.method), ` ${call.text}`)),
  );
}

function drawSuggestions() {
  if ($("suggestions").children.length) return;
  $("suggestions").replaceChildren(...state.suggestions.map((words) => {
    const pick = () => {
      $("words").value = words;
      $("words").focus();
    };
    return element("li", {}, element("button", { type: "button", onclick: pick }, words));
  }));
}

function showToast(text) {
  const toast = $("toast");
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { toast.hidden = true; }, 4000);
}

function drawToasts() {
  const last = state.toasts.length ? state.toasts[state.toasts.length - 1].number : -1;
  if (seenToasts !== null) {
    for (const toast of state.toasts) {
      if (toast.number > seenToasts && toast.user_id === me && toast.text) showToast(toast.text);
    }
  }
  seenToasts = last;
}

function draw() {
  if (answering === null) $("answering").hidden = true;
  drawMessages();
  drawTabs();
  drawPlayers();
  drawClock();
  drawLog();
  drawSuggestions();
  drawToasts();
}

$("say").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = $("words").value;
  const sent = await post("/say", { user_id: me, in_group: inGroup, text, reply_to: answering });
  if (!sent) return;
  $("words").value = "";
  answering = null;
  $("messages").scrollTop = $("messages").scrollHeight;
  draw();
});
$("answering").lastElementChild.addEventListener("click", () => { answering = null; draw(); });
$("tab-group").addEventListener("click", () => { inGroup = true; answering = null; draw(); });
$("tab-private").addEventListener("click", () => { inGroup = false; answering = null; draw(); });
for (const button of document.querySelectorAll(".steps button")) {
  button.addEventListener("click", () => post("/advance", { step: button.dataset.step }));
}

const events = new EventSource("/events");
events.onmessage = (event) => {
  state = JSON.parse(event.data);
  if (seenToasts === null) {
    for (const one of state.players) {
      for (const group of [true, false]) {
        const messages = messagesOf(one.user_id, group);
        seen[chatKey(one.user_id, group)] = messages.length ? messages[messages.length - 1].id : 0;
      }
    }
  }
  draw();
};
