// @ts-check
/**
 * When the help desk answers, in the person's own time. Without this the page names the hours in the help desk's zone.
 *
 * @typedef {[number, number]} Span Minutes since midnight in the help desk's zone.
 * @typedef {{zone: string, week: Span[][]}} Hours For each day from Monday on its spans.
 */
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The clock of a zone at a moment, as if it were UTC. Swedes write it as ISO does. @param {number} moment @param {string} [timeZone] */
const clock = (moment, timeZone) => Date.parse(new Date(moment).toLocaleString("sv", { timeZone }).replace(" ", "T") + "Z");

/** The day that a zone has, counted. @param {number} moment @param {string} [timeZone] */
const date = (moment, timeZone) => Math.floor(clock(moment, timeZone) / DAY);

/** The moment at which the clock of a zone shows this. @param {number} shown @param {string} timeZone */
function moment(shown, timeZone) {
  const first = 2 * shown - clock(shown, timeZone);
  // Once more: the clocks may have been changed between the two.
  return first + shown - clock(first, timeZone);
}

/**
 * The next eight days' spans as moments, today's first.
 * @param {Hours} hours @param {number} now
 * @returns {{day: number, start: number, end: number}[]} `day` counts from Monday.
 */
function coming({ zone, week }, now) {
  const today = date(now, zone);
  return [0, 1, 2, 3, 4, 5, 6, 7].flatMap((ahead) => {
    // The first day of all clocks was a Thursday.
    const day = (today + ahead + 3) % 7;
    return week[day].map((span) => {
      const [start, end] = span.map((minute) => moment((today + ahead) * DAY + minute * MINUTE, zone));
      return { day, start, end };
    });
  });
}

/** A time of day, with the day where it is another. @param {number} at @param {number} now @param {string} [timeZone] */
const said = (at, now, timeZone) =>
  new Date(at).toLocaleString("en-GB", {
    timeZone,
    weekday: date(at, timeZone) === date(now, timeZone) ? undefined : "long",
    hour: "2-digit",
    minute: "2-digit",
  });

/**
 * Whether somebody answers now, and until or from when.
 * @param {Hours} hours @param {number} now @param {string} [timeZone] The person's own, if not the device's.
 */
export function status(hours, now, timeZone) {
  const spans = coming(hours, now);
  const next = spans.find(({ end }) => now < end);
  if (!next) return "";
  if (now < next.start) return `Closed now. Opens ${said(next.start, now, timeZone)} your time.`;
  let { end } = next;
  // Open over midnight is written as two spans.
  for (const span of spans) if (span.start === end) end = span.end;
  return end - now > 6 * DAY ? "Open now, day and night." : `Open now, until ${said(end, now, timeZone)} your time.`;
}

/** Writes both into the page: what holds now, and each row in the person's time where that differs. @param {any} box */
function show(box) {
  const hours = JSON.parse(box.dataset.kbHours);
  const now = Date.now();
  const line = box.querySelector("[data-kb-open]");
  line.textContent = status(hours, now);
  line.hidden = !line.textContent;
  if (clock(now) === clock(now, hours.zone)) return;
  const spans = coming(hours, now);
  for (const own of box.querySelectorAll("[data-kb-day]")) {
    const times = spans.filter(({ day }) => day === Number(own.dataset.kbDay));
    const text = times
      // Only this day, not the same one a week later.
      .filter(({ start }) => start - times[0].start < DAY)
      .map(({ start, end }) => `${said(start, start)} to ${said(end, start)}`)
      .join(", ");
    if (text) own.textContent = ` (your time: ${text})`;
  }
}

try {
  for (const box of document.querySelectorAll("[data-kb-hours]")) show(box);
} catch {
  // A browser that does not know the zone: the page says the hours without it.
}
