// @ts-check
/**
 * The report for the help desk: made on this device from what a person answered, tried and saw, shown as a text that can be
 * changed, and handed on only by the person. The HTML stands in partials/report.html.
 *
 * @typedef {import("./memory.js").Memory} Memory
 * @typedef {{title: string, url: string}} Address
 * @typedef {{message?: string, user?: string, method?: string, device?: string, code?: string, requestId?: string, correlationId?: string, time?: string}} Fields
 * @typedef {{url: string, rest: string}} Fitted
 */
import { load, onChange, update } from "./memory.js";
import { recognise } from "./recognise.js";
import { scrub } from "./scrub.js";

/** The longest address that mail programs take from a browser. */
const MAIL_LIMIT = 1900;
const DETAILS = /** @type {const} */ (["code", "requestId", "correlationId", "time"]);

/** @param {Date} date @param {string} zone A name such as Europe/Berlin; one that the browser does not know counts as UTC. */
function moment(date, zone) {
  if (isNaN(+date)) return "";
  const show = (/** @type {string} */ timeZone) => {
    /** @type {Record<string, string>} */
    const part = {};
    const format = { year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZoneName: "longOffset" };
    for (const { type, value } of new Intl.DateTimeFormat("en-GB", /** @type {any} */ ({ ...format, timeZone })).formatToParts(date))
      part[type] = value;
    const offset = part.timeZoneName.replace("GMT", "UTC");
    return `${part.day} ${part.month} ${part.year}, ${part.hour}:${part.minute} (${timeZone === "UTC" ? "UTC" : `${timeZone}, ${offset}`})`;
  };
  try {
    return show(zone);
  } catch {
    return show("UTC");
  }
}

/**
 * @param {Memory} memory
 * @param {Address} page
 * @param {Fields} fields
 * @param {Date} now
 * @param {string} zone
 * @returns {string}
 */
export function reportText(memory, page, fields, now, zone) {
  const line = (/** @type {string} */ name, /** @type {string | undefined} */ value) => (value?.trim() ? [`${name}: ${value.trim()}`] : []);
  const part = (/** @type {string} */ title, /** @type {string[]} */ lines) => (lines.length ? ["", title, ...lines] : []);
  const tried = Object.values(memory.tried ?? {}).sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
  return [
    ...line("Problem", page.title),
    ...line("Page", page.url),
    ...line("Written", moment(now, zone)),
    ...part("What I saw", [
      ...line("Message", fields.message),
      ...line("Error code", fields.code),
      ...line("Request ID", fields.requestId),
      ...line("Correlation ID", fields.correlationId),
      ...line("Time of the error", fields.time),
    ]),
    ...part("About me", [...line("User name", fields.user), ...line("Method", fields.method), ...line("Device", fields.device)]),
    ...part("What I answered", Object.values(memory.answers ?? {}).flatMap(({ question, answer }) => line(`- ${question.replace(/[?:]$/, "")}`, answer))),
    ...part(
      "What I tried",
      tried.map(({ title, result, at }, index) => `${index + 1}. ${title}: ${result === "helped" ? "helped" : "did not help"}, ${moment(new Date(at), zone)}`),
    ),
    "",
  ].join("\n");
}

/**
 * An address with the values put in. Where it gets too long, the report is cut at a line, and the rest is given back.
 * @param {string} template With {title}, {report}, {url}.
 * @param {{title: string, report: string, url: string}} values
 * @param {number} limit
 * @returns {Fitted}
 */
export function fit(template, values, limit) {
  const lines = values.report.split("\n");
  for (let length = lines.length; ; length--) {
    const report = [...lines.slice(0, length), ...(length < lines.length ? ["(The rest did not fit. I add it below.)"] : [])].join("\n");
    /** @type {Record<string, string>} */
    const given = { ...values, report: length ? report : "" };
    const url = template.replace(/\{(title|report|url)\}/g, (_, name) => encodeURIComponent(given[name].replace(/\p{Surrogate}/gu, "\ufffd")));
    if (url.length <= limit || !length) return { url, rest: lines.slice(length).join("\n") };
  }
}

