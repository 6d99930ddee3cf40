// @ts-check
/** What can be scrolled sideways must be reached by keyboard; the theme wraps tables without that. */
(() => {
  function reachTables() {
    for (const table of document.querySelectorAll(".md-typeset__scrollwrap")) {
      if (table.scrollWidth <= table.clientWidth) continue;
      table.setAttribute("tabindex", "0");
      table.setAttribute("role", "region");
      let heading = table.previousElementSibling;
      while (heading && !heading.matches("h1, h2, h3, h4")) heading = heading.previousElementSibling;
      table.setAttribute("aria-label", `Table: ${heading?.firstChild?.textContent ?? document.title}`);
    }
  }

  // By then the theme has wrapped them.
  requestAnimationFrame(reachTables);
})();
