// @ts-check
/**
 * Finds in a pasted error page what a help desk looks for. Pure: text in, texts out, "" for what is not there.
 *
 * @typedef {{correlationId: string, requestId: string, code: string, time: string, message: string}} Found
 */

const ID = "\\{?([\\da-f]{8}-(?:[\\da-f]{4}-){3}[\\da-f]{12}|[\\da-f]{32})\\b";
/** Between a name and its value: a colon, a tab, a new line, quotes, the words of other languages. */
const GAP = "[^\\n]{0,30}?[\\s:=\"'*]{1,12}";

/** @param {string} text @param {RegExp[]} patterns In order. @returns {string} What the first group of the first that fits found. */
function first(text, ...patterns) {
  for (const pattern of patterns) {
    const found = pattern.exec(text)?.[1];
    if (found) return found.trim();
  }
  return "";
}

/** @param {string} pasted @returns {Found} */
export function recognise(pasted) {
  const text = String(pasted)
    .slice(0, 50_000)
    .replace(/\\r\\n|\\n|\r\n?/g, "\n")
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, "");
  const time = "((?:19|20)\\d\\d-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?(?: ?(?:Z|UTC|[+-]\\d\\d:?\\d\\d))?)";
  return {
    correlationId: first(text, new RegExp(`[ck]orr?[eé]la[ck]?[tzcs][a-zó]*${GAP}${ID}`, "i")),
    requestId: first(text, new RegExp(`(?:request|trace|anforderung|anfrage|demande|solicitud|richiesta)${GAP}${ID}`, "i"), new RegExp(`session${GAP}${ID}`, "i")),
    code: first(
      text,
      /\b(AADSTS\d{4,8})\b/i,
      /(?:error|fehler|erreur|errore)[ _-]*(?:code|number|nummer)?s?["']?[\s:=#[]*(0x[\da-f]{8}|CAA\w{4,8}|-?\d{4,10})\b/i,
      /(?:c[óo]digo|code|codice)(?: de| d'| di)?[ ]?(?:error|erreur|errore)["']?[\s:=]*(0x[\da-f]{8}|\d{4,10})\b/i,
      /\b(0x8[\da-f]{7}|CAA[\dA-F]{5,8})\b/i,
    ).toUpperCase().replace(/^0X/, "0x"),
    time: first(
      text,
      new RegExp(`(?:time ?stamp|zeitstempel|horodat\\w*|marca de tiempo)["']?[\\s:="']*${time}`, "i"),
      /(?:time ?stamp|zeitstempel|horodat\w*)[ \t]*:?[ \t\n]*(\d[^\n"]{5,40})/i,
      new RegExp(time),
    ),
    message: message(text),
  };
}

/** What the page says went wrong: after its name, after the error code, or else the first line that is a sentence. @param {string} text */
function message(text) {
  const end = "[\\s\"',]*(?:trace id|request id|correlation id|timestamp|error code|\\n|\"\\s*,|$)";
  const named = first(
    text,
    new RegExp(`\\bmessage["']?[ \\t]*:[ \\t\\n]*["']?((?:(?!\\n)[^]){8,500}?)${end}`, "i"),
    new RegExp(`\\b(AADSTS\\d{4,8}: [^\\n]{8,500}?)${end}`, "i"),
  );
  if (named) return named;
  for (const line of text.split("\n").slice(0, 60)) {
    const said = line.trim();
    // Not a name with its value, an address, or what is written on a button.
    if (/^(?:troubleshooting|more) details|^[\w ]{2,30}:(?: |\t|$)|\t|https?:|\S@\S|^[{[<]/i.test(said)) continue;
    if (/^(?:sign (?:in|out)|enter|pick|use|back|next|cancel|forgot|need help|terms|privacy|copy|microsoft)\b/i.test(said)) continue;
    if (said.split(/\s+/).length > 2 && /\p{L}{3}/u.test(said)) return said.slice(0, 500);
  }
  return "";
}
