// Files for the assistant: dropped onto the private chat, or picked with the button.
import { $ } from "/assets/element.js";

export function watchFiles(send) {
  const area = document.querySelector("main");
  $("attach").addEventListener("click", () => $("file").click());
  $("file").addEventListener("change", async () => {
    const picked = [...$("file").files];
    $("file").value = "";
    await send(picked);
  });
  area.addEventListener("dragover", (event) => {
    event.preventDefault();
    $("drop").hidden = false;
  });
  area.addEventListener("dragleave", (event) => {
    if (!area.contains(event.relatedTarget)) $("drop").hidden = true;
  });
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    $("drop").hidden = true;
    send([...event.dataTransfer.files]);
  });
}
