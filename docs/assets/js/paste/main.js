// @ts-check
/**
 * The field for what the screen says: offers the pages that explain it, says why and how sure that is, and keeps for the
 * report what a help desk will ask for. It never goes anywhere by itself. The HTML stands in partials/paste.html.
 *
 * @typedef {import("./match.js").Hit} Hit
 * @typedef {{match: typeof import("./match.js").match, entries: import("./match.js").Entry[]}} Known
 */
import { update } from "../help/memory.js";

/** What only a whole error page shows. */
const DETAILS = ["correlationId", "requestId", "time"];
/** Pause after a key, in milliseconds. */
const PAUSE = 250;

/** Everything that is needed to match, once it was asked for. @type {Promise<Known> | undefined} */
let known;

const helpers = () => Promise.all([import("../help/recognise.js"), import("../help/scrub.js")]);

/** @param {string} address Of the file with all entries. */
function prepare(address) {
  known ??= Promise.all([import("./match.js"), fetch(address).then((answer) => answer.json())]).then(
    ([{ match }, entries]) => ({ match, entries }),
    (fault) => {
      // Tried again when the field gets the focus again, not while somebody types.
      known = undefined;
      throw fault;
    },
  );
  return known;
}

/** @param {HTMLElement} box */
function start(box) {
  const part = (/** @type {string} */ name) => /** @type {any} */ (box.querySelector(`[data-paste=${name}]`));
  const [field, status, list, model, kept, others] = ["field", "status", "hits", "hit", "kept", "others"].map(part);
  const address = new URL(/** @type {string} */ (box.dataset.kbPaste), location.href);
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let pause;

  /** @param {Hit} hit */
  function item({ entry, how, sure }) {
    const shown = model.content.cloneNode(true);
    const say = (/** @type {string} */ name, /** @type {string} */ text) => (shown.querySelector(`[data-hit=${name}]`).textContent = text);
    say("sure", list.dataset[sure > 0.95 ? "sure" : sure >= 0.8 ? "likely" : "perhaps"]);
    say("why", list.dataset[how]);
    say("text", entry.text);
    say("means", entry.means ?? "");
    const links = shown.querySelector("ul");
    const row = links.firstElementChild;
    row.remove();
    for (const { title, url } of entry.links) {
      const one = row.cloneNode(true);
      const link = one.querySelector("a");
      link.textContent = title;
      link.href = new URL(url, new URL(".", address)).href;
      link.addEventListener("click", () =>
        update(({ fields }) => {
          fields[how === "number" ? "code" : "message"] = entry.text;
        }),
      );
      links.append(one);
    }
    return shown;
  }

  /** Of a whole error page all that the report has a field for. */
  async function keep() {
    const [{ recognise }, { scrub }] = await helpers();
    const found = Object.entries(recognise(field.value)).map(([name, value]) => [name, scrub(value).text]);
    const shown = found.filter(([name, value]) => value && DETAILS.includes(name)).map(([name]) => kept.dataset[name]);
    kept.hidden = !shown.length;
    kept.textContent = `${kept.dataset.said} ${shown.join(", ")}.`;
    if (shown.length)
      update(({ fields }) => {
        Object.assign(fields, Object.fromEntries(found));
      });
  }

  async function look() {
    const text = field.value;
    try {
      const { match, entries } = await /** @type {Promise<Known>} */ (known);
      // Meanwhile somebody may have typed on.
      if (text !== field.value) return;
      const hits = match(text, entries);
      list.replaceChildren(...hits.map(item));
      status.textContent = !text.trim() ? "" : hits.length ? `${status.dataset.found} ${hits.length}` : status.dataset.nothing;
    } catch {
      list.replaceChildren();
      status.textContent = status.dataset.failed;
    }
    others.hidden = !text.trim();
    keep().catch(() => {});
  }

  field.addEventListener("focus", () => Promise.all([prepare(address.href), helpers()]).catch(() => {}));
  field.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(look, PAUSE);
  });
}

for (const box of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-kb-paste]"))) start(box);
