// The commands the assistant offers, as a list above the line while somebody types “/”.
import { $, element } from "/assets/element.js";

let offered = [];
let chosen = 0;

export function watchMenu(commandsHere, send) {
  const words = $("words");
  words.addEventListener("input", () => offer(commandsHere(), send));
  words.addEventListener("blur", () => setTimeout(close, 150)); // a press on the list comes first
  words.addEventListener("keydown", (event) => {
    if ($("menu").hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      chosen = (chosen + step + offered.length) % offered.length;
      show(send);
    } else if (event.key === "Tab") {
      event.preventDefault();
      complete(offered[chosen]);
    } else if (event.key === "Enter" && !offered.some((one) => words.value === `/${one.command}`)) {
      event.preventDefault();
      take(offered[chosen], send);
    } else if (event.key === "Escape") {
      close();
    }
  });
}

export function close() {
  $("menu").hidden = true;
  $("words").removeAttribute("aria-activedescendant");
}

function offer(commands, send) {
  const typed = $("words").value;
  offered = /^\/[a-z_]*$/.test(typed) ? commands.filter((one) => one.command.startsWith(typed.slice(1))) : [];
  chosen = 0;
  show(send);
}

function show(send) {
  if (!offered.length) {
    close();
    return;
  }
  $("menu").replaceChildren(...offered.map((one, index) => element(
    "li",
    {
      role: "option", id: `menu-${index}`, "aria-selected": String(index === chosen),
      onclick: () => take(one, send),
    },
    element("b", {}, `/${one.command}`), element("span", {}, one.description),
  )));
  $("menu").hidden = false;
  $("words").setAttribute("aria-activedescendant", `menu-${chosen}`);
  $("menu").children[chosen].scrollIntoView({ block: "nearest" });
}

function take(command, send) {
  close();
  $("words").value = "";
  send(`/${command.command}`);
}

function complete(command) {
  $("words").value = `/${command.command} `;
  close();
}
