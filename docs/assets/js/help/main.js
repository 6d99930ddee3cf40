// @ts-check
/**
 * Starts what helps a person on, each time a page was shown, be it loaded or brought in by instant navigation.
 *
 * @typedef {(data: any, signal: AbortSignal) => void} Feature Gets what the page says about itself; the signal ends with the page.
 */
import { startHours } from "./hours.js";
import { startLadder } from "./ladder.js";
import { offerToForget, recordAnswers } from "./memory.js";
import { startReport } from "./report.js";

/** By kind of page, in the order in which they start. @type {Record<string, Feature[]>} */
const FEATURES = {
  question: [recordAnswers, offerToForget],
  problem: [startReport, startLadder, offerToForget],
};

/** @type {AbortController | undefined} */
let page;
/** What the page says about itself. @type {HTMLElement | null} */
let holder;

function start() {
  try {
    startHours();
  } catch {
    // A browser that does not know the zone: the page says the hours without it.
  }
  const found = document.getElementById("kb-data");
  if (found === holder) return;
  holder = found;
  page?.abort();
  page = new AbortController();
  const data = JSON.parse(holder?.dataset.kb ?? "{}");
  for (const feature of FEATURES[data.kind] ?? []) feature(data, page.signal);
}

// Where storage is blocked, the theme's own script may have failed before it made this.
const { document$ } = /** @type {any} */ (window);
if (document$) document$.subscribe(start);
else start();
