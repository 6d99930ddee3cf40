// @ts-check
/**
 * The report for the help desk: made on this device from what a person answered, tried and saw, shown as a text that can be
 * changed, and handed on only by the person. The HTML stands in partials/report.html, with what is said there.
 *
 * @typedef {{title: string, url: string}} Address
 * @typedef {Record<string, string>} Fields By the names of the fields.
 */
import { load, onChange, update } from "./memory.js";
import { recognise } from "./recognise.js";
import { scrub } from "./scrub.js";

const FIELDS = ["message", "code", "requestId", "correlationId", "time", "user", "method", "device"];

/** What browsers and systems call themselves, where people say it otherwise. @type {Fields} */
const NAMES = { CrOS: "Chromebook", Edg: "Edge", OPR: "Opera", SamsungBrowser: "Samsung Internet", FxiOS: "Firefox", CriOS: "Chrome" };

/** @param {Date} date @param {string} zone A name such as Europe/Berlin. */
const moment = (date, zone) =>
  date
    .toLocaleString("en-GB", {
      timeZone: zone,
      day: "numeric",
      month: "long",
      year: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      timeZoneName: "longOffset",
    })
    .replace(" at", ",")
    .replace(/ GMT(.*)/, ` (${zone}, UTC$1)`);

/**
 * @param {Pick<import("./memory.js").Memory, "answers" | "tried">} memory
 * @param {Address} page
 * @param {Fields} fields
 * @param {Date} now
 * @param {string} zone
 * @returns {string}
 */
export function reportText({ answers, tried }, page, fields, now, zone) {
  const inOrder = Object.values(tried).sort((one, other) => one.at.localeCompare(other.at));
  /** Each part with its heading. @type {any[][]} */
  const parts = [
    ["", ["Problem", page.title], ["Page", page.url], ["Written", moment(now, zone)]],
    [
      "What I saw",
      ["Message", fields.message],
      ["Error code", fields.code],
      ["Request ID", fields.requestId],
      ["Correlation ID", fields.correlationId],
      ["Time of the error", fields.time],
    ],
    ["About me", ["User name", fields.user], ["Method", fields.method], ["Device", fields.device]],
    ["What I answered", ...Object.values(answers).map(({ question, answer }) => [`- ${question.replace(/[?:]$/, "")}`, answer])],
    [
      "What I tried",
      ...inOrder.map(({ title, result, at }, index) => [
        `${index + 1}. ${title}`,
        `${result === "helped" ? "helped" : "did not help"}, ${moment(new Date(at), zone)}`,
      ]),
    ],
  ];
  const text = parts
    .map(([heading, ...lines]) => [heading, ...lines.flatMap(([name, value]) => (value?.trim() ? `${name}: ${value.trim()}` : []))])
    .filter((lines) => lines[1])
    .map((lines) => lines.join("\n"))
    .join("\n\n");
  return `${text.slice(1)}\n`;
}

/**
 * An address with the values put in. Where it gets too long, the report is cut at a line, and the rest is given back.
 * @param {string} template With {title}, {report}, {url}.
 * @param {Fields} values
 * @param {number} limit
 */
export function fit(template, values, limit) {
  const lines = values.report.split("\n");
  for (let length = lines.length; ; length--) {
    const rest = lines.slice(length).join("\n");
    const report = lines.slice(0, length).concat(rest ? "(The rest did not fit. I add it below.)" : []).join("\r\n");
    /** @type {Fields} */
    const given = { ...values, report: length ? report : "" };
    const url = template.replace(/\{(title|report|url)\}/g, (_, name) => encodeURIComponent(given[name]));
    if (url.length <= limit || !length) return { url, rest };
  }
}

/** What this device is, as far as the browser says it. */
function device() {
  const { userAgent } = navigator;
  return [
    /iPhone|iPad|Android [\d.]+|Windows|Mac|CrOS|Linux(?!; A)/.exec(userAgent),
    /Edg|OPR|SamsungBrowser|Firefox|FxiOS|CriOS/.exec(userAgent) ?? /Chrome|Safari/.exec(userAgent),
  ]
    .flatMap((found) => (found ? (NAMES[found[0]] ?? found[0]) : []))
    .join(", ");
}

