// What Streamlit calls: once when the component is put into the page, again with each answer.

import { createExplorer } from "./explorer.js";

const SHEETS = ["base", "filters", "list", "map", "panel", "phone"];
const explorers = new WeakMap();

async function loadSheets(parent) {
  await Promise.all(SHEETS.map((name) => new Promise((resolve) => {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = new URL(`./${name}.css`, import.meta.url).href;
    sheet.onload = sheet.onerror = resolve;
    parent.append(sheet);
  })));
}

export default function explorer({ parentElement, data, setTriggerValue }) {
  let current = explorers.get(parentElement);
  if (!current) {
    current = createExplorer();
    explorers.set(parentElement, current);
    loadSheets(parentElement).then(() => current.attach(parentElement));
  }
  current.update(JSON.parse(new TextDecoder().decode(data)), setTriggerValue);
  return () => setTimeout(() => {
    // Streamlit also calls this between two answers: only what has left the page is taken down.
    if (parentElement.isConnected) return;
    current.destroy();
    explorers.delete(parentElement);
  });
}
