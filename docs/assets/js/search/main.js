// @ts-check
/**
 * The search field of every page. header.js loads this when somebody is about to type, and opens and closes the search;
 * the engine and the words of all pages come with it.
 *
 * @typedef {import("./find.js").Found} Found
 * @typedef {import("./find.js").Result} Result
 */
const root = new URL("../../../", import.meta.url);
const box = /** @type {HTMLElement} */ (document.getElementById("kb-search"));
const field = /** @type {HTMLInputElement} */ (box.querySelector("input"));
const state = /** @type {HTMLElement} */ (box.querySelector("[data-kb-state]"));
const list = /** @type {Element} */ (box.querySelector(".kb-results"));
const toggle = /** @type {HTMLInputElement} */ (document.getElementById("__search"));

/** @type {Promise<(query: string) => Found> | undefined} */
let loading;
const load = () =>
  (loading ??= Promise.all([import("./find.js"), fetch(new URL("search.json", root))])
    .then(async ([{ finder }, reply]) => finder(await reply.json()))
    .catch((error) => {
      loading = undefined;
      throw error;
    }));

/** @param {string} name @param {number} [count] */
function say(name, count) {
  const text = state.getAttribute(`data-kb-${name}`)?.replace("#", String(count)) ?? "";
  // Said once, not again at each letter.
  if (state.textContent !== text) state.textContent = text;
}

/** @param {string} kind */
const copy = (kind) =>
  /** @type {DocumentFragment} */ (
    /** @type {HTMLTemplateElement} */ (box.querySelector(`template[data-kb-kind=${kind}]`)).content.cloneNode(true)
  );

/** Writes a text with the words that were asked for marked. @param {Element} place @param {string} text @param {Found["said"]} said */
function mark(place, text, said) {
  for (const part of text.split(/([\p{L}\p{N}'’]+)/u)) {
    const marked = /[\p{L}\p{N}]/u.test(part) && said(part);
    const node = marked ? document.createElement("mark") : document.createTextNode("");
    node.textContent = part;
    place.append(node);
  }
}

/** @param {Result} result @param {Found["said"]} said */
function item(result, said) {
  const made = copy("result");
  const [link] = made.querySelectorAll("a");
  link.href = new URL(result.url, root).href;
  const [title, why, audience] = link.querySelectorAll("span");
  mark(title, result.title, said);
  if (result.why) mark(why, result.why, said);
  else why.remove();
  if (result.for) audience.append(result.for);
  else audience.remove();
  return made;
}

/** @param {Found} found */
function show({ results, sure, said }) {
  const kinds = [...new Set(results.map(({ kind }) => kind))];
  const made = kinds.map((kind) => {
    const group = copy(kind);
    const items = results.filter((result) => result.kind === kind).map((result) => item(result, said));
    group.querySelector("ol")?.append(...items);
    return group;
  });
  list.replaceChildren(...made);
  say(!sure ? "near" : results.length === 1 ? "one" : "some", results.length);
}

async function search() {
  const query = field.value.trim() ?? "";
  if (!query) {
    list.replaceChildren();
    say("idle");
    return;
  }
  try {
    const find = await load();
    // Somebody who types on has asked for something else by now.
    if (field.value.trim() === query) show(find(query));
  } catch {
    list.replaceChildren();
    say("failed");
  }
}

const open = () => toggle.checked || toggle.click();
const close = () => toggle.checked && toggle.click();

const prepare = () => load().catch(() => say("failed"));

field.addEventListener("focus", () => {
  // Whoever comes back asks for something else.
  field.select();
  prepare();
});
field.addEventListener("input", search);
field.form?.addEventListener("submit", (event) => {
  event.preventDefault();
  // A finger that was faster than the results: Enter opens what comes first.
  search().then(() => list.querySelector("a")?.click());
});
field.form?.addEventListener("reset", () => {
  field.focus();
  setTimeout(search);
});

box.addEventListener("keydown", (event) => {
  const stops = [field, ...box.querySelectorAll("a")];
  const place = stops.indexOf(/** @type {HTMLInputElement} */ (document.activeElement));
  if (event.key === "Escape") {
    field.blur();
    close();
  } else if (place >= 0 && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    stops[(place + (event.key === "ArrowDown" ? 1 : stops.length - 1)) % stops.length].focus();
  }
});
box.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("a")) close();
});
// Left by Tab: what lies under the results cannot be seen.
box.addEventListener("focusout", ({ relatedTarget }) => {
  if (relatedTarget instanceof Node && !box.contains(relatedTarget)) close();
});

// A link with a question in it; or somebody has begun to type while this was on its way.
const asked = new URLSearchParams(location.search).get("q");
if (asked && !field.value) {
  open();
  field.value = asked;
  field.focus();
}
prepare();
if (field.value) search();
