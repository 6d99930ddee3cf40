// @ts-check
/**
 * Makes a ladder of a problem's remedies: one open at a time, each asks whether it helped, and what was tried is remembered.
 * Without this script, and on paper, they are a numbered checklist. The HTML stands in partials/ladder.html and step.html.
 */
import { load, onChange, update } from "./memory.js";

/** @typedef {{id: string, title: string, needs: {id: string, label: string}[]}} Remedy */

const HELPED = "helped";

/** @param {string} iso */
function ago(iso) {
  const minutes = Math.round((Date.now() - Date.parse(iso)) / 60_000);
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang);
  if (minutes < 1) return "just now";
  return minutes < 60 ? format.format(-minutes, "minute") : format.format(-Math.round(minutes / 60), "hour");
}

/** @param {ParentNode} parent @param {string} selector @returns {any} */
const find = (parent, selector) => parent.querySelector(selector);

/** Brings the beginning of what comes next into sight, and the focus to it. @param {HTMLElement} target */
function goTo(target) {
  target.focus({ preventScroll: true });
  const around = /** @type {Element} */ (target.closest("section, .ladder-end"));
  const { top, bottom } = around.getBoundingClientRect();
  if (top < 80 || bottom > innerHeight) around.scrollIntoView();
}

/** @param {{id: string, remedies: Remedy[]}} data */
export function startLadder({ id: problem, remedies }) {
  const ladder = find(document, ".ladder");
  const [status, good, end] = [".ladder-status", "[data-end=helped]", "[data-end=stuck]"].map((name) => find(document, name));
  /** What follows the article: stands right below the ladder as soon as nothing is left to try. */
  const onward = find(document, "#kb-onward");
  /** Steps that are tried once more. @type {Set<string>} */
  const again = new Set();
  /** What just happened, for people who do not see it. */
  let news = "";
  let ended = false;

  const steps = remedies.map(({ id, title, needs }) => {
    const section = find(ladder, `[data-remedy="${id}"]`);
    const [heading, mark, body, ask, retry, tick] = ["h3", ".ladder-mark", ".ladder-body", ".ladder-ask", ".ladder-again", "input"].map((name) => find(section, name));
    const button = /** @type {any} */ (document.createElement("button"));
    button.className = "ladder-toggle";
    button.append(...heading.childNodes);
    heading.append(button, ...button.querySelectorAll(".headerlink"));
    mark.id = `kb-mark-${id}`;
    button.setAttribute("aria-describedby", mark.id);
    button.addEventListener("click", () => {
      choose(look().current === id ? "" : id);
      // A step that was open above has closed, and this one moved up.
      if (look().current) goTo(button);
    });
    // Found by the browser's own search within the page, which opens what it finds.
    body.addEventListener("beforematch", () => choose(id));
    for (const answer of ask.querySelectorAll("button")) answer.addEventListener("click", () => finish(id, title, answer));
    find(retry, "button").addEventListener("click", () => {
      again.add(id);
      choose(id);
      find(ask, "button").focus();
    });
    return { id, needs, section, button, mark, body, ask, retry, tick };
  });
  ladder.prepend(status);
  ladder.append(good, end);
  ladder.dataset.on = "";

  /** What there is to show, as it follows from the memory alone. */
  function look() {
    const { answers, tried, open } = load();
    const all = steps.map((step) => {
      const done = tried[step.id];
      const fresh = again.has(step.id) || done?.result !== "not";
      /** Why it cannot be done now. */
      const [missing] = Object.values(answers).flatMap(({ answer, lacks }) =>
        step.needs.filter(({ id }) => lacks.includes(id)).map(({ label }) => `Not possible now: this needs ${label}. You answered: ${answer}.`),
      );
      return { ...step, done, fresh, missing, left: fresh && !missing };
    });
    const ordered = [...all.filter(({ missing }) => !missing), ...all.filter(({ missing }) => missing)];
    const helped = ordered.find(({ done }) => done?.result === HELPED && done.problem === problem);
    const left = ordered.find(({ left }) => left);
    return { ordered, helped, stuck: !helped && !left, current: open[problem] ?? (helped ? "" : left?.id) };
  }

  function show() {
    const { ordered, helped, stuck, current } = look();
    const focused = /** @type {HTMLElement} */ (document.activeElement);
    const shown = ladder.querySelectorAll("[data-remedy]");
    if (ordered.some(({ section }, number) => section !== shown[number])) good.before(...ordered.map(({ section }) => section));
    for (const { id, done, fresh, missing, section, button, mark, body, ask, retry, tick } of ordered) {
      const opened = id === current;
      button.setAttribute("aria-expanded", opened);
      body.hidden = !opened && "until-found";
      section.dataset.state = done?.result ?? (missing ? "missing" : "");
      const result = done && `Tried ${ago(done.at)}: ${done.result === HELPED ? "helped" : "did not help"}.`;
      mark.textContent = [result, missing].filter(Boolean).join(" ");
      mark.hidden = !mark.textContent;
      // One that helped under another problem is worth asking about here.
      ask.hidden = helped || !fresh;
      retry.hidden = helped || fresh;
      tick.checked = done;
    }
    good.hidden = !helped;
    end.hidden = !stuck;
    if (stuck && ladder.nextElementSibling !== onward) ladder.after(onward);
    const number = ordered.findIndex(({ id }) => id === current) + 1;
    const where = number ? `Step ${number} of ${steps.length}` : helped || stuck ? "" : `${steps.length} steps`;
    const said = `${news} ${where}`.trim();
    if (status.textContent !== said) status.textContent = said;
    news = "";
    // What was moved lost the focus.
    if (ladder.contains(focused) && document.activeElement !== focused) focused.focus();
    if (stuck && !ended) dispatchEvent(new Event("kb:stuck"));
    ended = stuck;
  }

  /** Opens a step, or none, and remembers that. @param {string} id */
  function choose(id) {
    update(({ open }) => {
      open[problem] = id;
    });
  }

  /** @param {string} id @param {string} title @param {any} answer */
  function finish(id, title, { value: result, dataset }) {
    again.delete(id);
    const { ordered } = look();
    const at = ordered.findIndex((step) => step.id === id);
    const next = result === HELPED ? undefined : [...ordered.slice(at + 1), ...ordered.slice(0, at)].find(({ left }) => left);
    news = dataset.news;
    update(({ tried, open }) => {
      tried[id] = { title, result, problem, at: new Date().toISOString() };
      open[problem] = next?.id ?? "";
    });
    goTo(next?.button ?? find(result === HELPED ? good : end, "h3"));
  }

  /** Opens the step that the address names: a help desk sends such links. */
  function follow() {
    const step = steps.find(({ id }) => location.hash === `#${id}`);
    if (!step) return;
    choose(step.id);
    goTo(step.button);
  }

  find(good, "button").addEventListener("click", () => {
    const { helped } = /** @type {any} */ (look());
    update(({ tried, open }) => {
      delete tried[helped.id];
      open[problem] = helped.id;
    });
    goTo(helped.button);
  });

  onChange(show);
  addEventListener("hashchange", follow);
  addEventListener("click", (event) => {
    // The address does not change when it names the step already.
    if (/** @type {Element} */ (event.target).closest("a")?.href === location.href) follow();
  });
  show();
  follow();
}
