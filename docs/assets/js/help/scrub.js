// @ts-check
/**
 * Takes out of a text what nobody else may have: codes, passwords, keys, tokens. What a help desk needs stays: identifiers,
 * error codes, dates, versions, addresses, the ends of telephone numbers. In doubt it takes out. Pure. No lookbehind: old phones.
 */

/** By first letter: the letters that hardly ever follow it in a word. */
const RARE =
  "joqxz bcdfhknpqvwxyz bfjnpqvwxz fhjkpqwxz hj bcdghjkmnpqvwxyz bdgjkpqvwxyz bcdfhjklpqvwxz hiqwy bcdfghjklmnpqrstvwxyz bcfgjkmqrvwxyz chjnqwx cdfghjkqrtvwxz hqwx qz bgjkmnqvwxz abcdefghijklmnopqrstvwxyz jqx bgjnqrvx bjkqvx hjkoquvwyz bcdfghjklmnpqrstuvwxyz bcdfgjkmpqtuvwxyz bdfghjklnoqrsuvwxyz bcdfghjklqruvwxyz bcdfghjklmnpqrvxyz".split(
    " ",
  );

/** What follows "my password is" without being one. */
const PLAIN =
  /^(?:\S*(?:ed|ing)|n[o']t|isn't|wrong|no|none|right|correct|incorrect|ok(?:ay)?|fine|old|new|the|too|so|very|still|again|never|always|also|only|just|now|then|to|a|an|i|it|its|my|your|this|that|these|they|there|in|on|at|of|for|from|by|with|without|what|where|which|because|valid|invalid|weak|strong|long|short|longer|shorter|different|same|safe|empty|blank|about|out|due|good|bad|gone|lost|unknown|sent|set|true|false|null|undefined|yes|n\/a|known|here|and|or|but|as|if|when|after|before|up|off|we|he|she|you|was|is|are|has|have|had|did|does|do|can|cannot|could|will|would|may|must|should|please|microsoft|needs?|works?|fails?|falsch|nicht|abgelaufen|gesperrt|richtig|korrekt|ungültig|expiré|refusé|faux|incorrecta|[*•●.…_-]+)$/i;

/** @param {string} word How many pairs of letters in it no word has. */
const oddPairs = (word) =>
  [...word.toLowerCase()].filter((letter, at, all) => at && RARE[all[at - 1].charCodeAt(0) - 97]?.includes(letter)).length;

/** @param {string} text How often letters and digits take turns. */
const turns = (text) => (text.match(/\d(?=[a-z])|[a-z](?=\d)/gi) ?? []).length;

/** @param {string} run Whether somebody threw dice for this: a key, not words. */
function random(run) {
  let odd = 0;
  for (const part of run.split(/[^A-Za-z0-9]+/)) {
    const words = part.match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? [];
    const pairs = words.reduce((sum, word) => sum + oddPairs(word), 0);
    // Short words, as cases take turns: "aBcXyZq".
    const torn = words.length > 3 && part.length < 3 * words.length;
    if (turns(part) > 2 || (pairs > 1 && pairs * 6 > part.length) || torn || (turns(part) > 1 && part.length > 5)) odd += part.length;
  }
  return odd > 11;
}

/** Error codes of six and more digits that stand alone: all others of that length may be codes to sign in with. */
const ERROR = /^(?:(?:1[03]00|16|50|53|54|65|7[05]|80|90)\d{3}|5001(?:21|33|36|39|73)|5000[12]\d|50020[78]|50021[23]|5014\d\d|530(?:00|03)\d|7000\d\d|9001\d\d|1300\d\d|1350\d\d|70002\d\d|900231\d|80(?:04|07|09|18|1[cC])\d{4})$/;

const CODE = "(?:(?:pass ?)?codes?|otps?|pins?|tans?|taps?)";
const PASS = "(?:pass(?: ?words?| ?phrases?|wd|wort)?|pwd?|kennwort|mot de passe|contraseña|wachtwoord|temporary access pass|tap|pin|secret(?: key)?|set-?up key|security answer|private key|api[ _-]?key|recovery key)";

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
  const keep = (/** @type {string} */ found) => String.fromCodePoint(0xf0000 + kept.push(found) - 1);
  const drop = (/** @type {string} */ kind) => {
    removed.add(kind);
    return keep(`[removed: ${kind}]`);
  };
  let rest = String(text)
    .slice(0, 20_000)
    .replace(/[\u{f0000}-\u{fffff}]|\p{Surrogate}/gu, "")
    .replace(/([\w\p{Nd}])[\u00ad\u200b-\u200f\u2060\ufeff]+(?=[\w\p{Nd}])/gu, "$1")
    .replace(/\p{Nd}/gu, ascii)
    .replace(/(\d)[\u00a0\u2000-\u200a\u202f](?=\d)/g, "$1 ");

  /**
   * Takes out, or keeps as it is, what a pattern finds. Its group `b`, if any, stands before it and stays; `kind` names what
   * is taken out, and may look at it first.
   * @param {RegExp} pattern
   * @param {string | ((found: string, before: string, context: string) => string | false)} kind "" keeps it; false leaves it to later rules.
   */
  const rule = (pattern, kind) => {
    rest = rest.replace(pattern, (whole, ...more) => {
      const before = more[more.length - 1].b ?? "";
      const at = /** @type {number} */ (more.find((one) => typeof one === "number"));
      const found = whole.slice(before.length);
      const name = typeof kind === "string" ? kind : kind(found, before, rest.slice(Math.max(0, at - 14), at) + before);
      return name === false || !found ? whole : before + (name ? drop(name) : keep(found));
    });
  };

  rule(/\[removed: [a-z -]+\]/g, "");

  // Secrets that say what they are.
  rule(/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-*(?:[^]*?-----END [A-Z0-9 ]+-----|(?:\r?\n[\w+/=]+(?![^\r\n]))*)/g, "a key");
  rule(/\b(?:otpauth(?:-migration)?|phonefactor)(?::|%3A)\S+|\bfido:\/\d+/gi, "a set-up link");
  rule(/(?<b>(?:^|[\n"'])[ \t]*(?:set-)?cookie["']?:[ \t]*)\S.*/gi, "cookies");
  rule(/(?<b>authorization["']?\s*[:=]\s*["']?)(?:(?:bearer|basic|digest|negotiate|ntlm)\s.*|[^\s"']{12,})/gi, "a token");
  rule(/(?<b>\b(?:bearer|basic|negotiate|ntlm)\s+["']?)[\w.~+/=-]{8,}/gi, (found) => /\d|=$|[a-z][A-Z]/.test(found) && "a token");
  rule(/eyJ[\w+/=-]{8,}(?:\.+[\w+/=-]+)*(?:\r?\n(?=\S*\d)[\w+/=.-]{12,}(?![^\r\n]))*/g, "a token");
  rule(/\b[\w.~-]{3,4}\dQ~[\w.~-]{20,}/g, "a token");
  rule(/(?<b>\/\/[^\s/:@]+:)[^\s/@]+(?=@)/g, "a password");

  // Secrets that a name stands before, as programs write them.
  rule(
    /(?<b>[\w.-]{0,30}(?:token|secret|passw(?:or)?d|pwd|passphrase|api[-_]?key|accesskey|accountkey|private[-_]?key|assertion|saml(?:response|request|art)|verifier|(?:device|user|auth)_code|cookie|estsauth\w*|rtfa|fedauth|msisauth\w*|mspauth\w*|msaauth\w*|rpssecauth|credential|otp|totp|seed|canary|_key)["']?(?:=|["']\s*:\s*["'])["']?)[^\s"'&;,<>\u{f0000}-\u{fffff}]{3,}/giu,
    (found) => !PLAIN.test(found) && "a token",
  );
  rule(
    /(?<b>[\w.-]{0,30}(?:sess(?:ion)?(?:id|key)?|sid|state|sig|signature|nonce|ctx|buid|fpc|code|key|auth|aspnet[\w.]*)["']?(?:=|["']\s*:\s*["']))[^\s"'&;,<>\u{f0000}-\u{fffff}]{4,}/giu,
    (found, before) =>
      !/err|status|result|post|zip|country|request|correl|trace/i.test(before) &&
      !/^[\da-f]{8}(?:-[\da-f]{4}){3}/i.test(found) &&
      !ERROR.test(found) &&
      (/\d/.test(found) || random(found)) &&
      "a token",
  );
  rule(/\b(?:gh[a-z]_|github_pat_|glpat-|xox[a-z]-|AKIA|ASIA|AIza|[sprw]k_(?:live|test)_|sk-|npm_|hf_|ya29\.|M\.[CR]\d|[01]\.A[A-Za-z0-9])[\w.!*$~-]{10,}/g, "a token");

  rule(/\b[a-z0-9]{4}(?:([ -])[a-z0-9]{4}\b)(?:\1[a-z0-9]{4}\b){2,}/gi, (found) => {
    const odd = found.split(/[ -]/).reduce((sum, part) => sum + oddPairs(part) + +/\d/.test(part), 0);
    return odd > 1 && "a key or an app password";
  });
  // Lists of recovery codes under their heading.
  rule(
    /(?<b>(?:recovery|back-?up|scratch|rescue|emergency) codes?\b[^\n\d]{0,30}[:\n]\s*)(?:\d\d?[.)] )?(?=[a-z-]*\d)[a-z0-9]{4,}(?:-[a-z0-9]{4,})*(?:[\s,;]+(?:\d\d?[.)] )?(?=[a-z-]*\d)[a-z0-9]{4,}(?:-[a-z0-9]{4,})*)*/gi,
    "recovery codes",
  );
  // … and as people write them.
  const spoken = new RegExp(
    `(\\b(?:app[ -]?)?${PASS}\\b["')]*(?:([ \\t]*(?:-+>|[:=>→]+|[–-](?= )|\\n(?=\\S*\\d))[ \\t]*)|[ \\t]+(?:is|was|ist|war|lautet|est|es)\\b:?[ \\t]*|[ \\t]+(?=["'“‘«\`]|(?!AADSTS|KB\\d)(?:[A-Za-z]\\S*\\d|\\d+[A-Za-z])))(["'“‘«\`]*))(\\S[^\\n;]{0,200})`,
    "gi",
  );
  const passwords = (/** @type {string} */ from) =>
    from.replace(spoken, (_, before, sign, quote, line) => {
      const words = line.split(/[ \t]+/);
      const first = words[0].replace(sign ? /[.,:)"'”’»`]+$/ : /[.,:!?)"'”’»`]+$/, "");
      const ends = quote ? line.search(/["'”’»`](?!\w)/) : -1;
      let length = ends > 0 ? ends : first.length;
      // Without a sign a word alone counts if the sentence ends with it: "my password is sunshine".
      const loose = !sign && !quote && words[1] && first === words[0] && !/[^a-z]/.test(first) && !/^(?:and|but|or)$/.test(words[1]);
      if (!first || loose || /^[\u{f0000}-\u{fffff}]/u.test(first) || (PLAIN.test(first) && ends <= first.length)) length = 0;
      else if (sign && ends < 0 && words.length < 7 && !/[^a-z\d .]/.test(line)) length = line.length;
      return before + (length ? drop(/pin/i.test(before) ? "a code" : "a password") : "") + passwords(line.slice(length));
    });
  rest = passwords(rest);
  rule(
    new RegExp(`(?<b>\\b${CODE}\\b["')]*(?:\\s*[:=>→#-]+|\\s+(?:is|was|are|were|ist|number|no\\.|that|which|it|i|you|they|we|got|get|typed|used|entered|sent|came|shows?|says?|received|gave|me|to|use|the|my|by|text|from)\\b[:,]?){0,6}\\s*["'“‘«(\`]*)(?:[A-Za-z]{1,2}-)?(?=[A-Za-z]*\\d)(?:\\d{3,4}([ .–-])\\d{3,4}(?:\\2\\d{3,4})*(?!\\d)|\\d{4,12}(?![\\w:]|[-/.]\\d)|(?=\\S*\\d\\S*\\d|\\S*[A-Z])[A-Za-z0-9]{5,16}(?![\\w-]))`, "gi"),
    (found, before, context) =>
      !/(?:error|fehler|status|result|post(?:al)?|zip|country|area|exit|event)[\s-]*codes?/i.test(context) &&
      !(ERROR.test(found) && /codes?[\s:="]*$/i.test(before) && !/(?:cation|ity|sign-?in|sms|text|my|time|access)\W*code/i.test(context)) &&
      !/^(?:(?:19|20)\d\d|AADSTS\d+|KB\d+)$/i.test(found) &&
      "a code",
  );
  // Digit by digit, in figures or words.
  rule(/(?<b>^|[^\d.,:\w-])\d(?:([ .,_*/|-])\d)(?:\2\d){2,8}(?![\d.])/g, (found) => !/^\d(?:\.\d){1,3}$/.test(found) && "a code");
  rule(/\b(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double)(?:[ ,.-]+(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double)\b){3,}/gi, "a code");

  // What has to stay.
  rule(/[^\s<>"'():;,=]{1,64}@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}\b/gi, "");
  rule(/\b(?:correlation|request|trace|activity|message|tenant|object|device|app(?:lication)?|client)[ _-]?id["']?\s*[:=]?\s*["']?[\w-]{16,40}\b/gi, "");
  rule(/\b0x[\da-f]{4,8}\b/gi, "");
  rule(/\{?\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b\}?/gi, "");
  rule(/\b(?:19|20)\d\d-\d\d-\d\d(?:[T _]\d\d:?\d\d(?::?\d\d(?:[.,]\d+)?)?)?(?:\s?(?:Z|UTC|[+-]\d\d:?\d\d))?|\b(?:19|20)\d{6}[T_ -]\d{4,6}Z?\b|\b(?:19|20)\d\d(?:0[1-9]|1[012])(?:0[1-9]|[12]\d|3[01])\b/g, "");
  rule(/\b(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|[12]\d|3[01])\1(?:(?:19|20)\d\d|\d\d)\b|\b\d{1,2}:\d\d(?::\d\d(?:[.,]\d+)?)?/g, "");
  rule(/\bv?\d+(?:\.\d+){2,}\b/gi, "");
  rule(
    /\b(?:AADSTS|CAA|(?:error|fehler|stop|bug ?check|exit)(?:[ _-]?(?:codes?|numbers?|no\.?|id))?|status|event(?: id)?|kb(?: number| article)?|build|version|ticket(?: number)?|case(?: number)?|incident|ref(?:erence)?\.?|order|ext(?:ension)?\.?|user(?: ?name| ?id)?|(?:employee|staff|student|personnel|customer|phone|mobile|telephone|serial|asset|inventory)(?: (?:number|no\.?|id|tag))?|room|tenant|imei|zip|post ?code|postal code|end(?:s|ing)? (?:in|with))\b["']?[\s:#=.([-]*\d[\d ]*(?!\w)/gi,
    "",
  );
  rule(/\b(?:DESKTOP|LAPTOP|WIN|SURFACE|PC)-[A-Z0-9]{5,12}\b|\b(?:serial|s\/n|imei|asset)(?: (?:number|no\.?|tag))?[:\s]*[A-Z0-9-]{6,18}\b|\b[\w-]{1,80}\.(?:png|jpe?g|gif|pdf|docx?|txt|log|msg|eml|zip|exe|msi)\b/gi, "");

  // Groups, as keys and codes are printed.
  rule(/\b\d{6}(?:-\d{6}){3,}\b/g, "a key");
  rule(/\b[A-Z0-9]{5}(?:-[A-Z0-9]{5}){2,}\b/gi, (found) => (/\d/.test(found) || oddPairs(found) > 1) && "a recovery code");
  rule(/\b[a-z0-9]{4,8}(?:-[a-z0-9]{4,8})+\b/gi, (found) => {
    const parts = found.split("-");
    return parts.every((part) => part.length === parts[0].length) && parts.some((part) => turns(part)) && "a recovery code";
  });
  // Telephone numbers are no secrets.
  rule(/\+\d[\d ()./-]{6,18}\d/g, "");
  rule(/\(?\d{2,5}\)?(?:[ ./–-]\(?\d{2,5}\)?){1,5}(?!\w)/g, (found) => {
    const digits = found.replace(/\D/g, "");
    if (digits.length > 8 && digits.length < 16) return "";
    if (/^(?:19|20)\d\d\D(?:19|20)\d\d$|\D000$/.test(found)) return "";
    return (/^(?:\d{3}\D\d{3}|\d{4}\D\d{4}|\d\d\D\d\d\D\d\d(?:\D\d\d)?)$/.test(found) || digits.length > 15) && "a code";
  });
  rule(/(?<b>[^\w.]|^)(?:G-|FB-)?\d{6,8}(?![\w-]|\.\d)/gm, (found) => !ERROR.test(found) && "a code");
  rule(/\b\d{16,}\b/g, "a code");

  rule(/(?<b>^|[\s"'(])[^\s"'()\u{f0000}-\u{fffff}]{8,}/gu, (found) =>
    /^(?=\S*[a-z])(?=\S*\d)(?=\S*[!@#$%^&*?~]\S*\w)[\w!@#$%^&*?~+.-]+$/i.test(found) && !/^#|@.*\.|%20/.test(found) && "a password",
  );
  // Links keep where they lead, and lose what only looks like dice.
  rest = rest.replace(/\b(?:https?|wss?):\/\/[^\s<>"'`]+/gi, (url) =>
    keep(url.replace(/[^/?&#=;]+/g, (part) => (part.length > 15 && random(part) ? drop("a token") : part))),
  );
  rule(/\b[a-z]{16}\b|\b[A-Z]{16}\b/g, (found) => oddPairs(found) > 0 && "an app password");
  rule(/[\w+/=~.-]{16,}/g, (found) => random(found) && "a key or token");
  rule(/\b[a-z0-9]{8,15}\b/gi, (found) => turns(found) > 2 && "a code");

  // Kept texts may hold others.
  while (/[\u{f0000}-\u{fffff}]/u.test(rest))
    rest = rest.replace(/[\u{f0000}-\u{fffff}]/gu, (mark) => kept[/** @type {number} */ (mark.codePointAt(0)) - 0xf0000]);
  return { text: rest, removed: [...removed] };
}

/** @param {string} digit A digit of any script: those that stand together are ten in a row, and a row begins at zero. */
function ascii(digit) {
  if (digit <= "9") return digit;
  let value = 0;
  let code = /** @type {number} */ (digit.codePointAt(0));
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(--code))) value++;
  return String(value);
}
