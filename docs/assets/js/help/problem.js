// @ts-check
/**
 * A problem shows its remedies one after another, and the report as soon as somebody turns to it or there is something to put
 * into it. Until then the report's scripts, most of which take out secrets, are not loaded.
 */
import { startLadder } from "./ladder.js";
import { load, onChange, page } from "./memory.js";

/** The list to write down by hand, and the offer to have it written. */
const [plain, offer] = /** @type {NodeListOf<HTMLElement>} */ (
  document.querySelectorAll("#kb-report [data-report=plain], #kb-report [data-report=start]")
);
/** Shows the form, once its scripts are there. @type {Promise<(wide: boolean) => void> | undefined} */
let report;
let ready = false;

/** @param {boolean} wanted Whether somebody is to see the form now. */
async function prepare(wanted) {
  try {
    report ??= import("./report.js").then(({ startReport }) => startReport(page));
    const show = await report;
    ready = true;
    if (wanted) show(true);
  } catch {
    // Tried again the next time. Until then it can be written by hand.
    report = undefined;
    if (wanted) plain.hidden = false;
  }
}

function remembered() {
  if (!ready && load().changed) prepare(false);
}

if (plain && offer) {
  plain.hidden = true;
  offer.hidden = false;
  offer.addEventListener("click", ({ target }) => {
    // Once the scripts are there, they do it.
    if (!ready && /** @type {HTMLElement} */ (target).dataset.report === "open") prepare(true);
  });
  addEventListener("kb:stuck", () => prepare(true));
  onChange(remembered);
  remembered();
  if (location.hash === "#kb-report") prepare(true);
}
startLadder(page);
