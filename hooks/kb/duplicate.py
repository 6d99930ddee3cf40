"""Passages that are told twice, in the same words or in nearly the same, within an article or in two.

What is compared are windows: a few sentences or steps in a row. MinHash and locality-sensitive hashing (Broder 1997;
Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3) find the few windows that may be alike, in time
that grows with the number of windows and not with its square; a closer comparison of their words then decides.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath
from typing import NamedTuple

from rapidfuzz import fuzz
from rensa import RMinHash, RMinHashLSH

from kb.article import FOLDERS
from kb.fault import Fault
from kb.matter import Place
from kb.prose import SENTENCES, Passage, words

ALIKE = 76.0
"""From this likeness on, out of 100, two windows say the same. Tuned by bench/duplicates.py."""
SHORTEST = 18
"""Words of a window. What is shorter may be said again: "Open the settings of your phone" has no other words."""
_DISTINCT = 6
"""Words of a window that carry meaning; with fewer there is nothing to compare."""
_PERMUTATIONS, _BANDS = 300, 50
"""Bands of six: windows that share three fifths of their words meet in 91 of 100 cases, a tenth of them in 0.005. So
few meet by chance that at ten thousand articles each is compared with five others; bands of four made that 120."""
_SEED = 1
_STEM = 5
"""Letters of a word that count for finding candidates, so that "type" meets "typing"."""
_ENDING = re.compile(r"(?<=...)(?:'s|ing|ed|es|s|e)$")
_SMALL = frozenset(
    re.findall(
        r"\w+",
        """a about after again all also an and any are as at be because been before but by can could did do does for
        from had has have he here how i if in into is it its may might my no not of on once one only or other our she
        should so some such than that the their them then there these they this those to too until up was we were what
        when where which while who will with would you your""",
    )
)
"""Words that say nothing of the subject."""


@dataclass(frozen=True, slots=True)
class _Window:
    path: str
    run: int
    """Which piece of the article: a section without its tables, or a table."""
    cells: bool
    start: int
    end: int
    place: Place
    text: str
    key: str
    """Its words that carry meaning, each once and sorted, without those that name a page or what is on the screen."""

    def beside(self, other: "_Window") -> bool:
        """Whether both are in one piece. The items of a list may well be alike."""
        return self.path == other.path and self.run == other.run

    def goes_on(self, before: "_Window") -> bool:
        return self.beside(before) and self.start <= before.end

    def comparable(self, other: "_Window") -> bool:
        """A table has the words of what it lists: it is compared with other tables only."""
        return self.cells == other.cells and not self.beside(other)


class _Match(NamedTuple):
    likeness: float
    window: _Window
    other: _Window


@dataclass(frozen=True, slots=True)
class _Sentence:
    place: Place
    text: str
    told: str
    """The text without links and labels: naming a page is not telling what it tells, and a button has one name."""
    length: int


def check(articles: Iterable[tuple[str, Sequence[Passage]]], alike: float = ALIKE) -> list[Fault]:
    """The passages of articles, each with its path, that say what another passage says.

    The fault stands where it is said again. Who owns it: a remedy before a reference before a problem.
    """
    ordered = sorted(articles, key=lambda one: (_rank(one[0]), one[0]))
    windows = [window for path, passages in ordered for window in _windows(path, passages)]
    return list(_faults(windows, alike))


def titles(articles: Iterable[Sequence[Passage]]) -> Iterator[Fault]:
    """Titles that differ only in the order of words, in their endings or in small words."""
    seen: dict[tuple[str, ...], Passage] = {}
    for title in (passage for passages in articles for passage in passages if passage.kind == "title"):
        key = tuple(sorted({_ENDING.sub("", word) for word in _content(title.text)}))
        other = seen.setdefault(key, title)
        # The very same title is found among the articles.
        if key and " ".join(other.text.casefold().split()) != " ".join(title.text.casefold().split()):
            yield Fault(
                title.path,
                *title.place(),
                "similar-title",
                f"{other.path} is called nearly the same: '{other.text}'.",
                "Say what is different, or make the two one.",
            )


def _rank(path: str) -> int:
    order = [FOLDERS["remedy"], FOLDERS["reference"], FOLDERS["problem"]]
    folder = PurePosixPath(path).parent.name
    return order.index(folder) if folder in order else len(order)


def _content(text: str) -> list[str]:
    return [word for word in map(str.casefold, words(text)) if word not in _SMALL]


def _tokens(text: str) -> set[str]:
    return {word[:_STEM] for word in _content(text)}


def _key(text: str) -> str:
    return " ".join(sorted(set(_content(text))))


def _windows(path: str, passages: Sequence[Passage]) -> Iterator[_Window]:
    """From each sentence on, as many as it takes to be long enough."""
    for number, (cells, run) in enumerate(_runs(passages)):
        for start, first in enumerate(run):
            end, length = start, 0
            while end < len(run) and length < SHORTEST:
                length += run[end].length
                end += 1
            text = " ".join(sentence.text for sentence in run[start:end])
            key = _key(" ".join(sentence.told for sentence in run[start:end]))
            if length >= SHORTEST and len(_tokens(key)) >= _DISTINCT:
                yield _Window(path, number, cells, start, end, first.place, text, key)


def _runs(passages: Sequence[Passage]) -> Iterator[tuple[bool, list[_Sentence]]]:
    """The sentences of each table, and of each text between headings and tables; first, whether it is a table."""
    for kind, group in groupby(passages, key=_piece):
        run = [sentence for passage in group for sentence in _sentences(passage)]
        if kind != "other":
            yield kind == "cells", run


def _piece(passage: Passage) -> str:
    return "text" if passage.kind in SENTENCES else "cells" if passage.kind == "cell" else "other"


def _sentences(passage: Passage) -> Iterator[_Sentence]:
    for start, text in passage.sentences():
        told = " ".join(_own_words(passage, start, start + len(text)).split())
        if told:
            yield _Sentence(passage.place(start), text, told, len(words(told)))


def _own_words(passage: Passage, start: int, end: int) -> str:
    text = passage.text
    for named in (*(range(link.start, link.end) for link in passage.links), *passage.labels):
        text = text[: named.start] + " " * len(named) + text[named.stop :]
    return text[start:end]


def _faults(windows: list[_Window], alike: float) -> Iterator[Fault]:
    if not windows:
        return
    sketches = RMinHash.from_token_sets([sorted(_tokens(window.key)) for window in windows], _PERMUTATIONS, _SEED)
    index = RMinHashLSH(0.5, _PERMUTATIONS, _BANDS)
    passage: list[_Match] = []
    for number, (window, sketch) in enumerate(zip(windows, sketches, strict=True)):
        found = _most_alike(window, [windows[other] for other in index.query(sketch)], alike)
        if found is None:
            # What is told again is not kept, so that a hundred copies cost a hundred comparisons.
            index.insert(number, sketch)
            continue
        if passage and not window.goes_on(passage[-1].window):
            yield _fault(passage)
            passage = []
        passage.append(found)
    if passage:
        yield _fault(passage)


def _most_alike(window: _Window, others: list[_Window], alike: float) -> _Match | None:
    matches = [
        _Match(fuzz.ratio(window.key, other.key, score_cutoff=alike), window, other)
        for other in others
        if window.comparable(other)
    ]
    best = max(matches, default=None, key=lambda match: (match.likeness, match.other.start))
    return best if best and best.likeness >= alike else None


def _fault(passage: Sequence[_Match]) -> Fault:
    """One for all the windows in a row that are told again; it stands at the one that is most alike."""
    _, window, other = max(passage, key=lambda match: (match.likeness, match.window.start))
    return Fault(
        window.path,
        *window.place,
        "told-twice",
        f"{other.path}:{other.place.line}:{other.place.column} tells this already: '{_short(other.text)}'.",
        _instead(window, other),
    )


def _short(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else text[:longest].rpartition(" ")[0] + " …"


def _instead(window: _Window, other: _Window) -> str:
    slug, folder = PurePosixPath(other.path).stem, PurePosixPath(other.path).parent.name
    if window.path == other.path:
        return "Say it once."
    if folder == FOLDERS["remedy"] and PurePosixPath(window.path).parent.name == FOLDERS["problem"]:
        return f"Take it out: the remedy '{slug}' says it. Name that under 'remedies', or link to /{folder}/{slug}.md."
    if folder == FOLDERS["problem"]:
        return f"Make it a remedy that both name, or link to /{folder}/{slug}.md."
    return f"Link to /{folder}/{slug}.md."
