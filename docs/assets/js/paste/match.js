// @ts-check
/**
 * Finds which known messages and numbers a pasted text shows. Pure: text and entries in, hits out, the best first.
 * A number is sought first, then a message word for word, then what is nearest. It is no search: it knows nothing but
 * what stands on screens, and rather says nothing than something wrong.
 *
 * @typedef {object} Entry What may stand on a screen; more in hooks/kb/paste.py.
 * @property {string} text A number, or a message; "…" in it stands for anything.
 * @property {string} [means]
 * @property {{title: string, url: string}[]} links
 *
 * @typedef {"number" | "same" | "near" | "words"} How
 * @typedef {{entry: Entry, how: How, sure: number}} Hit `sure` is between 0 and 1.
 */

/** The most hits that are offered. */
const MOST = 3;
/** Of the pasted text, in characters. The time that is needed grows with it. */
const LONGEST = 6000;
/** The share of its letters that have to be right for a message to be near. Short texts are alike by chance. */
const near = (/** @type {number} */ letters) => Math.max(0.7, 0.84 - letters / 400);
/** Below so many letters a message may stand by chance within a long text. */
const SHORT = 24;
/** Of a message, what a text has to show to be a piece of it: this share, or so many letters. */
const PIECE = 0.4;
const PIECE_LETTERS = 24;
/** Of a few words, how much has to be the message's, and of the message how much they have to tell. */
const WORDS_OF_TEXT = 0.7;
const WORDS_OF_MESSAGE = 0.38;
/** Or else the weight of words that nearly no other message has. */
const TELLING = 2.4;
const FEW = 12;

/** Stands before a number that is written without its letters. */
const NAMED =
  /(?:err(?:or|eur|ore|o)?|code|fehler\p{L}*|fout\p{L}*|c[oó]digo|fel|fejl|feil|błąd\p{L}*|hata|ошибк\p{L}*|错误\p{L}*|エラー|コード)\P{L}{0,12}(?:(?:codes?|number|nummer|no|id|is|コード)\P{L}{0,6})?$/iu;
