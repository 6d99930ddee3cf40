// @ts-check
/**
 * Takes out of a text what nobody else may have: codes, passwords, keys, tokens. What a help desk needs stays: identifiers,
 * error codes, dates, versions, addresses, the ends of telephone numbers. In doubt it takes out. Pure. No lookbehind: old phones.
 */

/** Two letters that hardly ever follow each other in a word. */
const ODD_PAIR = /(?=[a-z]{2})(?=a[joqxz]|b[^aegijlmorstu]|c[bfjnpqvwxz]|d[fhjkpqwxz]|e[hj]|f[^aefilorstu]|g[bdgjkpqvwxyz]|h[^aegimnorstuy]|i[hiqwy]|j[^aeiou]|k[^adehilnopstu]|l[chjnqwx]|m[^abeilmnopsuy]|n[hqwx]|o[qz]|p[bgjkmnqvwxz]|q[^u]|r[jqx]|s[bgjnqrvx]|t[bjkqvx]|u[hjkoquvwyz]|v[^aeio]|w[^aehilnors]|x[^aceimpt]|y[^aeimnopst]|z[^aeiostuw])/gi;

/** What follows "my password is" without being one. No password is as short as three letters. */
const PLAIN =
  /^(?:\S*(?:ed|ing|n't)|[a-z]{1,3}|n\/a|(?:in)?(?:valid|correcta?|active)|right|none|okay|fine|very|still|again|never|always|also|only|just|th[a-z]{2,3}|from|w(?:h[a-z]{2,3}|ith(?:out)?|ould|ill|rong|eak)|because|strong|(?:long|short)(?:er)?|different|same|safe|empty|blank|about|good|gone|lost|sent|true|false|null|un(?:known|defined)|known|here|after|before|c(?:annot|ould)|must|should|please|microsoft|(?:need|work|fail)s?|falsch|nicht|abgelaufen|gesperrt|richtig|korrekt|ungültig|expiré|refusé|faux|[*•●.…_-]+)$/i;

/** @param {string} text How many pairs of letters in it no word has. */
const oddPairs = (text) => [...text.matchAll(ODD_PAIR)].length;

/** @param {string} text How often letters and digits take turns. */
const turns = (text) => text.split(/\d(?=[a-z])|[a-z](?=\d)/i).length - 1;

/** @param {string} run Whether somebody threw dice for this: a key, not words. */
const random = (run) =>
  run.split(/[^a-z\d]+/i).filter((part) => {
    const words = part.match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? [];
    const pairs = oddPairs(words.join("0"));
    // Short words, as cases take turns: "aBcXyZq".
    return turns(part) > +(part.length > 5 ? 1 : 2) || (pairs > 1 && pairs * 6 > part.length) || (words.length > 3 && part.length < 3 * words.length);
  }).join("").length > 11;

/** Error codes of six and more digits that stand alone: all others of that length may be codes to sign in with. */
const ERROR = /^(?:500[0-2]\d\d|5014\d\d|530[03]\d\d|(?:7000|9001|13[05]0)\d\d|70002\d\d|900231\d|80(?:0[479]|1[8c])\d{4})$/i;

const PASS = /\b(?:pass(?:e|wd|wort| ?words?| ?phrases?)?|pwd?|kennwort|contraseña|wachtwoord|tap|pin|secret|(?:secret|set-?up|private|api|recovery)[ _-]?key|security answer)\b["')]*/.source;
const SIGN = /[ \t]*(?:-+>|[:=>→]+|[–-](?= )|\n(?=\S*\d))[ \t]*/.source;
const IS = /[ \t]+(?:is|was|ist|war|lautet|est|es)\b:?[ \t]*/.source;

/**
 * What is looked for, in order: what it is called when it is taken out, "" for what has to stay; how it looks, where the group `b`
 * stands before it and stays; and what else must hold, told by what was found, by what stands before it, and by the second group. What one rule found, later rules do not look at any more.
 * @type {[string, RegExp, ((found: string, before: string, second: string) => unknown)?][]}
 */
const RULES = [
  ["", /\[removed: [a-z -]+\]/g],
  [
    "",
    /\b(?:AADSTS|CAA|(?:error|fehler|stop|bug ?check|exit)(?:[ _?-]?(?:codes?|numbers?|no\.?|id))?|(?:status|result|post(?:al)?|zip|country|area|event)(?:[ -]?(?:codes?|id))?|kb(?: number| article)?|build|version|(?:ticket|case|employee|staff|student|personnel|customer|phone|mobile|telephone|user|ref(?:erence)?|order|ext(?:ension)?|incident|room|tenant)\.?(?: ?(?:number|no\.?|id|tag|name))?|end(?:s|ing)? (?:in|with))\b["']?[\s:#=.([-]*\d[\d ]*(?!\w|-\d)/gi,
  ],

  // Secrets that say what they are.
  ["a key", /-----BEGIN [A-Z\d ]*PRIVATE KEY-*(?:[^]*?-----END [A-Z\d ]+-----|(?:\r?\n[\w+/=]+(?![^\r\n]))*)/g],
  ["a set-up link", /\b(?:otpauth|phonefactor|fido)[a-z-]*(?::|%3A)\S+/gi],
  ["a token", /(?<b>(?:^|[\n"'])[ \t]*(?:authorization|(?:set-)?cookie)["']?[ \t]*[:=][ \t]*)\S.*/gi],
  ["a token", /\b(?:eyJ|A[KS]IA|[sprw]k_(?:live|test)_|[01]\.A\S{20}|[\w.~-]{4}Q~)[\w+/=.~-]{8,}/g],
  ["a password", /(?<b>\/\/[^\s/:@]+:)[^\s/@]+(?=@)/g],

  // Secrets that a name stands before, as programs write them.
  [
    "a token",
    /(?<b>[\w.-]{0,30}(?:token|secret|pass|pwd|key|assertion|saml|verifier|code|cookie|auth|credential|otp|seed|canary|sess|sid|state|sig|nonce|ctx|buid|fpc|rtfa|aspnet)[\w.]*["']?(?:=|["']\s*:\s*)["']?)[^\s"'&;,<>\ue000-\uf8ff]{4,}/gi,
    (found, name) => !/err|status|result|post|zip|country|request|correl|trace|session_state/i.test(name) && !ERROR.test(found) && (/\d/.test(found) || random(found) || (/token|secret|pass/i.test(name) && !PLAIN.test(found))),
  ],
  [
    "an app password",
    /\b[a-z\d]{4}(?:([ -])[a-z\d]{4}\b)(?:\1[a-z\d]{4}\b){2,}/gi,
    (found) => found.split(/[ -]/).reduce((sum, part) => sum + oddPairs(part) + +/\d/.test(part), 0) > 1,
  ],
  [
    "a code",
    /(?<b>(?:recovery|back-?up|scratch|rescue|emergency) codes?\b[^\n\d]{0,30}[:\n]\s*)(?:[\s,;]*(?:\d\d?[.)] )?(?=[a-z-]*\d)[a-z\d]{4,}(?:-[a-z\d]{4,})*)+/gi,
  ],
  // … and as people write them.
  ["a password", RegExp(`(?<b>${PASS}(?:${SIGN}|${IS}|[ \\t]+)["'“‘«\`])[^"'”’»\`\\n]{3,}(?=["'”’»\`](?!\\w))`, "gi")],
  ["a password", RegExp(`(?<b>${PASS}${SIGN})\\w+(?: \\w+){1,5}(?![^\\n;])`, "gi"), (found) => !/[^a-z\d ]/.test(found) && !PLAIN.test(found.split(" ")[0])],
  ["a password", RegExp(`(?<b>${PASS}${SIGN})[^\\s;\ue000-\uf8ff]*[^\\s;.,:)"'”’»\`\ue000-\uf8ff]`, "gi"), (found) => !PLAIN.test(found)],
  [
    "a password",
    RegExp(`(?<b>${PASS}(?:${IS}|[ \\t]+(?=(?!AADSTS|KB)(?:[a-z]\\S*\\d|\\d+[a-z]))))[^\\s;\ue000-\uf8ff]*[^\\s;.,:!?)"'”’»\`\ue000-\uf8ff](?=( (?!(?:and|but|or)\\b))?)`, "gi"),
    // A word alone counts if the sentence ends with it: "my password is sunshine".
    (found, _, goesOn) => !PLAIN.test(found) && !(goesOn && /^[a-z]+$/.test(found)),
  ],
  [
    "a code",
    /(?<b>\b(?:(?:pass ?)?codes?|otps?|pins?|tans?|taps?)\b["')]*(?:\s*[:=>→#-]+|\s+[a-z]{1,8}\b[:,]?|'s){0,6}\s*["'“‘«(`]*)(?:[A-Z]{1,2}-)?(?=[A-Z]*\d)(?:\d{3,4}([ .–-])\d{3,4}(?:\2\d{3,4})*(?!\d)|\d{4,12}(?![\w:]|[-/.]\d)|(?=\S*\d\S*\d|\S*[A-Z])[A-Z\d]{5,16}(?![\w-]))/gi,
    (found) => !/^(?:(?:19|20)\d\d|AADSTS\d+|KB\d+)$/i.test(found),
  ],
  // Digit by digit, in figures or words.
  ["a code", /(?<b>^|[^\d.,:\w-])\d(?:([ .,_*/|-])\d)(?:\2\d){2,8}(?![\d.])/g, (found) => !/^\d(?:\.\d){1,3}$/.test(found)],
  ["a code", /\b(?:[ ,.-]*\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double)\b){4,}/gi],

  // What has to stay.
  ["", /[^\s<>"'():;,=]{1,64}@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b/gi],
  ["", /\b(?:correlation|request|trace|activity|message|tenant|object|device|app(?:lication)?|client)[ _-]?id["']?\s*[:=]?\s*["']?[\w-]{16,40}\b/gi],
  ["", /\b0x[\da-f]{4,8}\b|\{?\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b\}?/gi],
  ["", /\b(?:19|20)\d\d-?(?:0[1-9]|1[012])-?(?:0[1-9]|[12]\d|3[01])(?:[T _-]\d\d:?\d\d(?::?\d\d(?:[.,]\d+)?)?)?(?:\s?(?:Z|UTC|[+-]\d\d:?\d\d))?(?!\d)/g],
  ["", /\b[0-3]?\d([./-])[0-3]?\d\1(?:\d\d){1,2}\b|\b\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?|\bv?\d+(?:\.\d+){2,}\b/gi],
  ["", /\b(?:DESKTOP|LAPTOP|WIN|SURFACE|PC)-[A-Z\d]{5,12}\b|\b(?:serial|s\/n|imei|asset|inventory)(?: (?:number|no\.?|tag))?[:\s]*[A-Z\d-]{6,18}\b|\b[\w-]{1,80}\.(?:png|jpe?g|pdf|txt|log)\b/gi],

  // Groups, as keys and codes are printed.
  [
    "a code",
    /\b[a-z\d]{4,8}(?:-[a-z\d]{4,8})+\b/gi,
    (found) => {
      const parts = found.split("-");
      return parts.every(({ length }) => length === parts[0].length) && (parts.some(turns) || (parts[2]?.length > 4 && (/\d/.test(found) || oddPairs(found) > 1)));
    },
  ],
  // Telephone numbers are no secrets.
  ["", /\+\d[\d ()./-]{6,18}\d/g],
  ["", /\(?\d{2,5}\)?(?:[ ./–-]\(?\d{2,5}\)?){1,5}(?!\w)/g, (found) => /^(?:19|20)\d\d\D(?:19|20)\d\d$|\D000$/.test(found) || /^(?:\D*\d){9,15}\D*$/.test(found)],
  ["a code", /\b(?:\d{3}\D\d{3}|\d{4}\D\d{4}|\d\d\D\d\d\D\d\d(?:\D\d\d)?)\b/g],
  ["a code", /(?<b>[^\w.]|^)(?:G-|FB-)?(?:\d{6,8}|\d{16,})(?![\w-]|\.\d)/gm, (found) => !ERROR.test(found)],
  [
    "a password",
    /(?<b>^|[\s"'(])[\w!@#$%^&*?~+.-]{8,}(?![^\s"'()])/g,
    (found) => /^(?=.*[a-z])(?=.*\d)(?!#|.*(?:@.*\.|%20)).*[!@#$%^&*?~].*\w/i.test(found),
  ],
  // Links keep where they lead, and lose what only looks like dice.
  ["a link", /\bhttps?:\/\/[^\s<>"'`]+/gi],
  ["an app password", /\b[a-z]{16}\b|\b[A-Z]{16}\b/g, oddPairs],
  ["a key", /[\w+/=~.-]{16,}/g, random],
  ["a code", /\b[a-z\d]{8,15}\b/gi, (found) => turns(found) > 2],
];

/**
 * The text without secrets, and what they were.
 * @param {string} text
 * @returns {{text: string, removed: string[]}}
 */
export function scrub(text) {
  /** What later rules do not look at any more. Each stands in the text as one private character. @type {string[]} */
  const kept = [];
  /** @type {Set<string>} */
  const removed = new Set();
  const keep = (/** @type {string} */ found) => String.fromCharCode(0xe000 + kept.push(found) - 1);
  const drop = (/** @type {string} */ kind) => keep(`[removed: ${removed.add(kind) && kind}]`);
  let rest = text
    .slice(0, 20_000)
    .replace(/[\ue000-\uf8ff]|\p{Surrogate}/gu, "")
    .replace(/([\w\p{Nd}])[\u00ad\u200b-\u200f\u2060\ufeff]+(?=[\w\p{Nd}])/gu, "$1")
    .replace(/\p{Nd}/gu, ascii)
    .replace(/(\d)[\u00a0\u2000-\u200a\u202f](?=\d)/g, "$1 ");
  for (const [kind, pattern, holds = () => true] of RULES)
    rest = rest.replace(pattern, (whole, ...more) => {
      const before = more[more.length - 1].b ?? "";
      const found = whole.slice(before.length);
      if (!holds(found, before, more[1])) return whole;
      if (kind === "a link") return keep(found.replace(/[^/?&#=;]{16,}/g, (part) => (random(part) ? drop("a token") : part)));
      return before + (kind ? drop(kind) : keep(found));
    });
  // Kept texts may hold others.
  while (/[\ue000-\uf8ff]/.test(rest)) rest = rest.replace(/[\ue000-\uf8ff]/g, (mark) => kept[mark.charCodeAt(0) - 0xe000]);
  return { text: rest, removed: [...removed] };
}

/** @param {string} digit A digit of any script: those that stand together are ten in a row, and a row begins at zero. */
function ascii(digit) {
  const code = /** @type {number} */ (digit.codePointAt(0));
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value++;
  return String(value);
}
