// The language of the document, the way past the top bar, and what Streamlit does not say of it.

const CONTENT = ".st-key-map-page, .st-key-page";

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

// Where the skip link leads; a script moves the focus, as the address belongs to the filters.
function describeContent() {
  const content = document.querySelector(CONTENT);
  if (!content || content.id === "content") return;
  content.id = "content";
  content.tabIndex = -1;
}

// A link of a text page to the map: followed as an address it would end the session, and with it the
// layer that the viewer brought. A new tab is left to the browser.
function followInside(event, open) {
  const link = event.target.closest?.('.atlas-page a[target="_self"][href^="./?"]');
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  open(new URL(link.href).search.slice(1));
}

export default function shell({ parentElement, data, setTriggerValue }) {
  document.documentElement.lang = data.lang;
  const link = parentElement.querySelector(".skip-link");
  link.textContent = data.skip;
  link.onclick = (event) => {
    event.preventDefault();
    document.querySelector(CONTENT).focus();
  };
  // The bar and the page are drawn after this component, and anew on each page.
  const describe = () => {
    describeBar(data.menu);
    describeContent();
  };
  const watch = new MutationObserver(describe);
  watch.observe(document.body, { subtree: true, childList: true });
  describe();
  const follow = (event) => followInside(event, (params) => setTriggerValue("open", params));
  document.addEventListener("click", follow);
  return () => {
    watch.disconnect();
    document.removeEventListener("click", follow);
  };
}
