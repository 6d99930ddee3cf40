// @ts-check
/**
 * Takes the answers of the questions along: those in a page's address, and the one that a person chooses next, which may
 * lead to an article whose address says nothing about it.
 */
import { load, update } from "./memory.js";

/** @typedef {{facet: string, value: string, question: string, answer: string | null, lacks: string[]}} Given */

const UNSURE = "I'm not sure";

/** The answers that the address asks to keep, as flow.js hands them on. */
const kept = () => new Set(/^#keep=([a-z0-9.-]{1,400})$/.exec(location.hash)?.[1].split(".") ?? []);

/** These answers are the ones that hold: an earlier way through the questions no longer counts. @param {Given[]} given */
function remember(given) {
  const keep = kept();
  const { answers } = load();
  /** @type {typeof answers} */
  const next = {};
  for (const [facet, answer] of Object.entries(answers)) if (keep.has(`${facet}-${answer.value}`)) next[facet] = answer;
  for (const { facet, value, question, answer, lacks } of given)
    next[facet] = { value, question, answer: answer ?? UNSURE, lacks: lacks ?? [] };
  const same = (/** @type {typeof answers} */ one) => JSON.stringify(Object.entries(one).sort());
  if (same(answers) !== same(next))
    update((memory) => {
      memory.answers = next;
    });
}

/** @param {any} data What the page says about itself. @param {AbortSignal} signal */
export function recordAnswers(data, signal) {
  const given = data.given ?? [];
  if (given.length) remember(given);
  const root = new URL(data.root, location.href);
  /** @type {(Given & {url: string})[]} */
  const choices = data.choices ?? [];
  const listen = (/** @type {Event} */ event) => {
    const link = event.target instanceof Element && event.target.closest("a[href]");
    if (!(link instanceof HTMLAnchorElement)) return;
    // Several answers may lead to the same article: what counts is which of them was chosen.
    const choice = choices.find(({ url, answer }) => new URL(url, root).pathname === link.pathname && answer === link.textContent?.trim());
    if (choice) remember([...given, choice]);
  };
  // Before the theme, which takes the click for its instant navigation.
  document.querySelector(".kb-flow, .kb-home__question")?.addEventListener("click", listen, { signal, capture: true });
}
