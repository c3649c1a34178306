// What the assistant lists for “@助手名 关键词”, above the line: one is chosen, or more are asked for.
import { $, element } from "/assets/element.js";

const CALM = 250; // milliseconds without a key before the assistant is asked
let asked = 0; // only the answer to the newest question is shown
let timer = null;
let list = null; // the words, the number of the query, the results, where the next page begins
let chosen = -1;

export function watchInline({ botName, ask, take, start }) {
  const words = $("words");
  words.addEventListener("input", () => {
    clearTimeout(timer);
    const typed = keywords(words.value, botName());
    asked += 1;
    if (typed === null) close();
    else timer = setTimeout(() => look(typed, "", { ask, take, start }), CALM);
  });
  words.addEventListener("keydown", (event) => {
    if ($("found").hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      mark(Math.max(-1, Math.min(chosen + step, list.results.length - 1)));
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      take(list.results[chosen]);
    } else if (event.key === "Escape") {
      close();
    }
  });
}

export function close() {
  asked += 1;
  clearTimeout(timer);
  $("found").hidden = true;
  $("words").removeAttribute("aria-activedescendant");
}

// The words behind the name at the beginning of the line; null if something else stands there.
function keywords(line, name) {
  const head = line.slice(0, name.length + 2).toLowerCase();
  return head === `@${name.toLowerCase()} ` ? line.slice(head.length).trim() : null;
}

async function look(words, offset, acts) {
  asked += 1;
  const mine = asked;
  const answer = await acts.ask(words, offset);
  if (mine !== asked || answer === null) return;
  const page = answer.results.map((one) => ({ ...one, number: answer.number }));
  const before = offset ? list : { results: [], button: answer.button };
  list = { results: [...before.results, ...page], button: before.button };
  draw(acts);
  $("further").hidden = !answer.next_offset;
  $("further").onclick = () => look(words, answer.next_offset, acts);
  if (!offset) $("found").scrollTop = 0;
}

function draw({ take, start }) {
  chosen = -1;
  $("way").hidden = !list.button;
  $("way").textContent = list.button ? list.button.text : "";
  $("way").onclick = () => start(list.button.start_parameter);
  $("results").replaceChildren(...list.results.map((one, index) => element(
    "li", { role: "option", id: `result-${index}`, "aria-selected": "false", onclick: () => take(one) },
    element("b", {}, one.title), element("span", {}, one.description),
  )));
  $("found").hidden = !list.button && !list.results.length;
}

function mark(index) {
  chosen = index;
  [...$("results").children].forEach((node, at) => node.setAttribute("aria-selected", String(at === index)));
  if (index < 0) return;
  $("words").setAttribute("aria-activedescendant", `result-${index}`);
  $("results").children[index].scrollIntoView({ block: "nearest" });
}
