// Makes elements; whatever somebody typed becomes a text node, never markup.
export const $ = (id) => document.getElementById(id);

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "hue") made.style.setProperty("--hue", value);
    else if (value !== undefined && value !== null) made.setAttribute(name, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

// Puts the nodes into the box in this order, touching only what differs, so that focus,
// selection and screen readers stay where they are.
export function arrange(box, nodes) {
  const wanted = new Set(nodes);
  for (const node of [...box.childNodes]) if (!wanted.has(node)) node.remove();
  let at = box.firstChild;
  for (const node of nodes) {
    if (node === at) at = at.nextSibling;
    else box.insertBefore(node, at);
  }
}

const parts = (moment, options) => Object.fromEntries(
  new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hourCycle: "h23", ...options })
    .formatToParts(moment).map((part) => [part.type, part.value]),
);

export function day(moment) {
  const at = parts(moment, { year: "numeric", month: "numeric", day: "numeric", weekday: "short" });
  return `${at.year}年${at.month}月${at.day}日（${at.weekday}）`;
}

export function hour(moment) {
  const at = parts(moment, { hour: "2-digit", minute: "2-digit" });
  return `${at.hour}:${at.minute}`;
}
