// @ts-check
/**
 * Makes a ladder of a problem's remedies: one open at a time, each asks whether it helped, and what was tried is remembered.
 * Without this script, and on paper, they are a numbered checklist. The HTML of what is added stands in partials/ladder.html.
 */
import { load, onChange, remembers, update } from "./memory.js";

/** @typedef {{id: string, title: string, needs: {id: string, label: string}[]}} Remedy */
/** @typedef {Remedy & {section: HTMLElement, heading: HTMLElement, button: HTMLElement, mark: HTMLElement, body: HTMLElement, ask: HTMLElement, again: HTMLElement, tick: HTMLInputElement | null}} Step */
/** @typedef {{steps: Step[], left: Step[], missing: (step: Step) => string, tried: import("./memory.js").Memory["tried"], helped: boolean, stuck: boolean, current: string}} View */

const HELPED = "helped";

/** @param {string} iso */
function ago(iso) {
  const minutes = Math.round((Date.now() - Date.parse(iso)) / 60_000);
  if (minutes < 1) return "just now";
  const format = new Intl.RelativeTimeFormat(document.documentElement.lang || "en");
  return minutes < 60 ? format.format(-minutes, "minute") : format.format(-Math.round(minutes / 60), "hour");
}

/** @param {Element} parent @param {string} selector @returns {HTMLElement} */
const inside = (parent, selector) => /** @type {HTMLElement} */ (parent.querySelector(selector));

/**
 * Brings the beginning of what comes next into sight, and the focus to it.
 * @param {HTMLElement} target
 * @param {Element} [around]
 */
function goTo(target, around = target) {
  target.focus({ preventScroll: true });
  const { top, bottom } = around.getBoundingClientRect();
  if (top < 80 || bottom > innerHeight) around.scrollIntoView({ block: "start" });
}

