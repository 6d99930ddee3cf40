// @ts-check
/**
 * After instant navigation the focus goes to where a new page would be read from: its heading, or the section that the
 * address names. That alone makes a screen reader read it; there is no live region besides, which would say it twice.
 */
(() => {
  /** @type {import("rxjs").Observable<Document> | undefined} */
  const pages = /** @type {any} */ (window).document$;
  let first = true;

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

  pages?.subscribe(focusHeading);
})();
