// How Streamlit meets a component of ours: it calls once when the component is put into the page,
// and again with each answer.

function loadSheets(parent, sheets) {
  return Promise.all(sheets.map((address) => new Promise((resolve) => {
    const sheet = document.createElement("link");
    sheet.rel = "stylesheet";
    sheet.href = address;
    sheet.onload = sheet.onerror = resolve;
    parent.append(sheet);
  })));
}

/** `create` makes the component, `sheets` are the addresses of its style sheets. */
export function mounted(create, sheets) {
  const made = new WeakMap();
  return ({ parentElement, data, setTriggerValue }) => {
    let current = made.get(parentElement);
    if (!current) {
      current = create();
      made.set(parentElement, current);
      loadSheets(parentElement, sheets).then(() => current.attach(parentElement));
    }
    current.update(JSON.parse(new TextDecoder().decode(data)), setTriggerValue);
    return () => setTimeout(() => {
      // Streamlit also calls this between two answers: only what has left the page is taken down.
      if (parentElement.isConnected) return;
      current.destroy();
      made.delete(parentElement);
    });
  };
}
