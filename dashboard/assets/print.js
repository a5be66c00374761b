/* Paper is white and narrower than a window: before printing, the page turns light, and each chart is told how far it must shrink
   to fit (the print rules at the end of style.css). */
(function () {
  "use strict";
  const PAPER = 680; // px inside the margins of an upright A4 or Letter page
  const SCHEME = "data-mantine-color-scheme";
  let before = null;

  window.addEventListener("beforeprint", function () {
    before = document.documentElement.getAttribute(SCHEME);
    document.documentElement.setAttribute(SCHEME, "light");
    for (const chart of document.querySelectorAll(".js-plotly-plot")) {
      const width = chart.getBoundingClientRect().width;
      chart.style.setProperty("--fit", String(width ? Math.min(1, PAPER / width) : 1));
    }
  });
  window.addEventListener("afterprint", function () {
    if (before !== null) document.documentElement.setAttribute(SCHEME, before);
    before = null;
  });
})();
