// @ts-check
/**
 * Starts what helps a person on, each time a page was shown, be it loaded or brought in by instant navigation.
 *
 * @typedef {(data: any, signal: AbortSignal) => void} Feature Gets what the page says about itself; the signal ends with the page.
 */
import { recordAnswers } from "./answers.js";
import { offerToForget } from "./forget.js";
import { startHours } from "./hours.js";
import { startLadder } from "./ladder.js";
import { startReport } from "./report.js";

/** By kind of page, in the order in which they start. @type {Record<string, Feature[]>} */
const FEATURES = {
  question: [recordAnswers, offerToForget],
  problem: [startReport, startLadder, offerToForget],
};

let page = new AbortController();

function start() {
  startHours();
  const holder = document.getElementById("kb-data");
  if (holder?.hasAttribute("data-started")) return;
  page.abort();
  page = new AbortController();
  if (!holder) return;
  holder.setAttribute("data-started", "");
  const data = JSON.parse(holder.getAttribute("data-kb") ?? "{}");
  for (const feature of FEATURES[data.kind] ?? []) feature(data, page.signal);
}

// Where storage is blocked, the theme's own script may have failed before it made this.
const { document$ } = /** @type {any} */ (window);
if (document$) document$.subscribe(start);
else start();
