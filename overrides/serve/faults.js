// Under `mkdocs serve`: shows what the engine found wrong with the content, above the last good page.
"use strict";
{
  const report = new URL("../../faults.txt", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  fetch(report, { cache: "no-store" })
    .then((response) => (response.ok ? response.text() : ""))
    .then((text) => {
      if (!text) return;
      const box = document.createElement("pre");
      box.id = "faults";
      box.setAttribute("role", "alert");
      box.textContent = text;
      box.style.cssText =
        "position:relative;z-index:9;margin:0;padding:1rem;overflow-x:auto;white-space:pre-wrap;background:#7a0c0c;color:#fff;font:14px/1.5 monospace";
      document.body.prepend(box);
    });
}
