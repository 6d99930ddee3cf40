// @ts-check
/**
 * What a person answered and tried, on this device only. It lies in the browser's storage as JSON and counts for twelve hours
 * after the last change. Whatever is odd in it is dropped. Where storage is blocked it lives as long as the page; answers and
 * what was tried then go on to the next page in the fragment of the link, which no server sees.
 *
 * @typedef {{value: string, question: string, answer: string, lacks: string[]}} Answer
 * @typedef {Answer & {facet: string}} Given
 * @typedef {{title: string, result: string, problem: string, at: string}} Try The result is "helped" or "not".
 * @typedef {object} Memory
 * @property {Record<string, Answer>} answers By facet.
 * @property {Record<string, Try>} tried By remedy.
 * @property {Record<string, string>} open The step that a person opened, by problem.
 * @property {Record<string, string>} fields What was written into the report, by the name of the field.
 * @property {number} changed In milliseconds; 0 while nothing is remembered.
 */

const KEY = "kb:memory";
const LIFETIME = 12 * 60 * 60_000;

/** Instead of the storage, once that has failed. @type {string | null | undefined} */
let spare;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let ending;

/** @param {unknown} value @returns {string} The text, or nothing where it is none. */
const text = (value) => (typeof value === "string" ? value.slice(0, 2000) : "");

/** @param {unknown} value */
const isId = (value) => /^[\w-]{1,60}$/.test(text(value));

/**
 * The entries that have an id and that `make` makes something of. Without a prototype: "constructor" is an id too.
 * @template T
 * @param {unknown} value
 * @param {(entry: any) => T | false} make
 * @returns {Record<string, T>}
 */
function entries(value, make) {
  const kept = Object.create(null);
  for (const [id, entry] of Object.entries(value ?? {})) {
    const made = isId(id) && make(entry ?? {});
    if (made !== false) kept[id] = made;
  }
  return kept;
}

/** @returns {string | null | undefined} */
function stored() {
  if (spare === undefined)
    try {
      return localStorage.getItem(KEY);
    } catch {
      const [, carried] = location.hash.split("#kb=");
      spare = carried && decodeURIComponent(carried);
      if (carried) history.replaceState(null, "", location.pathname);
    }
  return spare;
}

/** @param {string | null} json */
function store(json) {
  try {
    if (json) localStorage.setItem(KEY, json);
    else localStorage.removeItem(KEY);
    spare = undefined;
  } catch {
    spare = json;
  }
}

const tell = () => dispatchEvent(new Event(KEY));

/** What is remembered now. A copy: only `update` changes it. @returns {Memory} */
export function load() {
  /** @type {any} */
  let found;
  try {
    found = JSON.parse(stored() ?? "{}") ?? {};
  } catch {
    found = {};
  }
  const age = Date.now() - found.changed;
  // From the future, if somebody put the clock back: nobody knows how old it is.
  const { answers, tried, open, fields, changed = 0 } = age > -60_000 && age < LIFETIME ? found : {};
  clearTimeout(ending);
  if (changed) ending = setTimeout(forget, LIFETIME - age);
  else store(null);
  return {
    answers: entries(
      answers,
      ({ value, question, answer, lacks }) =>
        isId(value) && { value, question: text(question), answer: text(answer), lacks: [lacks].flat().filter(isId) },
    ),
    tried: entries(
      tried,
      ({ title, result, problem, at }) =>
        /^(helped|not)$/.test(result) && Date.parse(at) > 0 && { title: text(title), result, problem: text(problem), at },
    ),
    open: entries(open, text),
    fields: entries(fields, text),
    changed,
  };
}

/** @param {(memory: Memory) => void} change */
export function update(change) {
  const memory = load();
  change(memory);
  memory.changed = Date.now();
  store(JSON.stringify(memory));
  tell();
}

function forget() {
  store(null);
  tell();
}

/**
 * @param {() => void} listener Called when the memory may have changed, here or in another window, or grown old meanwhile.
 */
export const onChange = (listener) => addEventListener(KEY, listener);

addEventListener("storage", tell);
addEventListener("pageshow", tell);
addEventListener("visibilitychange", tell);

addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest("a");
  if (spare === undefined || link?.origin !== location.origin || !/^(#kb=.*)?$/.test(link.hash)) return;
  const { answers, tried, changed } = load();
  link.hash = changed ? `#kb=${encodeURIComponent(JSON.stringify({ answers, tried, changed }))}` : "";
});

// Takes what came in the fragment out of the address, on every page.
load();

/** The answers that hold: these, and those that the address asks to keep (see flow.js). @param {Given[]} given */
function remember(given) {
  const keep = location.hash.replace("#keep=", "").split(".");
  update((memory) => {
    memory.answers = Object.fromEntries([
      ...Object.entries(memory.answers).filter(([facet, { value }]) => keep.includes(`${facet}-${value}`)),
      ...given.map((answer) => [answer.facet, answer]),
    ]);
  });
}

/**
 * What the page says about itself; nothing where it is neither a question nor a problem.
 * @type {any}
 */
export const page = JSON.parse(document.getElementById("kb-data")?.dataset.kb ?? "{}");

// The answers of the questions come along: those in a page's address, and the one that a person chooses next, which may lead
// to an article whose address says nothing about it.
/** @type {{given: Given[], choices?: (Given & {url: string})[]}} */
const { given, choices } = page;
if (choices) {
  if (given.length) remember(given);
  // Before the listener above, which writes into the link what is remembered.
  addEventListener(
    "click",
    (event) => {
      const link = /** @type {Element} */ (event.target).closest("a");
      // Several answers may lead to the same article: what counts is which of them was chosen.
      const choice = choices.find(({ url, answer }) => link?.pathname.endsWith(`/${url}`) && link.textContent?.trim() === answer);
      if (choice) remember([...given, choice]);
    },
    { capture: true },
  );
}

// Says that something is remembered, as long as it is, and forgets it when asked to. The HTML stands in partials/forget.html.
const [bar, done] = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".kb-memory, .kb-forgotten"));
if (bar) {
  const show = () => {
    bar.hidden = !load().changed;
    if (!bar.hidden) done.hidden = true;
  };
  bar.querySelector("button")?.addEventListener("click", () => {
    forget();
    // The button is gone. That the focus is there makes a screen reader read it.
    done.hidden = false;
    done.focus();
  });
  onChange(show);
  show();
}
