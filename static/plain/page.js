// Plain pages work without this: it only adds what needs a script, printing and copying, and keeps
// from the menu of the top bar what the bar has room for.

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

const bar = document.querySelector(".bar");
const menu = bar.querySelector(".menu");
const [inBar, inMenu] = [".pages a", ".menu nav a"].map((links) => [...bar.querySelectorAll(links)]);

function arrange() {
  for (const link of inBar) link.hidden = false;
  const row = inBar[0].offsetTop;
  const seen = inBar.map((link) => link.offsetParent !== null && link.offsetTop === row);
  inBar.forEach((link, at) => { link.hidden = !seen[at]; });
  inMenu.forEach((link, at) => { link.hidden = seen[at]; });
  menu.toggleAttribute("data-unneeded", seen.every(Boolean));
}

if (inBar.length) {
  new ResizeObserver(arrange).observe(bar);
  document.fonts.ready.then(arrange);
  document.addEventListener("click", (event) => { menu.open &&= menu.contains(event.target); });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
