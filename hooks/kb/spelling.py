"""Words that are misspelt, or spelt as in another country.

Two looks, since each finds what the other cannot: a dictionary of 83,000 words (the one of symspellpy) knows whether
a word exists; typos, an existing program, knows which words are British and which mistakes are common.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files

from rapidfuzz import process
from rapidfuzz.distance import OSA

from kb import program
from kb.fault import Fault
from kb.prose import Passage
from kb.terms import PATH, Terms, pattern

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_ENDINGS = ("'s", "s'")
_NUMBERED = re.compile(r"\S*(?:\d|://|@|\w\.\w)\S*")
"""Numbers, addresses and names of files: nobody spells these."""
_NEAREST = 2
"""Letters to change, add, leave out or swap. What is farther away is no suggestion."""
_LOCALES: Mapping[str, str] = {"british": "en-gb", "american": "en-us"}


def check(passages: Sequence[Passage], terms: Terms, docs: str) -> Iterator[Fault]:
    """The misspelt words of passages, except those that the site has on its lists."""
    if terms.english == "none":
        return
    # What is not said any more has a fault of its own.
    known = pattern([*terms.words, *(old for term in terms.terms for old in term.old)])
    texts = [_blank(passage.text, known) for passage in passages]
    likely = _likely(texts, _LOCALES[terms.english])
    dictionary = _dictionary()
    nearest: dict[str, Sequence[str]] = {}
    for number, (passage, text) in enumerate(zip(passages, texts, strict=True)):
        for match in _WORD.finditer(text):
            word = match[0].replace("’", "'")
            better = likely.get((number, match.start()))
            if better is None:
                if word.isupper() or _exists(word.lower(), dictionary):
                    continue
                better = nearest[word] = nearest.get(word) or _near(word.lower(), dictionary)
            yield Fault(
                passage.path,
                *passage.place(match.start()),
                "misspelt",
                f"'{match[0]}' is not spelt like this.",
                _advice(better, docs),
            )


def _blank(text: str, known: re.Pattern[str] | None) -> str:
    """The text without what the site says is right, in one line and each sign in its place."""
    text = text.replace("\n", " ")
    for found in (known, _NUMBERED):
        text = found.sub(lambda match: " " * len(match[0]), text) if found else text
    return text


def _likely(texts: Sequence[str], locale: str) -> Mapping[tuple[int, int], Sequence[str]]:
    """What typos finds: for the number of a text and the start of a word in it what was probably meant."""
    lines = program.run("typos", ["--isolated", "--locale", locale, "--format", "json", "-"], "\n".join(texts))
    found: dict[tuple[int, int], Sequence[str]] = {}
    for line in lines.splitlines():
        one = json.loads(line)
        if one["type"] == "typo":
            number = one["line_num"] - 1
            start = len(texts[number].encode()[: one["byte_offset"]].decode())
            # Words with an apostrophe are looked at as a whole here, and piece by piece there.
            found[number, start] = one["corrections"]
    return found


def _dictionary() -> Mapping[str, Mapping[str, None]]:
    """The words that exist by their first letter, the most frequent first."""
    text = (files("symspellpy") / "frequency_dictionary_en_82_765.txt").read_text(encoding="utf-8-sig")
    words: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for line in text.splitlines():
        words[line[0]][line.partition(" ")[0]] = None
    return words


def _exists(word: str, dictionary: Mapping[str, Mapping[str, None]]) -> bool:
    alike = dictionary.get(word[0], {})
    if word in alike or len(word) == 1:
        return True
    return any(word.endswith(ending) and word.removesuffix(ending) in alike for ending in _ENDINGS)


def _near(word: str, dictionary: Mapping[str, Mapping[str, None]]) -> Sequence[str]:
    """The nearest word with the same first letter, which hardly anybody gets wrong: all of them would take too long."""
    alike = dictionary.get(word[0], {})
    found = process.extractOne(word, alike.keys(), scorer=OSA.distance, score_cutoff=_NEAREST)
    return [found[0]] if found else []


def _advice(better: Sequence[str], docs: str) -> str:
    listed = f"put it under 'words' in {docs}/{PATH}"
    if not better:
        return f"Is it right? Then {listed}."
    return f"Did you mean {' or '.join(repr(word) for word in better[:3])}? If it is right, {listed}."
