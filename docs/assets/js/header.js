// @ts-check
/**
 * Works the menu, the search and the choice of colours by keyboard and by touch. The theme keeps the state of the first two
 * in two hidden checkboxes and reacts to them; the buttons of header.html and nav.html set these and show their state. The
 * search itself comes when somebody turns to it, not with each page.
 */
(() => {
  /** @typedef {"drawer" | "search"} Panel */

  /** @type {Record<Panel, HTMLElement | null>} The button that opened a panel: the focus returns to it. */
  const openers = { drawer: null, search: null };

  /** @param {Panel} panel */
  const toggle = (panel) => /** @type {HTMLInputElement} */ (document.getElementById(`__${panel}`));

  /** @returns {HTMLElement | null} */
  const menu = () => document.getElementById("kb-menu");

  /** @returns {HTMLInputElement | null} */
  const query = () => document.querySelector("#kb-search input");

  /**
   * @param {Panel} panel
   * @param {HTMLElement | null} opener
   */
  function open(panel, opener) {
    openers[panel] = opener;
    if (!toggle(panel).checked) toggle(panel).click();
    if (panel === "search") query()?.focus();
    else menu()?.querySelector("button")?.focus();
  }

  /** @param {Panel} panel */
  function close(panel) {
    if (toggle(panel).checked) toggle(panel).click();
  }

  /** Shows the state of a panel on its buttons, and brings the focus back when it has closed. @param {Panel} panel */
  function reflect(panel) {
    const { checked } = toggle(panel);
    for (const button of document.querySelectorAll(`[data-kb-opens=${panel}][aria-expanded]`))
      button.setAttribute("aria-expanded", String(checked));
    const opener = openers[panel];
    if (checked || !opener) return;
    openers[panel] = null;
    const inside = panel === "drawer" ? menu() : document.getElementById("kb-search");
    const active = document.activeElement;
    if (opener.isConnected && (!active || active === document.body || inside?.contains(active))) opener.focus();
  }

  function startSearch() {
    import("./search/main.js").catch(() => {
      const state = /** @type {HTMLElement | null} */ (document.querySelector("#kb-search [data-kb-state]"));
      if (state) state.textContent = state.dataset.kbFailed ?? "";
    });
  }

  for (const panel of /** @type {Panel[]} */ (["drawer", "search"]))
    toggle(panel).addEventListener("change", () => reflect(panel));

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const opener = event.target.closest("[data-kb-opens]");
    const closer = event.target.closest("[data-kb-closes]");
    if (opener instanceof HTMLElement) open(/** @type {Panel} */ (opener.dataset.kbOpens), opener);
    if (closer instanceof HTMLElement) close(/** @type {Panel} */ (closer.dataset.kbCloses));
    for (const colours of document.querySelectorAll("[data-kb-palette][open]"))
      if (!colours.contains(event.target)) colours.removeAttribute("open");
  });

  // Leaving the menu by Tab closes it: what lies under it cannot be seen.
  document.addEventListener("focusin", (event) => {
    if (!toggle("drawer").checked || !(event.target instanceof Node)) return;
    if (menu()?.contains(event.target)) return;
    openers.drawer = null;
    close("drawer");
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLElement && event.target.matches("input:not([type=radio]), textarea, select");
    if (event.key === "Escape") {
      const colours = document.querySelector("[data-kb-palette][open]");
      if (colours) {
        colours.removeAttribute("open");
        colours.querySelector("summary")?.focus();
      }
      close("drawer");
    } else if (event.key === "/" && !typing && !toggle("search").checked && !event.ctrlKey && !event.metaKey) {
      // The theme does the same, but its closed search cannot take the focus on narrow screens.
      event.preventDefault();
      event.stopPropagation();
      open("search", document.activeElement instanceof HTMLElement ? document.activeElement : null);
    } else if (/^[fsnp.,]$/.test(event.key) && !typing && !toggle("search").checked) {
      // Single letters of the theme: speech input sets them off by accident (WCAG 2.1.4).
      event.stopPropagation();
    }
  });

  query()?.addEventListener("focus", () => {
    if (!toggle("search").checked) toggle("search").click();
    startSearch();
  });
  // A link with a question in it, such as …/?q=no+code.
  if (new URLSearchParams(location.search).has("q")) startSearch();

  // The theme never marks the colours that are in use.
  const media = document.body.getAttribute("data-md-color-media");
  for (const input of document.querySelectorAll("[data-kb-palette] input"))
    if (input instanceof HTMLInputElement) input.checked = input.dataset.mdColorMedia === media;
})();
