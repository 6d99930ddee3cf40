// @ts-check
/**
 * What a person answered and tried, on this device only. It lies in the browser's storage as JSON and counts for twelve hours
 * after the last change. Whatever is odd in it is dropped, and where storage is blocked it lives as long as the page.
 *
 * @typedef {{value: string, question: string, answer: string, lacks: string[]}} Answer
 * @typedef {{title: string, result: "helped" | "not", problem: string, at: string}} Try
 * @typedef {{correlationId?: string, requestId?: string, code?: string, time?: string}} Details
 * @typedef {object} Memory
 * @property {Record<string, Answer>} answers By facet.
 * @property {Record<string, Try>} tried By remedy.
 * @property {Record<string, string>} open The step that a person opened, by problem.
 * @property {string} message
 * @property {Details} details
 * @property {string} device
 * @property {number} changed In milliseconds; 0 while nothing was ever remembered.
 */

export const KEY = "kb:memory";
export const LIFETIME = 12 * 60 * 60 * 1000;

const ID = /^[a-z0-9-]{1,60}$/;
const MINUTE = 60_000;

/** @type {Set<() => void>} */
const listeners = new Set();
/** Instead of the storage, once that has failed. @type {string | null} */
let spare = null;
let blocked = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let ending;

/** @param {unknown} value @returns {Record<string, unknown>} The object, or an empty one where it is none. */
const object = (value) => /** @type {any} */ (typeof value === "object" && !Array.isArray(value) && value) || {};

/** @param {unknown} value @param {number} longest @returns {string} The text, or nothing where it is none. */
const text = (value, longest) => (typeof value === "string" && value.length <= longest ? value : "");

/** @param {unknown} value @returns {value is string} */
const isId = (value) => typeof value === "string" && ID.test(value);

/**
 * The entries that have an id and that `make` makes something of. Without a prototype: "constructor" is an id too.
 * @template T
 * @param {unknown} value
 * @param {number} most
 * @param {(value: any) => T | undefined} make
 * @returns {Record<string, T>}
 */
function entries(value, most, make) {
  /** @type {Record<string, T>} */
  const kept = Object.create(null);
  for (const [id, entry] of Object.entries(object(value)).slice(0, most)) {
    const known = isId(id) ? make(entry) : undefined;
    if (known !== undefined) kept[id] = known;
  }
  return kept;
}

/** @param {unknown} entry @returns {Answer | undefined} */
function readAnswer(entry) {
  const { value, question, answer, lacks } = object(entry);
  if (isId(value) && text(question, 300))
    return {
      value,
      question: text(question, 300),
      answer: text(answer, 300),
      lacks: Array.isArray(lacks) ? lacks.filter(isId).slice(0, 30) : [],
    };
}

/** @param {unknown} entry @returns {Try | undefined} */
function readTry(entry) {
  const { title, result, problem, at } = object(entry);
  const time = Date.parse(text(at, 30));
  if ((result === "helped" || result === "not") && isId(problem) && text(title, 200) && time <= Date.now() + MINUTE)
    return { title: text(title, 200), result, problem, at: new Date(time).toISOString() };
}

/** @param {unknown} value @returns {Memory} */
function read(value) {
  const found = object(value);
  const changed = typeof found.changed === "number" ? found.changed : 0;
  const age = Date.now() - changed;
  // From the future, if somebody put the clock back: nobody knows how old it is.
  const { answers, tried, open, message, details, device } = age >= -MINUTE && age < LIFETIME ? found : /** @type {any} */ ({});
  /** @type {Details} */
  const known = {};
  for (const name of /** @type {const} */ (["correlationId", "requestId", "code", "time"])) {
    const detail = text(object(details)[name], 200);
    if (detail) known[name] = detail;
  }
  return {
    answers: entries(answers, 30, readAnswer),
    tried: entries(tried, 200, readTry),
    open: entries(open, 100, (step) => (step === "" || isId(step) ? step : undefined)),
    message: text(message, 2000),
    details: known,
    device: text(device, 200),
    changed: answers || tried ? changed : 0,
  };
}

/** @returns {string | null} */
function stored() {
  if (!blocked)
    try {
      return localStorage.getItem(KEY);
    } catch {
      blocked = true;
    }
  return spare;
}

/** @param {string | null} json */
function store(json) {
  spare = json;
  try {
    if (json === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, json);
    blocked = false;
  } catch {
    blocked = true;
  }
}

function tell() {
  for (const listener of listeners) listener();
}

/** What is remembered now. A copy: only `update` changes it. @returns {Memory} */
export function load() {
  const json = stored();
  /** @type {unknown} */
  let value = null;
  try {
    value = JSON.parse(json ?? "null");
  } catch {
    // Not ours: dropped below.
  }
  const memory = read(value);
  clearTimeout(ending);
  if (memory.changed) ending = setTimeout(forget, memory.changed + LIFETIME - Date.now());
  else if (json !== null) store(null);
  return memory;
}

/** @param {(memory: Memory) => void} change */
export function update(change) {
  const memory = load();
  change(memory);
  memory.changed = Date.now();
  store(JSON.stringify(memory));
  tell();
}

export function forget() {
  clearTimeout(ending);
  store(null);
  tell();
}

/** Whether there is anything that a person could want to be forgotten. @param {Memory} memory */
export const remembers = (memory) => memory.changed > 0;

/**
 * @param {() => void} listener Called when the memory has changed, here or in another window, or has grown old meanwhile.
 * @returns {() => void} Ends it.
 */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

addEventListener("storage", (event) => {
  if ([KEY, null].includes(event.key)) tell();
});
// A page that comes back from the background, or by "Back" as it was left.
addEventListener("pageshow", (event) => {
  if (event.persisted) tell();
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) tell();
});
