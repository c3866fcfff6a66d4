// The control that chooses a file. Streamlit's own uploader, which stays unseen because its words are
// English, carries the bytes: a file chosen here is handed to its input.

import { element } from "../explorer/elements.js";

const LONGEST_NAME = 120;
const choosers = new WeakMap();

// A name longer than any disk takes would break the request; its ending says the format.
function withShortName(file) {
  const letters = [...file.name];
  if (letters.length <= LONGEST_NAME) return file;
  const short = `${letters.slice(0, LONGEST_NAME - 21).join("")}…${letters.slice(-20).join("")}`;
  return new File([file], short, { type: file.type });
}

function createChooser() {
  const input = element("input", { type: "file", class: "heard", "aria-describedby": "limits fault" });
  const button = element("label", { class: "button" }, input, element("span"));
  const drop = element("p", { class: "drop", id: "limits" });
  const sending = element("p", { class: "sending", hidden: true });
  const bar = element("progress", { "aria-hidden": "true" });
  const words = element("span");
  const stop = element("button", { type: "button", class: "stop" });
  sending.append(bar, words, stop);
  const fault = element("p", { class: "fault", id: "fault", role: "alert", hidden: true });
  const status = element("p", { class: "heard", role: "status", "aria-live": "polite" });
  const zone = element("div", { class: "zone" }, button, drop, sending, fault, status);
  let data = null;
  let sent = 0;
  let taken = null;

  const carrier = () => document.querySelector(`.st-key-${data.carrier}`);
  const say = (text) => { if (status.textContent !== text) status.textContent = text; };

  function complain(text) {
    fault.textContent = text;
    fault.hidden = !text;
  }

  function busy(on) {
    sending.hidden = !on;
    button.hidden = drop.hidden = on;
    if (on) say(data.texts.sending);
    else clearTimeout(sent);
  }

  // Streamlit writes the end of a failed sending into its own list of files.
  function watch() {
    sent = setTimeout(() => {
      const failed = carrier()?.querySelector('[data-testid="stFileUploaderFileErrorMessage"]');
      if (failed) {
        clear();
        busy(false);
        complain(data.texts.failed);
      } else watch();
    }, 300);
  }

  function clear() {
    carrier()?.querySelectorAll('[data-testid="stFileUploaderDeleteBtn"] button').forEach((b) => b.click());
  }

  function send(files) {
    const [file] = files;
    input.value = "";
    if (!file) return;
    if (files.length > 1) return complain(data.texts.one);
    if (file.size > data.most) {
      const found = (Math.ceil(file.size / 1e5) / 10).toLocaleString(document.documentElement.lang);
      return complain(data.texts.too_big.replace("{found}", found));
    }
    complain("");
    busy(true);
    const transfer = new DataTransfer();
    transfer.items.add(withShortName(file));
    const target = carrier().querySelector('input[type="file"]');
    target.files = transfer.files;
    target.dispatchEvent(new Event("change", { bubbles: true }));
    watch();
  }

  input.addEventListener("change", () => send([...input.files]));
  stop.addEventListener("click", () => { clear(); busy(false); input.focus(); });
  for (const kind of ["dragenter", "dragover"]) {
    zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("over"); });
  }
  for (const kind of ["dragleave", "drop"]) {
    zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.remove("over"); });
  }
  zone.addEventListener("drop", (event) => send([...event.dataTransfer.files]));

  return {
    zone,
    update(given) {
      data = given;
      button.lastChild.textContent = data.texts.choose;
      drop.textContent = data.texts.drop;
      words.textContent = data.texts.sending;
      stop.textContent = data.texts.stop;
      input.accept = data.endings;
      if (data.taken && data.taken !== taken) {
        taken = data.taken;
        busy(false);
        clear();
      }
      if (data.said) say(data.said);
    },
    destroy: () => clearTimeout(sent),
  };
}

export default function chooser({ parentElement, data }) {
  let current = choosers.get(parentElement);
  if (!current) {
    current = createChooser();
    choosers.set(parentElement, current);
    const sheet = element("link", { rel: "stylesheet", href: new URL("./chooser.css", import.meta.url).href });
    parentElement.append(sheet, current.zone);
  }
  current.update(data);
  return () => setTimeout(() => {
    // Streamlit also calls this between two answers: only what has left the page is taken down.
    if (parentElement.isConnected) return;
    current.destroy();
    choosers.delete(parentElement);
  });
}
