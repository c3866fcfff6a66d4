// The language of the document, the way past the top bar, and what Streamlit does not say of it.

function describeBar(menu) {
  const current = document.querySelector(".st-key-topbar .st-key-current a");
  const languages = document.querySelectorAll(".st-key-language button");
  if (!current || languages.length < 2) return;
  for (const link of document.querySelectorAll(".st-key-topbar a")) link.removeAttribute("aria-current");
  current.setAttribute("aria-current", "page");
  document.querySelector(".st-key-menu button")?.setAttribute("aria-label", menu);
  for (const button of languages) {
    button.setAttribute("aria-pressed", String(button.getAttribute("kind") === "primary"));
    button.lang = button.closest(".st-key-language-ru") ? "ru" : "en";
  }
}

export default function shell({ parentElement, data }) {
  document.documentElement.lang = data.lang;
  const link = parentElement.querySelector(".skip-link");
  link.textContent = data.skip;
  link.onclick = (event) => {
    event.preventDefault();
    const content = document.querySelector(".st-key-map-page, .st-key-page");
    content.tabIndex = -1;
    content.focus();
  };
  // The bar is drawn after this component, and anew on each page.
  const watch = new MutationObserver(() => describeBar(data.menu));
  watch.observe(document.body, { subtree: true, childList: true });
  describeBar(data.menu);
  return () => watch.disconnect();
}