/** What this device is, as far as the browser says it. */
function device() {
  const { userAgent, userAgentData } = /** @type {any} */ (navigator);
  const system = /iPhone|iPad|Android [\d.]+|Windows|Mac OS X|CrOS|Linux(?!; Android)/.exec(userAgent)?.[0].replace("Mac OS X", "Mac").replace("CrOS", "Chromebook");
  const browser = /Edg|Firefox|FxiOS|OPR|SamsungBrowser|CriOS|Chrome|Safari/.exec(userAgentData ? userAgent.replace(/Chrome(?=.*Edg)/, "") : userAgent)?.[0];
  const name = { Edg: "Edge", FxiOS: "Firefox", OPR: "Opera", SamsungBrowser: "Samsung Internet", CriOS: "Chrome" }[browser ?? ""] ?? browser;
  return [system, name].filter(Boolean).join(", ");
}

/** @param {any} data What the page says about itself. @param {AbortSignal} signal Ends when the page is left. */
export function startReport(data, signal) {
  const box = document.getElementById("kb-report");
  if (!box) return;
  const find = (/** @type {string} */ name) => /** @type {any} */ (box.querySelector(`[data-report="${name}"]`));
  const field = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (box.querySelector(`[name="${name}"]`));
  const on = (/** @type {EventTarget} */ target, /** @type {string} */ type, /** @type {() => void} */ listener) => target.addEventListener(type, listener, { signal });
  const [open, form, area, status, left, rest] = ["open", "form", "text", "status", "removed", "rest"].map(find);
  const page = { title: String(data.title), url: location.origin + location.pathname };
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const organisation = data.organisation ?? {};
  /** @type {Set<string>} */
  const gone = new Set();
  let edited = false;
  let over = "";

  const say = (/** @type {string} */ text) => (status.textContent = text);
  /** @param {string} text */
  function clean(text) {
    const scrubbed = scrub(text);
    for (const kind of scrubbed.removed) gone.add(kind);
    left.textContent = gone.size ? `Taken out, so that nobody can misuse it: ${[...gone].join(", ")}.` : "";
    return scrubbed.text;
  }

  /** @param {HTMLInputElement} input Leaves only in it what may be told. */
  function cleanField(input) {
    const text = clean(input.value);
    if (text !== input.value) input.value = text;
    return text;
  }

  /** What is written now, without secrets: on the screen, on paper, and in the links. */
  function finish() {
    const text = clean(area.value);
    if (text !== area.value) area.value = text;
    find("paper").textContent = text;
    const values = { title: page.title, report: text, url: page.url };
    for (const [name, template, limit] of [
      ["mail", `mailto:${encodeURIComponent(organisation.mail ?? "").replace("%40", "@")}?subject={title}&body={report}`, MAIL_LIMIT],
      ["ticket", organisation.ticket?.url ?? "", organisation.ticket?.limit ?? 2000],
    ]) {
      if (!/^(?:https:|mailto:)/.test(template)) continue;
      const fitted = fit(template, { ...values, report: name === "mail" ? text.replace(/\n/g, "\r\n") : text }, limit);
      find(name).href = fitted.url;
      find(name).dataset.rest = fitted.rest;
    }
    return text;
  }

  function write() {
    find("again").hidden = !edited;
    if (!edited) {
      /** @type {Fields} */
      const fields = {};
      for (const name of /** @type {const} */ (["message", "user", "method", "device", ...DETAILS])) fields[name] = clean(field(name).value);
      area.value = reportText(load(), page, fields, new Date(), zone);
    }
    finish();
  }

  function remember() {
    update((memory) => {
      memory.message = field("message").value.slice(0, 2000);
      memory.device = field("device").value.slice(0, 200);
      for (const name of DETAILS) memory.details[name] = field(name).value.slice(0, 200);
    });
  }

  function recall() {
    const { message, device: known, details } = load();
    field("message").value = message;
    field("device").value = known || device();
    for (const name of DETAILS) field(name).value = details[name] ?? "";
  }

  /** @param {boolean} wide */
  function show(wide) {
    form.hidden = !wide;
    open.setAttribute("aria-expanded", String(wide));
    if (wide) write();
  }

  function read() {
    const pasted = field("pasted").value;
    if (!pasted.trim()) return;
    const found = recognise(pasted);
    const filled = [];
    for (const name of /** @type {const} */ (["message", ...DETAILS])) {
      if (!found[name]) continue;
      field(name).value = found[name];
      cleanField(field(name));
      filled.push(field(name).labels?.[0]?.textContent?.trim());
    }
    clean(pasted);
    field("pasted").value = "";
    find("found").textContent = filled.length ? `Found: ${filled.join(", ")}.` : "Nothing was found in it. Please fill in the fields yourself.";
    remember();
    write();
  }

  /** @param {string} text @param {string} done */
  async function copy(text, done) {
    try {
      await navigator.clipboard.writeText(text);
      say(done);
    } catch {
      area.focus();
      area.select();
      say("This browser does not let us copy. The text is selected: copy it yourself.");
    }
  }

  // What the page knows, to be chosen. The field for the method is named as in the vocabulary.
  const methods = data.facets?.find((/** @type {any} */ facet) => facet.label === field("method").labels?.[0].textContent?.trim())?.values ?? [];
  for (const text of methods) {
    const option = document.createElement("option");
    option.value = text;
    find("methods").append(option);
  }
  for (const text of data.messages ?? []) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "kb-button kb-button--quiet";
    button.textContent = text;
    on(button, "click", () => {
      field("message").value = text;
      remember();
      write();
      say(`Message: ${text}`);
    });
    find("choices").append(button);
  }
  find("choices").hidden = !data.messages?.length;
  if (methods.length === 1) field("method").value = methods[0];

  for (const input of box.querySelectorAll("input, textarea[name]:not([name=pasted])"))
    on(input, "change", () => {
      cleanField(/** @type {HTMLInputElement} */ (input));
      remember();
      write();
    });
  // After a paste the text stands there only a moment later; without "change" nobody has to leave the field first.
  on(field("pasted"), "paste", () => setTimeout(read));
  on(field("pasted"), "change", read);
  on(area, "input", () => {
    edited = true;
    find("again").hidden = false;
  });
  on(area, "change", finish);
  on(find("anew"), "click", () => {
    edited = false;
    write();
    area.focus();
  });
  on(open, "click", () => show(form.hidden));
  on(find("copy"), "click", () => void copy(finish(), "The report is copied. Paste it into a message to the help desk."));
  on(find("more"), "click", () => void copy(over, "The rest is copied. Paste it below the report."));
  on(find("print"), "click", () => {
    finish();
    const root = document.documentElement;
    root.dataset.kbPrint = "report";
    addEventListener("afterprint", () => delete root.dataset.kbPrint, { once: true });
    print();
  });
  find("share").hidden = !navigator.share;
  on(find("share"), "click", () => void navigator.share({ title: page.title, text: finish() }).catch(() => {}));
  for (const name of ["mail", "ticket"]) {
    const link = find(name);
    on(link, "click", () => {
      finish();
      over = link.dataset.rest;
      rest.hidden = !over;
      if (over) say("Not all of the report fits there. Copy the rest, and paste it below.");
    });
  }
  find("ticket").hidden = !/^https:/.test(organisation.ticket?.url ?? "");

  on(document, "kb:stuck", () => show(true));
  on(window, "beforeprint", () => void write());
  signal.addEventListener("abort", onChange(() => {
    if (!load().changed) {
      recall();
      edited = false;
    }
    if (!form.hidden) write();
  }));
  recall();
  write();
  find("plain").hidden = true;
  find("start").hidden = false;
  if (location.hash === "#kb-report") show(true);
}
