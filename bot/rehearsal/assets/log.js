// What the assistant asked the Bot API for, newest first, in plain words.
import { $, arrange, element } from "/assets/element.js";
import { signs } from "/assets/text.js";

const ACTS = {
  sendMessage: "发消息", editMessageText: "改消息", editMessageReplyMarkup: "改按钮", deleteMessage: "删消息",
  sendDocument: "发文件", answerCallbackQuery: "弹出提示", answerInlineQuery: "列出条款", getFile: "取文件", setMyCommands: "设菜单", getMe: "问自己是谁",
  deleteWebhook: "改用轮询", pinChatMessage: "置顶", getChat: "看聊天", getChatMember: "看成员", leaveChat: "退群",
};
const drawn = new Map();

export function drawLog(calls, placeOf) {
  const lines = calls.slice().reverse().map((call) => {
    const key = `${call.number} ${call.error || ""}`;
    if (!drawn.has(key)) drawn.set(key, line(call, placeOf(call.chat)));
    return drawn.get(key);
  });
  arrange($("calls"), lines);
}

function line(call, place) {
  return element(
    "li", {},
    element(
      "div", { class: "act" }, element("b", {}, ACTS[call.method] || call.method),
      place ? element("span", {}, `→ ${place}`) : null, element("code", {}, call.method),
    ),
    call.text ? element("div", { class: "said" }, signs(call.text)) : null,
    call.error ? element("div", { class: "failed" }, `没有成功：${call.error}`) : null,
  );
}
