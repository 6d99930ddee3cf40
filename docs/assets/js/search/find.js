// @ts-check
/**
 * Finds pages by the words of people in a hurry. Pure: no document, no network. The index is MiniSearch's; around it
 * stand the words that mean the same, words run together, and the phrase or message that comes closest.
 *
 * @typedef {"article" | "section" | "remedy" | "index"} Kind
 * @typedef {string | [label: string, fragment: string]} Section With its fragment where that cannot be made from the label.
 * @typedef {{kind: Kind, url: string, title: string, for?: string, phrases?: string[], messages?: string[], sections?: Section[], words?: string, weight?: number}} Page
 * @typedef {{same: string[][], asking?: string[], pages: Page[]}} Data What search.json holds.
 * @typedef {{kind: Kind, url: string, title: string, for?: string, why: string}} Result Why: what of the page came closest, if not its title.
 * @typedef {{results: Result[], sure: boolean, said: (text: string) => boolean}} Found Sure: a page has all that was asked for. Said: whether a word was asked for.
 */
import MiniSearch from "./minisearch.js";

const BOOST = { title: 2.5, phrases: 2, messages: 2, sections: 1, words: 0.7 };
/** In the order in which they are shown. @type {Kind[]} */
const KINDS = ["article", "section", "remedy", "index"];
/** Of each kind so many results at most. */
const MOST = { article: 10, section: 4, remedy: 4, index: 3 };
/** So many of the best are compared line by line. */
const COMPARED = 40;
/** How much a line that says just what was asked for counts, and how steeply that falls for one that says a part of it. */
const CLOSE = 6;
const STEEP = 1.5;
/** How much it counts how common the problem is. */
const COMMON = 0.15;
/** How much a page counts that is for some only, if the words are theirs, and if not. */
const THEIRS = 1.6;
const OTHERS = 0.8;
/** A heading is a result of its own if it has so much in common with what was asked for. */
const WORTH = 0.5;

/** Small letters without accents and signs, one blank between words. An apostrophe joins: "don't" is "dont". @param {string} text */
const plain = (text) =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f'’‘`]/g, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** A plural or another form of a word as its stem; "stopping" as "stop", not "stopp". @param {string} word */
const stem = (word) => {
  if (word.length < 5 || /\d/.test(word)) return word.length > 3 ? word.replace(/([^s])s$/, "$1") : word;
  const bare = word.replace(/(?:ies|y)$/, "i").replace(/(?:ing|ed|es|e|s)$/, "");
  return bare.replace(/^(.{2,}([bdgmnprt]))\2$/, "$1");
};

/** The fragment of a heading, as the engine makes it. @param {string} heading */
const anchor = (heading) =>
  heading
    .normalize("NFKD")
    .replace(/[^\w\s-]/g, "")
    .trim()
    .toLowerCase()
    .replace(/[-\s]+/g, "-");

/**
 * How many letters of one word have to be put in, left out, replaced or swapped with the next to make another of it
 * (optimal string alignment, Boytsov 2011); more than `most` is not counted out.
 * @param {string} one @param {string} other @param {number} most
 */
function slips(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let [before, last] = [/** @type {number[]} */ ([]), Array.from({ length: other.length + 1 }, (_, place) => place)];
  for (let row = 1; row <= one.length; row++) {
    const now = [row];
    for (let place = 1; place <= other.length; place++) {
      const same = one[row - 1] === other[place - 1];
      now[place] = Math.min(last[place] + 1, now[place - 1] + 1, last[place - 1] + (same ? 0 : 1));
      if (one[row - 1] === other[place - 2] && one[row - 2] === other[place - 1])
        now[place] = Math.min(now[place], before[place - 2] + 1);
    }
    if (Math.min(...now) > most) return most + 1;
    [before, last] = [last, now];
  }
  return last[other.length];
}

