// The page of the rehearsal group: who one is, which chat one sees, what one says and presses.
import { $, arrange, day, element, hour } from "/assets/element.js";
import { watchFiles } from "/assets/files.js";
import { close as closeResults, watchInline } from "/assets/inline.js";
import { drawLog } from "/assets/log.js";
import { close as closeMenu, watchMenu } from "/assets/menu.js";
import { drawMessages, toEnd } from "/assets/messages.js";

const COLOURS = ["#b3261e", "#6750a4", "#386a20", "#1a66c2", "#8c5000", "#006a6a"];
let state = null;
let me = 1002;
let inGroup = true;
let answering = null;
let seenToasts = null;
const seen = {}; // person and chat → the last message that was read
const buttons = new Map(); // person → the button and what it was drawn from

// What the rehearsal answers; null, with a sentence shown, if it says no.
async function fetched(address, kind, body) {
  try {
    const answer = await fetch(address, { method: "POST", headers: { "Content-Type": kind }, body });
    const found = await answer.json();
    if (!found.ok) showToast(found.sentence);
    return found.ok ? found : null;
  } catch {
    $("stopped").hidden = false;
    return null;
  }
}

const asked = (address, content) => fetched(address, "application/json", JSON.stringify(content));
const post = async (address, content) => (await asked(address, content)) !== null;

const player = (userId) => state.players.find((one) => one.user_id === userId);
const messagesOf = (userId, group) => state.chats[String(group ? state.group.id : userId)] || [];
const chatKey = (userId, group) => `${userId}:${group ? "group" : "private"}`;

function unread(userId, group) {
  const last = seen[chatKey(userId, group)] || 0;
  return messagesOf(userId, group).filter((message) => message.id > last && message.is_bot).length;
}

function badge(count) {
  return count ? element("span", { class: "unread", "aria-label": `${count}条未读` }, count > 99 ? "99+" : String(count)) : null;
}

function drawPlayer(one) {
  const waiting = one.user_id === me ? 0 : unread(one.user_id, false);
  const content = `${waiting} ${one.user_id === me}`;
  const known = buttons.get(one.user_id);
  if (known && known.content === content) return known.node;
  const face = element("span", { class: "face", "aria-hidden": "true", hue: one.colour }, one.name[0]);
  const name = element("span", { class: "name" }, one.name, element("span", { class: "part" }, one.part));
  const button = known?.node.firstChild || element("button", { type: "button", class: "player", onclick: () => become(one.user_id) });
  button.setAttribute("aria-pressed", String(one.user_id === me));
  button.replaceChildren(face, name, ...(waiting ? [badge(waiting)] : []));
  const node = known?.node || element("li", {}, button);
  buttons.set(one.user_id, { content, node });
  return node;
}

function drawPlayers() {
  const others = state.players.filter((one) => !one.in_front);
  arrange($("players"), state.players.filter((one) => one.in_front).map(drawPlayer));
  arrange($("others"), others.map(drawPlayer));
  const waiting = others.reduce((sum, one) => sum + (one.user_id === me ? 0 : unread(one.user_id, false)), 0);
  $("more").firstElementChild.replaceChildren("更多委员", ...(waiting ? [badge(waiting)] : []));
}