/** @param {{title: string}} data @returns Shows the form or hides it. */
export function startReport({ title }) {
  const box = /** @type {HTMLElement} */ (document.getElementById("kb-report"));
  const part = (/** @type {string} */ name) => /** @type {any} */ (box.querySelector(`[data-report=${name}], [name=${name}]`));
  const [form, area, status, removed] = ["form", "text", "status", "removed"].map(part);
  const page = { title, url: location.origin + location.pathname };
  /** @type {Set<string>} */
  const gone = new Set();
  let edited = false;
  let known = 0;
  let over = "";

  const say = (/** @type {string} */ text) => (status.textContent = text);

  /** Leaves only in a field what may be told. @param {HTMLInputElement} field */
  function clean(field) {
    const scrubbed = scrub(field.value);
    for (const kind of scrubbed.removed) gone.add(kind);
    removed.textContent = gone.size ? `${removed.dataset.said} ${[...gone].join(", ")}.` : "";
    if (field.value !== scrubbed.text) field.value = scrubbed.text;
    return scrubbed.text;
  }

  /** @returns {Fields} */
  const fields = () => Object.fromEntries(FIELDS.map((name) => [name, clean(part(name))]));

  /** What is written now, without secrets: on the screen, on paper, and in the links. */
  function finish() {
    const report = clean(area);
    part("paper").textContent = report;
    for (const link of /** @type {NodeListOf<any>} */ (box.querySelectorAll("[data-template]"))) {
      const { template, limit } = link.dataset;
      const { url, rest } = fit(template, { ...page, report }, limit);
      link.href = url;
      link.dataset.rest = rest;
    }
    return report;
  }

  function write() {
    part("again").hidden = !edited;
    if (!edited) area.value = reportText(load(), page, fields(), new Date(), Intl.DateTimeFormat().resolvedOptions().timeZone);
    finish();
  }

  /** Who it is stays untold to the device. */
  function remember() {
    const { user, method, ...others } = fields();
    update((memory) => {
      memory.fields = others;
    });
  }

  function recall() {
    const memory = load();
    for (const name of FIELDS) part(name).value = memory.fields[name] ?? part(name).defaultValue;
    part("device").value ||= device();
    known = memory.changed;
  }

  /** @param {boolean} wide */
  function show(wide) {
    form.hidden = !wide;
    part("open").setAttribute("aria-expanded", wide);
    if (wide) write();
  }

  function read() {
    const pasted = part("pasted");
    if (!pasted.value.trim()) return;
    const found = Object.entries(recognise(pasted.value)).filter(([, value]) => value);
    const status = part("found");
    for (const [name, value] of found) part(name).value = value;
    clean(pasted);
    pasted.value = "";
    status.textContent = found.length ? `Found: ${found.map(([name]) => part(name).labels[0].textContent).join(", ")}.` : status.dataset.nothing;
    remember();
  }

  /** @param {string} text @param {any} button */
  async function copy(text, { dataset }) {
    try {
      await navigator.clipboard.writeText(text);
      say(dataset.said);
    } catch {
      area.focus();
      area.select();
      say(status.dataset.failed);
    }
  }

  /** @param {any} link */
  function handOver({ dataset }) {
    finish();
    over = dataset.rest;
    part("rest").hidden = !over;
    if (over) say(part("rest").dataset.said);
  }

  /** What the buttons and links do. @type {Record<string, (target: any) => unknown>} */
  const actions = {
    open: () => show(form.hidden),
    choice: ({ textContent }) => {
      part("message").value = textContent;
      remember();
      say(`Message: ${textContent}`);
    },
    anew: () => {
      edited = false;
      write();
      area.focus();
    },
    copy: (button) => copy(finish(), button),
    more: (button) => copy(over, button),
    mail: handOver,
    ticket: handOver,
    share: () => navigator.share({ title, text: finish() }).catch(() => {}),
    print: () => {
      finish();
      const { dataset } = document.documentElement;
      dataset.kbPrint = "report";
      addEventListener("afterprint", () => delete dataset.kbPrint, { once: true });
      print();
    },
  };

  box.addEventListener("click", ({ target }) => actions[/** @type {any} */ (target).dataset.report]?.(target));
  box.addEventListener("change", ({ target }) => (target === area ? finish : target === part("pasted") ? read : remember)());
  // After a paste the text stands there only a moment later; without "change" nobody has to leave the field first.
  part("pasted").addEventListener("paste", () => setTimeout(read));
  area.addEventListener("input", () => {
    edited = true;
    part("again").hidden = false;
  });
  addEventListener("beforeprint", write);
  onChange(() => {
    if (known && !load().changed) {
      recall();
      edited = false;
    }
    known = load().changed;
    if (!form.hidden) write();
  });
  recall();
  write();
  part("share").hidden = !navigator.share;
  return show;
}
