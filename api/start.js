// Runs before Streamlit's own scripts; see api/frontend.py.
(function () {
  "use strict";

  // Known beforehand, so the page need not ask for it, nor try addresses below its own path.
  window.__streamlit = {
    BACKEND_BASE_URL: location.origin,
    HOST_CONFIG: {
      allowedOrigins: [location.origin], // no other site may command this page
      useExternalAuthToken: false,
      enableCustomParentMessages: false,
      enforceDownloadInNewTab: false,
      blockErrorDialogs: false,
      metricsUrl: "",
    },
    // Until the theme arrives; otherwise Streamlit's typeface is fetched for one word.
    LIGHT_THEME: { bodyFont: "system-ui, sans-serif", headingFont: "system-ui, sans-serif" },
    DARK_THEME: { bodyFont: "system-ui, sans-serif", headingFont: "system-ui, sans-serif" },
  };

  // Streamlit fetches its icons, 375 kB, on every page; they come anyway where one is drawn.
  const load = document.fonts.load.bind(document.fonts);
  document.fonts.load = (font, text) =>
    font.includes("Material Symbols") ? Promise.resolve([]) : load(font, text);
})();