function become(userId) {
  me = userId;
  if (!player(me).in_group) inGroup = false;
  look(inGroup);
  buttons.get(me).node.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function look(group) {
  inGroup = group;
  answering = null;
  $("toast").hidden = true;
  closeResults();
  draw();
}

function drawTabs() {
  const tab = (button, title, selected, count) => {
    button.replaceChildren(element("span", {}, title), ...(count ? [badge(count)] : []));
    button.setAttribute("aria-selected", String(selected));
  };
  tab($("tab-group"), state.group.title, inGroup, inGroup ? 0 : unread(me, true));
  tab($("tab-private"), `与${state.bot.name}私聊`, !inGroup, inGroup ? unread(me, false) : 0);
  $("tab-group").hidden = !player(me).in_group;
  const members = state.players.filter((one) => one.in_group).length;
  $("subtitle").textContent = inGroup ? `${members} 人 · 1 个机器人` : `${player(me).name} · ${player(me).part}`;
  $("mention").hidden = !inGroup;
  $("attach").hidden = inGroup;
  $("words").placeholder = inGroup ? "用 / 命令，或 @助手 提问" : "输入问题，/ 开头为命令";
}

async function say(text, by = me, group = inGroup) {
  const sent = await post("/say", { user_id: by, in_group: group, text, reply_to: answering });
  if (!sent) return false;
  answering = null;
  draw();
  toEnd();
  return true;
}

// Puts words into the line as if they had been typed.
function type(words) {
  $("words").value = words;
  $("words").focus();
  $("words").dispatchEvent(new Event("input"));
}

async function choose(result) {
  closeResults();
  $("words").value = "";
  const { number, id } = result;
  if (await post("/choose", { user_id: me, in_group: inGroup, number, result: id })) toEnd();
}

async function begin(code) {
  look(false);
  await say(`/start ${code}`.trim());
}

async function sendFiles(files) {
  if (inGroup) {
    showToast("文件请在与助手的私聊里发送。");
    return;
  }
  const by = me;
  for (const file of files) {
    const address = `/send?${new URLSearchParams({ user_id: by, name: file.name })}`;
    if (!(await fetched(address, "application/octet-stream", file))) return;
  }
  toEnd();
}

// A link to the assistant opens the private chat and says the code; any other leaves the page.
async function open(address) {
  let link = null;
  try {
    link = new URL(address);
  } catch {
    return;
  }
  if (link.hostname !== "t.me" || link.pathname.slice(1).toLowerCase() !== state.bot.username.toLowerCase()) {
    if (/^https?:$/.test(link.protocol)) window.open(link.href, "_blank", "noopener,noreferrer");
    return;
  }
  const code = link.searchParams.get("start");
  if (code === null) look(false);
  else await begin(code);
}

function replyTo(message) {
  answering = message.id;
  $("answering").firstElementChild.textContent = `回复 ${message.name}：${message.text.replaceAll("\n", " ").slice(0, 60)}`;
  $("answering").hidden = false;
  $("words").focus();
}

function drawChat() {
  const messages = messagesOf(me, inGroup);
  drawMessages(chatKey(me, inGroup), messages, {
    me, players: state.players, open, reply: replyTo, command: (words) => say(words),
    press: (message, data) => post("/press", { user_id: me, in_group: inGroup, message_id: message.id, data }),
  });
  if (messages.length) seen[chatKey(me, inGroup)] = messages[messages.length - 1].id;
  $("answering").hidden = answering === null;
}

function drawClock() {
  const now = new Date(state.clock);
  if ($("clock").textContent !== day(now) + hour(now)) {
    $("clock").replaceChildren(day(now), element("b", {}, hour(now)));
  }
  $("moving").hidden = !state.moving;
  document.body.classList.toggle("moving", state.moving);
}

// Nobody says or presses anything while the clock is moving.
function stopButtons() {
  for (const button of document.querySelectorAll(".steps button, #suggestions button, #say button, .keys button")) {
    button.disabled = state.moving;
  }
}

function drawSuggestions() {
  if ($("suggestions").children.length) return;
  $("suggestions").replaceChildren(...state.suggestions.map((one) => {
    const by = state.players.find((other) => other.name === one.by);
    const words = one.words.replace(`@${state.bot.username}`, "@助手");
    const pick = () => {
      if (by) me = by.user_id;
      if (!player(me).in_group && one.in_group) me = state.players[0].user_id;
      look(one.in_group);
      if (one.typed) type(one.words);
      else say(one.words);
    };
    const who = one.typed ? element("small", {}, "选条款") : by ? element("small", {}, `${by.name}${one.in_group ? "" : "私聊"}`) : null;
    return element("li", {}, element("button", { type: "button", onclick: pick }, element("span", {}, words), who));
  }));
}

function showToast(text, { alert = false } = {}) {
  if (alert) {
    $("alert").firstElementChild.textContent = text;
    $("alert").showModal();
    return;
  }
  const toast = $("toast");
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { toast.hidden = true; }, 4000);
}

function drawToasts() {
  for (const toast of state.toasts) {
    if (toast.number > seenToasts && toast.user_id === me && toast.text) showToast(toast.text, toast);
    seenToasts = Math.max(seenToasts, toast.number);
  }
}

function placeOf(chatId) {
  if (chatId === state.group.id) return "群";
  const found = state.players.find((one) => one.user_id === chatId);
  return found ? found.name : null;
}

function draw() {
  drawTabs();
  drawPlayers();
  drawSuggestions();
  drawLog(state.calls, placeOf);
  drawClock();
  drawChat();
  stopButtons();
  drawToasts();
}

function commandsHere() {
  const { menus } = state;
  const managers = state.managers.includes(me) ? menus.all_chat_administrators : null;
  return (inGroup ? managers || menus.all_group_chats : menus.all_private_chats) || menus.default || [];
}

// What stood there when the page was opened has been read by everybody.
function readAll() {
  for (const one of state.players) {
    for (const group of [true, false]) {
      const last = messagesOf(one.user_id, group).at(-1);
      seen[chatKey(one.user_id, group)] = last ? last.id : 0;
    }
  }
  seenToasts = Math.max(-1, ...state.toasts.map((toast) => toast.number));
}

function hear() {
  const events = new EventSource("/events");
  events.onopen = () => { $("stopped").hidden = true; };
  events.onerror = () => { $("stopped").hidden = false; };
  events.onmessage = (event) => {
    const next = JSON.parse(event.data);
    if (state && state.session !== next.session) window.location.reload(); // another rehearsal now
    state = next;
    state.players.forEach((one, index) => { one.colour = COLOURS[index % COLOURS.length]; });
    if (seenToasts === null) readAll();
    draw();
  };
}

$("say").addEventListener("submit", async (event) => {
  event.preventDefault();
  closeMenu();
  closeResults();
  if (await say($("words").value)) $("words").value = "";
});
$("mention").addEventListener("click", () => type(`@${state.bot.username} ${$("words").value}`));
$("answering").lastElementChild.addEventListener("click", () => { answering = null; draw(); });
$("tab-group").addEventListener("click", () => look(true));
$("tab-private").addEventListener("click", () => look(false));
for (const button of document.querySelectorAll(".steps button")) {
  button.addEventListener("click", () => post("/advance", { step: button.dataset.step }));
}
watchMenu(commandsHere, say);
watchInline({
  botName: () => state.bot.username,
  ask: (words, offset) => asked("/inline", { user_id: me, in_group: inGroup, words, offset }),
  take: choose,
  start: (code) => { $("words").value = ""; begin(code); },
});
watchFiles(sendFiles);
if (window.matchMedia("(max-width: 900px)").matches) document.querySelector(".log").open = false;
hear();