/** @param {any} data What the page says about itself. @param {AbortSignal} signal Ends when the page is left. */
export function startLadder(data, signal) {
  const found = document.querySelector(".ladder");
  const template = document.getElementById("kb-ladder");
  if (!(found instanceof HTMLElement) || !(template instanceof HTMLTemplateElement)) return;
  /** @type {HTMLElement} */
  const ladder = found;
  /** @type {string} */
  const problem = data.id;
  /** @param {string} selector */
  const copy = (selector) => /** @type {HTMLElement} */ (inside(/** @type {any} */ (template.content), selector).cloneNode(true));

  const status = copy("[role=status]");
  const ends = { helped: copy("[data-end=helped]"), stuck: copy("[data-end=stuck]") };
  /** What follows the article: stands right below the ladder as soon as nothing is left to try. */
  const onward = document.getElementById("kb-onward");
  const place = document.createComment("");
  onward?.before(place);

  /** Steps that are tried once more. @type {Set<string>} */
  const again = new Set();
  /** The step that is open; undefined for the first that makes sense. @type {string | undefined} */
  let open = load().open[problem];
  /** What just happened, for people who do not see it. */
  let news = "";

  /** @type {Step[]} */
  const steps = [];
  for (const remedy of /** @type {Remedy[]} */ (data.remedies)) {
    const section = ladder.querySelector(`[data-remedy="${remedy.id}"]`);
    if (section instanceof HTMLElement) steps.push(build(section, remedy));
  }
  ladder.prepend(status);
  ladder.append(ends.helped, ends.stuck);
  ladder.dataset.on = "";

  /** @param {HTMLElement} section @param {Remedy} remedy @returns {Step} */
  function build(section, remedy) {
    const heading = inside(section, "h3");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ladder-toggle";
    const link = heading.querySelector(".headerlink");
    button.append(...[...heading.childNodes].filter((node) => node !== link));
    heading.prepend(button);
    const mark = document.createElement("p");
    mark.className = "ladder-mark";
    mark.id = `kb-mark-${remedy.id}`;
    const body = document.createElement("div");
    body.className = "ladder-body";
    body.id = `kb-step-${remedy.id}`;
    body.append(...[...section.childNodes].filter((node) => node !== heading));
    const ask = copy(".ladder-ask");
    const retry = copy(".ladder-again");
    body.append(ask, retry);
    section.append(mark, body);
    button.setAttribute("aria-controls", body.id);
    /** @type {Step} */
    const step = { ...remedy, section, heading, button, mark, body, ask, again: retry, tick: body.querySelector("input") };
    button.addEventListener("click", () => toggle(step));
    // Found by the browser's own search within the page, which opens what it finds.
    body.addEventListener("beforematch", () => choose(step.id));
    for (const answer of ask.querySelectorAll("button")) answer.addEventListener("click", () => finish(step, answer.value));
    inside(retry, "button").addEventListener("click", () => {
      again.add(step.id);
      choose(step.id);
      inside(ask, "button").focus();
    });
    return step;
  }

  /** What there is to show, as it follows from the memory alone. @returns {View} */
  function look() {
    const { answers, tried } = load();
    /** @param {Step} step The reason why it cannot be done now. */
    const missing = (step) => {
      for (const { answer, lacks } of Object.values(answers)) {
        const need = step.needs.find(({ id }) => lacks.includes(id));
        if (need) return `Not possible now: this needs ${need.label}. You answered: ${answer}.`;
      }
      return "";
    };
    const ordered = [...steps.filter((step) => !missing(step)), ...steps.filter(missing)];
    const helped = steps.some(({ id }) => tried[id]?.result === HELPED && tried[id].problem === problem);
    const left = ordered.filter((step) => !missing(step) && (again.has(step.id) || tried[step.id]?.result !== "not"));
    const stuck = !helped && !left.length;
    const current = open ?? (helped ? "" : (left[0]?.id ?? ""));
    return { steps: ordered, left, missing, tried, helped, stuck, current };
  }

  function show() {
    const view = look();
    const focused = document.activeElement;
    const shown = [...ladder.querySelectorAll("[data-remedy]")];
    if (view.steps.some(({ section }, number) => section !== shown[number]))
      ends.helped.before(...view.steps.map(({ section }) => section));
    for (const step of view.steps) showStep(step, view);
    ends.helped.hidden = !view.helped;
    ends.stuck.hidden = !view.stuck;
    if (onward && view.stuck !== (ladder.nextElementSibling === onward)) (view.stuck ? ladder : place).after(onward);
    const number = view.steps.findIndex(({ id }) => id === view.current) + 1;
    const where = number ? `Step ${number} of ${steps.length}` : view.helped || view.stuck ? "" : `${steps.length} steps`;
    const said = `${news} ${where}`.trim();
    if (status.textContent !== said) status.textContent = said;
    news = "";
    // What was moved lost the focus.
    if (focused instanceof HTMLElement && ladder.contains(focused) && document.activeElement !== focused) focused.focus();
    return view;
  }

  /** @param {Step} step @param {View} view */
  function showStep(step, view) {
    const { button, mark, body } = step;
    const opened = step.id === view.current;
    const done = view.tried[step.id];
    const missing = view.missing(step);
    // One that helped under another problem is worth asking about here.
    const asks = !view.helped && (!done || again.has(step.id) || (done.result === HELPED && done.problem !== problem));
    button.setAttribute("aria-expanded", String(opened));
    if (opened) body.removeAttribute("hidden");
    else body.setAttribute("hidden", "until-found");
    step.section.dataset.state = done ? done.result : missing ? "missing" : "";
    const result = done && `Tried ${ago(done.at)}: ${done.result === HELPED ? "helped" : "did not help"}.`;
    mark.textContent = [result, missing].filter(Boolean).join(" ");
    mark.hidden = !mark.textContent;
    if (mark.hidden) button.removeAttribute("aria-describedby");
    else button.setAttribute("aria-describedby", mark.id);
    step.ask.hidden = !asks;
    step.again.hidden = asks || view.helped;
    if (step.tick) step.tick.checked = Boolean(done);
  }

  /** Opens a step, or none, and remembers that. @param {string} id */
  function choose(id) {
    open = id;
    update((memory) => {
      memory.open[problem] = id;
    });
  }

  /** @param {Step} step */
  function toggle({ id, button, section }) {
    choose(look().current === id ? "" : id);
    // A step that was open above has closed, and this one moved up.
    if (open) goTo(button, section);
  }

  /** @param {Step} step @param {string} answer */
  function finish({ id, title }, answer) {
    const result = answer === HELPED ? HELPED : "not";
    again.delete(id);
    const { steps: before, left } = look();
    const after = before.slice(before.findIndex((step) => step.id === id) + 1);
    const next = result === HELPED ? undefined : [...after, ...before].find((step) => step.id !== id && left.includes(step));
    news = result === HELPED ? "Noted: that helped." : "Noted: that did not help.";
    open = next?.id ?? "";
    update((memory) => {
      memory.tried[id] = { title, result, problem, at: new Date().toISOString() };
      memory.open[problem] = open ?? "";
    });
    if (next) goTo(next.button, next.section);
    else if (result === HELPED) goTo(inside(ends.helped, "h3"), ends.helped);
    else {
      tellStuck();
      goTo(inside(ends.stuck, "h3"), ends.stuck);
    }
  }

  /** Nothing is left to try: the report for the help desk opens. */
  function tellStuck() {
    const report = document.getElementById("kb-report");
    if (report instanceof HTMLDetailsElement) report.open = true;
    document.dispatchEvent(new CustomEvent("kb:stuck", { detail: { problem } }));
  }

  /** Opens the step that the address names: a help desk sends such links. */
  function follow() {
    const step = steps.find(({ id }) => location.hash === `#${id}`);
    if (!step) return;
    open = step.id;
    show();
    // page.js gave the heading the focus; what works is the button in it.
    if (document.activeElement === step.heading) step.button.focus({ preventScroll: true });
    step.section.scrollIntoView({ block: "start" });
  }

  inside(ends.helped, "button").addEventListener("click", () => {
    const step = look().steps.find(({ id }) => look().tried[id]?.result === HELPED);
    update(({ tried }) => {
      for (const { id } of steps) if (tried[id]?.result === HELPED && tried[id].problem === problem) delete tried[id];
    });
    if (!step) return;
    choose(step.id);
    goTo(step.button, step.section);
  });

  signal.addEventListener(
    "abort",
    onChange(() => {
      if (!remembers(load())) {
        open = undefined;
        again.clear();
      }
      show();
    }),
  );
  addEventListener("hashchange", follow, { signal });
  document.addEventListener(
    "click",
    (event) => {
      const link = event.target instanceof Element && event.target.closest('a[href*="#"]');
      // The address does not change when it names the step already.
      if (link instanceof HTMLAnchorElement && link.href === location.href) follow();
    },
    { signal },
  );
  if (show().stuck) tellStuck();
  follow();
}
