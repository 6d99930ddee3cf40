// @ts-check
/**
 * When the help desk answers, in the person's own time. Without this the page names the hours in the help desk's zone.
 *
 * @typedef {[number, number]} Span Minutes since midnight in the help desk's zone.
 * @typedef {{zone: string, week: Span[][]}} Hours For each day from Monday on its spans.
 */
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The clock of a zone at a moment, as if it were UTC. @param {number} moment @param {string} [timeZone] */
function clock(moment, timeZone) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric",
  });
  const parts = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]));
  return Date.UTC(parts.year, parts.month - 1, parts.day, parts.hour, parts.minute);
}

/** The moment at which the clock of a zone shows this. @param {number} shown @param {string} timeZone */
function moment(shown, timeZone) {
  const first = shown - (clock(shown, timeZone) - shown);
  // Once more: the clocks may have been changed between the two.
  return first + (shown - clock(first, timeZone));
}

/**
 * The next eight days' spans as moments, today's first.
 * @param {Hours} hours @param {number} now
 * @returns {{day: number, start: number, end: number}[]} `day` counts from Monday.
 */
export function coming({ zone, week }, now) {
  const midnight = new Date(clock(now, zone));
  midnight.setUTCHours(0, 0, 0, 0);
  return [...Array(8).keys()].flatMap((ahead) => {
    const date = midnight.getTime() + ahead * DAY;
    const day = (new Date(date).getUTCDay() + 6) % 7;
    return week[day].map(([start, end]) => ({
      day, start: moment(date + start * MINUTE, zone), end: moment(date + end * MINUTE, zone),
    }));
  });
}

/** A time of day, with the day where it is another. @param {number} at @param {number} now @param {string} [timeZone] */
function said(at, now, timeZone) {
  const time = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const day = new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "long" });
  const date = (/** @type {number} */ of) => Math.floor(clock(of, timeZone) / DAY);
  const same = date(at) === date(now);
  return same ? time.format(at) : `${day.format(at)} ${time.format(at)}`;
}

/**
 * Whether somebody answers now, and until or from when.
 * @param {Hours} hours @param {number} now @param {string} [timeZone] The person's own, if not the device's.
 */
export function status(hours, now, timeZone) {
  const spans = coming(hours, now);
  let open = spans.find(({ start, end }) => start <= now && now < end);
  if (open) {
    // Open over midnight is written as two spans.
    for (const span of spans) if (span.start === open.end) open = { ...open, end: span.end };
    const always = open.end - now > 6 * DAY;
    return always ? "Open now, day and night." : `Open now, until ${said(open.end, now, timeZone)} your time.`;
  }
  const next = spans.find(({ start }) => start > now);
  return next ? `Closed now. Opens ${said(next.start, now, timeZone)} your time.` : "";
}

/** Writes both into the page: what holds now, and each row in the person's time where that differs. */
export function startHours() {
  for (const box of document.querySelectorAll("[data-kb-hours]")) {
    if (!(box instanceof HTMLElement) || box.dataset.started) continue;
    box.dataset.started = "";
    try {
      const hours = /** @type {Hours} */ (JSON.parse(box.dataset.kbHours ?? ""));
      const now = Date.now();
      const line = box.querySelector("[data-kb-open]");
      const text = status(hours, now);
      if (line instanceof HTMLElement && text) {
        line.textContent = text;
        line.hidden = false;
      }
      if (clock(now) === clock(now, hours.zone)) continue;
      const spans = coming(hours, now);
      for (const own of box.querySelectorAll("[data-kb-day]")) {
        const day = Number(own.getAttribute("data-kb-day"));
        const first = spans.find((span) => span.day === day);
        if (!first) continue;
        // Only this day, not the same one a week later.
        const times = spans
          .filter((span) => span.day === day && span.start - first.start < DAY)
          .map(({ start, end }) => `${said(start, start)} to ${said(end, start)}`);
        own.textContent = ` (your time: ${times.join(", ")})`;
      }
    } catch {
      // A browser that does not know the zone: the page says the hours without it.
    }
  }
}
