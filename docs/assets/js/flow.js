// @ts-check
/**
 * Keeps later answers when an earlier one is changed. A "Change" link leads to the earlier question and names the answers that
 * came after it in its fragment: `#keep=method-text.phone-abroad`. Here the fragment is handed on to the next pages, and a
 * question that it answers is answered. Nothing is stored anywhere else; without this script a person answers again.
 */
(() => {
  const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

  /** The answers that the address asks to keep. @returns {string[]} */
  function kept() {
    const match = /^#keep=([a-z0-9.-]{1,400})$/.exec(location.hash);
    return match ? match[1].split(".").filter((id) => ID.test(id)) : [];
  }

  /**
   * The answer links of a question, by the answer that each stands for.
   * @param {Element} flow
   * @returns {Map<string, HTMLAnchorElement>}
   */
  function choices(flow) {
    const links = [...flow.querySelectorAll(".kb-answers a[href]")].filter((link) => link instanceof HTMLAnchorElement);
    /** @type {Map<string, HTMLAnchorElement>} */
    const found = new Map();
    for (const [answer, url] of Object.entries(JSON.parse(flow.getAttribute("data-kb-flow") || "{}"))) {
      const { pathname } = new URL(url, location.href);
      const link = links.find((candidate) => candidate.pathname === pathname);
      if (link) found.set(answer, link);
    }
    return found;
  }

  /** @param {Element} flow */
  function apply(flow) {
    const keep = kept();
    if (!keep.length) return;
    const offered = choices(flow);
    const known = keep.find((answer) => offered.has(answer));
    const rest = keep.filter((answer) => answer !== known);
    const fragment = rest.length ? `#keep=${rest.join(".")}` : "";
    if (known) {
      // Replaces this entry of the history: "Back" must not come here again, only to be sent on once more.
      const link = /** @type {HTMLAnchorElement} */ (offered.get(known));
      location.replace(link.href.split("#")[0] + fragment);
      return;
    }
    for (const link of offered.values()) if (/\/(find|assist)\//.test(link.pathname)) link.hash = fragment;
  }

  const flow = document.querySelector("[data-kb-flow]");
  if (flow) apply(flow);
})();
