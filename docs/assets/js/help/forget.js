// @ts-check
/** Says that something is remembered, as long as it is, and forgets it when asked to. The HTML stands in partials/forget.html. */
import { forget, load, onChange, remembers } from "./memory.js";

/** @param {unknown} _data @param {AbortSignal} signal Ends when the page is left. */
export function offerToForget(_data, signal) {
  const template = document.getElementById("kb-forget");
  if (!(template instanceof HTMLTemplateElement)) return;
  const bar = /** @type {HTMLElement} */ (template.content.querySelector(".kb-memory")?.cloneNode(true));
  const done = /** @type {HTMLElement} */ (template.content.querySelector(".kb-forgotten")?.cloneNode(true));
  template.after(bar, done);
  const show = () => {
    bar.hidden = !remembers(load());
    if (!bar.hidden) done.hidden = true;
  };
  bar.querySelector("button")?.addEventListener("click", () => {
    forget();
    // The button is gone. That the focus is there makes a screen reader read it.
    done.hidden = false;
    done.focus();
  });
  signal.addEventListener("abort", onChange(show));
  show();
}