/** How many letters of a word may be wrong. @param {string} word */
const forgiven = (word) => (/\d/.test(word) || word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

/** The stems of a text. @param {string} text */
const stems = (text) => plain(text).split(" ").map(stem);

/** @param {string[][]} same @returns What stems are filed under, and the stems that are filed under others. */
function files(same) {
  /** @type {Map<string, string>} */
  const first = new Map();
  /** Each word by itself. @param {string[]} said */
  const oneByOne = (said) => said.map((word) => first.get(word) ?? word);
  const groups = same.flatMap((group) => group.map((word) => ({ said: stems(word), as: stems(group[0]).join("") })));
  // Single words first, so that a new handset is a new phone.
  for (const { said, as } of groups) if (said.length === 1) first.set(said[0], as);
  for (const { said, as } of groups) if (said.length > 1) first.set(oneByOne(said).join(" "), as);
  const meanings = new Set(groups.flatMap(({ said }) => said));
  const longest = Math.max(1, ...groups.map(({ said }) => said.length));
  /** @param {string[]} asked */
  const filed = (asked) => {
    const said = oneByOne(asked);
    /** @type {string[]} */
    const found = [];
    for (let place = 0, length; place < said.length; place += length) {
      // The most words that mean something together.
      for (length = longest; length > 1 && !first.has(said.slice(place, place + length).join(" ")); ) length--;
      const word = said.slice(place, place + length).join(" ");
      const other = length > 1 && first.get(word);
      // Error numbers are found with their letters and without.
      found.push(...(other ? [other] : (/^([a-z]+)(\d{3,})$/.exec(word)?.slice(1) ?? [word])));
    }
    return found.filter(Boolean);
  };
  return { filed, meanings };
}

/** @param {Data} data @returns {(query: string) => Found} */
export function finder({ asking = [], same, pages }) {
  const { filed, meanings } = files(same);
  /** @param {string} text */
  const words = (text) => filed(stems(text));
  /** In how many fields a word stands. @type {Map<string, number>} */
  const spread = new Map();
  const index = new MiniSearch({
    idField: "number",
    fields: Object.keys(BOOST),
    tokenize: words,
    processTerm: (term) => {
      spread.set(term, (spread.get(term) ?? 0) + 1);
      return term;
    },
  });
  index.addAll(
    pages.map((page, number) => ({
      number,
      title: page.title,
      phrases: page.phrases?.join(" . "),
      messages: page.messages?.join(" . "),
      sections: page.sections?.map((one) => (typeof one === "string" ? one : one[0])).join(" . "),
      words: page.words,
    })),
  );
  /** @param {string} word */
  const rarity = (word) => Math.log(1 + pages.length / (spread.get(word) ?? 0.5));
  /** @param {string[]} list */
  const mass = (list) => list.reduce((sum, word) => sum + rarity(word), 0);

  /** The words of a line, once read. @type {Map<string, string[]>} */
  const read = new Map();
  /** @param {string} line */
  const once = (line) => {
    const said = read.get(line) ?? [...new Set(words(line))];
    read.set(line, said);
    return said;
  };

  const theirs = asking.map(once);
  /** @param {string} word */
  const known = (word) => words(word).every((one) => spread.has(one));

  /** Words run together are taken apart. @param {string} word */
  const parted = (word) => {
    for (let place = word.length - 3; place > 2 && !known(word); place--)
      if (known(word.slice(0, place)) && known(word.slice(place))) return `${word.slice(0, place)} ${word.slice(place)}`;
    return word;
  };

  /** A misspelt word as the one of those that mean another to which it comes closest. The index finds all others by itself.
   * @param {string} word */
  const meant = (word) => {
    const most = forgiven(word);
    if (!most || spread.has(word) || meanings.has(word)) return word;
    /** @param {Iterable<string>} list */
    const nearest = (list) => {
      let [best, found] = [most + 1, word];
      for (const one of list) {
        const count = slips(word, one, most);
        if (count < best) [best, found] = [count, one];
      }
      return { best, found };
    };
    const near = nearest(meanings);
    return near.best <= nearest(spread.keys()).best ? near.found : word;
  };

  /** How much two lists of words have in common, from 0 to 1 (Dice 1945, with rare words counting more).
   * @param {string} line @param {object} match @param {number} whole */
  const fit = (line, match, whole) => {
    const shared = once(line).filter((word) => word in match);
    return shared.length && (2 * mass(shared)) / (whole + mass(once(line)));
  };

  /** @param {string[]} asked @param {number} [wrong] Which part of all letters may be wrong. */
  const search = (asked, wrong = 0) =>
    index.search(asked.join(" "), {
      boost: BOOST,
      tokenize: (text) => text.split(" "),
      processTerm: (term) => term,
      // What is still being typed is the last word.
      prefix: (term, place, terms) => term.length > 2 && place === terms.length - 1,
      // A word that stands somewhere is no slip.
      fuzzy: (term) => wrong || (spread.has(term) ? false : forgiven(term)),
      weights: { fuzzy: 0.5, prefix: 0.6 },
    });

  return (query) => {
    const asked = [...new Set(filed(stems(plain(query).split(" ").map(parted).join(" ")).map(meant)))];
    const whole = mass(asked);
    const some = theirs.some((said) => said.every((word) => asked.includes(word)));
    let hits = search(asked);
    if (!hits.length) hits = search(asked, 0.5);
    // Nothing at all: what most people look for. The pages come in that order.
    if (!hits.length) hits = [0, 1, 2].filter((id) => id in pages).map((id) => ({ id, score: 1, terms: [], queryTerms: [], match: {} }));
    const rated = hits
      .slice(0, COMPARED)
      .map(({ id, score, match, queryTerms }) => {
        let close = { fit: 0, line: "" };
        const { title, messages = [], phrases = [], weight = 0 } = pages[id];
        for (const line of [title, ...messages, ...phrases]) {
          const now = fit(line, match, whole);
          if (now > close.fit) close = { fit: now, line };
        }
        const whose = pages[id].for ? (some ? THEIRS : OTHERS) : 1;
        const worth = whose * score * (1 + CLOSE * close.fit ** STEEP) * (1 + COMMON * Math.log2(1 + weight));
        return { page: pages[id], worth, close, match, all: queryTerms.length >= asked.length };
      })
      .sort((one, other) => other.worth - one.worth);

    /** @type {(Result & {fit: number})[]} */
    const sections = [];
    /** @type {Result[]} */
    const results = [];
    for (const { page, close, match } of rated) {
      const { kind, url, title, words: text = "" } = page;
      const told = text.split(" ").filter((word) => once(word).some((one) => one in match));
      const why = close.line === title ? "" : close.line || told.slice(0, 4).join(", ");
      results.push({ kind, url, title, for: page.for, why });
      for (const one of page.sections ?? []) {
        const [label, fragment] = typeof one === "string" ? [one, anchor(one)] : one;
        const near = fit(label, match, whole);
        if (near < WORTH) continue;
        sections.push({ kind: kind === "index" ? kind : "section", url: `${url}#${fragment}`, title: label, for: page.for, why: title, fit: near });
      }
    }
    sections.sort((one, other) => other.fit - one.fit);
    return {
      results: KINDS.flatMap((kind) => [...sections, ...results].filter((one) => one.kind === kind).slice(0, MOST[kind])),
      sure: rated.some(({ all }) => all),
      said: (text) => words(text).some((word) => rated.some(({ match }) => word in match)),
    };
  };
}
