// Light or dark is Streamlit's choice; it is read off the background it hands to the component.

const DARK = window.matchMedia("(prefers-color-scheme: dark)");
const REDUCED = window.matchMedia("(prefers-reduced-motion: reduce)");

export function isDark(node) {
  const [red, green, blue] = getComputedStyle(node).backgroundColor.match(/[\d.]+/g).map(Number);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128;
}

export const prefersLessMotion = () => REDUCED.matches;

/** Streamlit follows the system's choice a moment after it changes. */
export function watchTheme(act) {
  const later = () => setTimeout(act, 300);
  DARK.addEventListener("change", later);
  return () => DARK.removeEventListener("change", later);
}