/** What has digits and is no error number. */
const OTHER = /\S+@\S+|[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|\b[\da-f]{32}\b|\d+(?:[-/.]\d+){2,}(?:T[\d:.]+Z?)?|\d+(?::\d+)+/gi;

/** Letters and digits only: no marks, no accents, one blank between words; any count is 0. @param {string} text */
const plain = (text) =>
  text
    .replace(/&nbsp;|\\[nrt]/g, " ")
    .replace(/&#?\w+;|\\u[\da-f]{4}|['’‘‛´`ʼ′\u00ad\u200b-\u200f\u2060\ufeff]/gi, "")
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, " ")
    .replace(/\b\d+\b/g, "0")
    .trim();

/** A number is one word with a digit. @param {string} text */
const isNumber = (text) => /^\S*\d\S*$/.test(text);

/**
 * The fewest letters to change, add or leave out until one text stands somewhere within the other (P. Sellers, The theory
 * and computation of evolutionary distances, 1980).
 * @param {string} part
 * @param {string} whole
 */
export function distance(part, whole) {
  const costs = Uint16Array.from({ length: part.length + 1 }, (_, row) => row);
  let best = part.length;
  for (let column = 0; column < whole.length; column++) {
    const letter = whole.charCodeAt(column);
    let corner = 0;
    for (let row = 1; row <= part.length; row++) {
      const left = costs[row];
      const replaced = corner + +(part.charCodeAt(row - 1) !== letter);
      const missing = (left < costs[row - 1] ? left : costs[row - 1]) + 1;
      costs[row] = replaced < missing ? replaced : missing;
      corner = left;
    }
    if (costs[part.length] < best) best = costs[part.length];
  }
  return best;
}

/** Whether a word may be another one, written wrong or cut short. @param {string} one @param {string} other */
const alike = (one, other) =>
  one === other ||
  (one.length > 3 &&
    (other.startsWith(one) ||
      (Math.abs(one.length - other.length) < 2 && Math.max(distance(one, other), distance(other, one)) <= one.length / 4)));

/** @param {string} text A number, with or without letters before its digits. */
function parts(text) {
  const bare = text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  const letters = /^(?:0x|\D*)/.exec(bare.replace(/^ox/, "0x"))?.[0] ?? "";
  // Letters that are read for digits, and the other way round.
  const digits = bare.slice(letters.length).replace(/o/g, "0").replace(/[il]/g, "1");
  return { letters, digits };
}

/**
 * Numbers in the order in which they stand there. With its letters, right or nearly right, a number is certain; without, it
 * counts where it stands alone, begins a line, or is named as one.
 * @param {string} text
 * @param {Entry[]} entries
 * @returns {Hit[]}
 */
function numbers(text, entries) {
  const known = new Map(entries.map((entry) => [parts(entry.text).digits, { entry, own: parts(entry.text).letters }]));
  const clean = text.replace(OTHER, " ").replace(/(\d{4,})(?=\p{Lu}\p{Ll})/gu, "$1 ");
  const words = [...clean.matchAll(/[\p{L}\p{N}]+/gu)];
  const alone = words.length < 4;
  /** @type {Hit[]} */
  const hits = [];
  for (const [place, word] of words.entries())
    // A number may have come apart: "AADSTS 50 076".
    for (let length = 3; length; length--) {
      const run = words.slice(place, place + length);
      const { letters, digits } = parts(run.join(""));
      const found = known.get(digits);
      if (run.length < length || !found || digits.length < 4) continue;
      const { entry, own } = found;
      const start = clean.slice(Math.max(0, word.index - 40), word.index);
      const end = clean.slice(word.index + word[0].length, word.index + word[0].length + 2);
      const sure =
        own && letters.endsWith(own) ? 1
        : own && letters.length > 1 && (own.endsWith(letters) || distance(own, letters) <= own.length / 3) ? 0.95
        : length === 1 && NAMED.test(start + letters) ? 0.9
        : !letters && (alone || (length === 1 && /(?:^|\n)\s*$/.test(start) && /^\s?[:–—-]/.test(end))) ? 0.85
        : 0;
      if (sure) {
        hits.push({ entry, how: "number", sure });
        break;
      }
    }
  return hits;
}

/** @param {string[]} lines Of the pasted text, plain. @param {Entry} entry @returns {{how: How, sure: number}} */
function message(lines, { text }) {
  const whole = lines.join(" ");
  const pieces = text.split("…").map(plain).filter(Boolean);
  const all = pieces.join(" ");
  const short = all.length < SHORT;
  const there = pieces.every((piece) => ` ${whole} `.includes(` ${piece} `));
  if (there && (!short || !/ /.test(all) || lines.includes(all) || whole.length < 2 * all.length)) return { how: "same", sure: 1 };
  const wrong = pieces.reduce((sum, piece) => sum + distance(piece, whole), 0);
  const right = 1 - wrong / all.length;
  // What is cut off: a line that is a piece of the message.
  const cut = [whole, ...lines]
    .filter((line) => / /.test(line) === / /.test(all) && line.length <= all.length)
    .filter((line) => line.length >= Math.min(PIECE_LETTERS, Math.max(10, all.length * PIECE)))
    .map((line) => 1 - distance(line, all) / line.length);
  const best = [
    right >= near(all.length) && (!short || whole.length < 4 * all.length || right > 0.9) ? right : 0,
    ...cut.filter((share) => share >= 0.8).map((share) => share * 0.95),
  ];
  return { how: "near", sure: 0.95 * Math.max(...best) };
}

/**
 * A few words of a message. The rarer a word is in messages, the more it tells.
 * @param {string} text Plain.
 * @param {Entry[]} entries
 * @returns {Hit[]}
 */
function fewWords(text, entries) {
  const given = [...new Set(text.split(" "))];
  if (given.length < 2 || given.length > FEW) return [];
  const words = entries.map((entry) => [...new Set(plain(entry.text).split(" "))]);
  const weigh = (/** @type {string[]} */ some) =>
    some.reduce((sum, word) => {
      const rare = words.filter((others) => others.some((other) => alike(word, other))).length || 1;
      return sum + (word.length < 4 ? 0.25 : 1) / rare;
    }, 0);
  const total = weigh(given);
  return entries.flatMap((entry, place) => {
    const shared = given.filter((word) => words[place].some((other) => alike(word, other)));
    if (shared.length < 2) return [];
    const told = weigh(shared);
    const ofText = told / total;
    const ofMessage = told / weigh(words[place]);
    return ofText >= WORDS_OF_TEXT && (ofMessage >= WORDS_OF_MESSAGE || told > TELLING)
      ? [{ entry, how: "words", sure: 0.9 * ofText * (0.5 + ofMessage / 2) }]
      : [];
  });
}

/** @param {string} pasted @param {Entry[]} entries @returns {Hit[]} */
export function match(pasted, entries) {
  const text = pasted.slice(0, LONGEST);
  const rows = text.split(/\r?\n/);
  const lines = rows.map(plain).filter(Boolean);
  // What a page says besides: IDs, times.
  const few = plain(rows.filter((row) => row.search(OTHER) < 0).join(" "));
  const messages = entries.filter(({ text }) => !isNumber(text) && plain(text));
  /** @type {Hit[]} */
  const found = messages.map((entry) => ({ entry, ...message(lines, entry) }));
  const certain = [...numbers(text, entries.filter(({ text }) => isNumber(text))), ...found.filter(({ how }) => how === "same")];
  const guessed = [...found, ...fewWords(few, messages)].sort((one, other) => other.sure - one.sure);
  const hits = certain.length ? certain : guessed.filter(({ sure }) => sure && sure >= guessed[0].sure - 0.25);
  return hits.filter(({ entry }, place) => hits.findIndex((hit) => hit.entry === entry) === place).slice(0, MOST);
}
