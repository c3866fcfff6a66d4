// On paper the map is the one on the screen, made smaller as a whole: its frame cannot draw another in
// the moment of printing.

const PAPER_PX = 680; // width inside the margins of A4 upright

export function fitMapToPaper() {
  window.addEventListener("beforeprint", () => {
    const frame = document.querySelector("iframe.map-frame");
    const { offsetWidth: width, offsetHeight: height } = frame ?? {};
    if (!width || !height) return;
    const { style } = document.documentElement;
    style.setProperty("--map-width", `${width}px`);
    style.setProperty("--map-height", `${height}px`);
    style.setProperty("--map-scale", Math.min(1, PAPER_PX / width, PAPER_PX / height));
  });
}
