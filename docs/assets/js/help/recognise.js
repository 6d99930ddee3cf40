// @ts-check
/**
 * Finds in a pasted error page what a help desk looks for. Pure: text in, texts out, "" for what is not there.
 *
 * @typedef {{correlationId: string, requestId: string, code: string, time: string, message: string}} Found
 */

/** A name with its value, an address, or what is written on a button. */
const NO_MESSAGE =
  /^(?:(?:troubleshooting|more) details|[\w ]{2,30}:(?: |\t|$)|[{[<]|(?:sign (?:in|out)|enter|pick|use|back|forgot|need help|terms|privacy|copy|microsoft)\b)|\t|https?:|\S@\S/i;
const ID = /\{?([\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|[\da-f]{32})\b/.source;
/** Between a name and its value: a colon, a tab, a new line, quotes, the words of other languages. */
const GAP = /[^\n]{0,30}?[\s:="'*]{1,12}/.source;
const TIME = /(?:19|20)\d\d-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?: ?(?:Z|UTC|[+-]\d\d:?\d\d))?/.source;
const END = /[\s"',]*(?:trace id|request id|correlation id|timestamp|error code|\n|"\s*,|$)/.source;

/** @param {string} pasted @returns {Found} */
export function recognise(pasted) {
  const text = pasted
    .slice(0, 50_000)
    .replace(/\\r\\n|\\n|\r\n?/g, "\n")
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, "");
  /** What the first group of the first pattern that fits found. @param {string[]} patterns */
  const first = (...patterns) => patterns.map((pattern) => RegExp(pattern, "i").exec(text)?.[1].trim()).find(Boolean) ?? "";
  return {
    correlationId: first(`[ck]orr?[eé]la[ck]?[tzcs][a-zó]*${GAP}${ID}`),
    requestId: first(`(?:request|trace|anforderung|anfrage|demande|solicitud|richiesta)${GAP}${ID}`, `session${GAP}${ID}`),
    code: first(
      "\\b(AADSTS\\d{4,8})\\b",
      "(?:error|fehler|erreur)[ _-]*(?:code|number|nummer)?s?[\"']?[\\s:=#[]*(0x[\\da-f]{8}|CAA\\w{4,8}|-?\\d{4,10})\\b",
      "\\b(0x8[\\da-f]{7}|CAA[\\da-f]{5,8})\\b",
    )
      .toUpperCase()
      .replace("0X", "0x"),
    time: first(`(?:time ?stamp|zeitstempel|horodat\\w*|marca de tiempo)["']?[\\s:="']*(${TIME}|\\d[^\\n"]{5,40})`, `(${TIME})`),
    // After its name, after the error code, or else the first line that is a sentence.
    message:
      first(`\\bmessage["']?[ \\t]*:[ \\t\\n]*["']?([^\\n]{8,500}?)${END}`, `\\b(AADSTS\\d{4,8}: [^\\n]{8,500}?)${END}`) ||
      (text
        .split("\n")
        .slice(0, 60)
        .map((line) => line.trim())
        .find((line) => !NO_MESSAGE.test(line) && /\S\s+\S+\s+\S/.test(line) && /\p{L}{3}/u.test(line))
        ?.slice(0, 500) ?? ""),
  };
}
