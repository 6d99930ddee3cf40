// @ts-check
/**
 * What has to be done each time a page was shown, be it loaded or brought in by instant navigation.
 */
(() => {
  let first = true;

  /**
   * After instant navigation the focus goes to where a new page would be read from: its heading, or the section that the
   * address names. That alone makes a screen reader read it; there is no live region besides, which would say it twice.
   */
  function focusHeading() {
    if (first) {
      first = false;
      return;
    }
    const named = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const target = named || document.querySelector(".md-content h1");
    if (!(target instanceof HTMLElement)) return;
    if (!target.matches("a, button, input, [tabindex]")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }

  /** What can be scrolled sideways must be reached by keyboard; the theme wraps tables without that. */
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

  /** Links that lead off the site: print.css writes their addresses out. */
  function markOutside() {
    for (const link of document.querySelectorAll(".md-content__inner a[href]"))
      if (link instanceof HTMLAnchorElement && link.host !== location.host && link.protocol.startsWith("http"))
        link.toggleAttribute("data-kb-outside", true);
  }

  /** @type {any} */ (window).document$?.subscribe(() => {
    focusHeading();
    markOutside();
    requestAnimationFrame(reachTables);
  });
})();
