// Plain pages work without this: it only adds what needs a script, printing and copying.

const told = document.querySelector(".told");

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
    told.textContent = button.dataset.done;
  } catch {
    // Without a secure connection the clipboard is closed: the address is marked to be copied.
    const address = document.querySelector(".address");
    getSelection().selectAllChildren(address);
    address.scrollIntoView({ block: "center" });
    told.textContent = button.dataset.failed;
  }
}

const ACTS = { print: () => window.print(), copy };

for (const button of document.querySelectorAll("[data-act]")) {
  button.hidden = false;
  button.addEventListener("click", () => ACTS[button.dataset.act](button));
}

// What is folded away on the screen belongs on paper.
const folded = () => document.querySelectorAll("main details:not([open])");
let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [...folded()];
  for (const one of opened) one.open = true;
});
window.addEventListener("afterprint", () => {
  for (const one of opened) one.open = false;
});
