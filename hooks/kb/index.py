"""The symptom indexes: from every value that articles share to these articles, and on to neighbouring values."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from operator import itemgetter

from kb import numbers
from kb.article import Article, Problem
from kb.knowledge import NUMBERS, Knowledge
from kb.lookup import Group
from kb.vocabulary import IndexText

FOLDER = "symptoms"
OVERVIEW = f"{FOLDER}/index.md"
NEIGHBOURS = 4
"""How many neighbouring values a section names at most."""
MOST_LISTED = 100
"""A section names so many articles at most, the most common first: nobody looks through more."""
WHOLE = 2_000
"""So many phrases fit on one page. Where there are more, each letter has a page of its own."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A value of another index that often occurs with this one, or a number that a message names."""

    label: str
    index: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Section:
    """One value, message or family of numbers with its articles, the most common first; never without articles."""

    anchor: str
    label: str
    means: str
    articles: tuple[Article, ...]
    neighbours: tuple[Neighbour, ...] = ()
    group: str = ""

    @property
    def listed(self) -> tuple[Article, ...]:
        """Those that its page names."""
        return self.articles[:MOST_LISTED]

    @property
    def more(self) -> int:
        """How many its page does not name."""
        return len(self.articles) - len(self.listed)


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase and the article that answers it."""

    phrase: str
    article: Article


@dataclass(frozen=True, slots=True)
class Index:
    """One index page. `name` is the facet, or messages, numbers, phrases, who."""

    name: str
    title: str
    intro: str
    sections: tuple[Section, ...]
    anchors: Mapping[str, str]
    """The anchor of each section by its label."""
    entries: Mapping[str, tuple[Entry, ...]] | None = None
    """Only of the index A to Z: for each section's anchor its phrases in order."""

    @property
    def src_uri(self) -> str:
        return f"{FOLDER}/{self.name}.md"

    @property
    def letters(self) -> Mapping[str, str]:
        """The pages of single letters by their anchors; none where all fits on one page."""
        entries = self.entries or {}
        if sum(map(len, entries.values())) <= WHOLE:
            return {}
        return {letter: f"{FOLDER}/{self.name}/{letter}.md" for letter in entries}

    @property
    def pages(self) -> tuple[str, ...]:
        return (self.src_uri, *self.letters.values())

    @property
    def url(self) -> str:
        return f"{FOLDER}/{self.name}/"

    def section_url(self, anchor: str) -> str:
        return f"{self.url}#{anchor}"


def compile_all(knowledge: Knowledge, groups: Iterable[Group] = ()) -> tuple[Index, ...]:
    """All indexes that have something to show, facets first in the vocabulary's order. `groups` are of numbers."""
    texts = knowledge.vocabulary.indexes
    found = [
        *_facet_indexes(knowledge),
        _index("messages", texts.messages, _messages(knowledge)),
        *_numbers(knowledge, groups),
        _index("who", texts.who, _who(knowledge)),
        _phrases(knowledge),
    ]
    return tuple(index for index in found if index.sections)


def _index(name: str, text: IndexText, sections: Iterable[Section]) -> Index:
    found = tuple(sections)
    return Index(name, text.title, text.intro, found, {section.label: section.anchor for section in found})


def _facet_indexes(knowledge: Knowledge) -> Iterable[Index]:
    having: dict[tuple[str, str], list[str]] = {}
    together: dict[tuple[str, str], Counter[tuple[str, str]]] = {}
    facets = knowledge.vocabulary.facets
    shown = [name for name, facet in facets.items() if facet.index]
    for problem in knowledge.problems:
        pairs = [(name, value) for name in shown for value in problem.facets.get(name, ())]
        for pair in pairs:
            having.setdefault(pair, []).append(problem.slug)
            together.setdefault(pair, Counter()).update(other for other in pairs if other[0] != pair[0])
    for name in shown:
        facet = facets[name]
        if facet.index is None:
            continue
        sections = [
            Section(
                anchor=value_name,
                label=value.label,
                means=value.means or "",
                articles=tuple(knowledge.by_weight(having[name, value_name])),
                neighbours=_neighbours(knowledge, together[name, value_name]),
                group=facet.groups.get(value.group or "", ""),
            )
            for value_name, value in facet.values.items()
            if (name, value_name) in having
        ]
        yield _index(name, facet.index, sections)


def _neighbours(knowledge: Knowledge, counts: Counter[tuple[str, str]]) -> tuple[Neighbour, ...]:
    """The most frequent, at most one of each other facet; ties in the vocabulary's order."""
    facets = knowledge.vocabulary.facets
    order = {
        (name, value): number
        for number, (name, value) in enumerate(
            (name, value) for name, facet in facets.items() for value in facet.values
        )
    }
    best: dict[str, tuple[str, str]] = {}
    for pair in sorted(counts, key=lambda each: (-counts[each], order[each])):
        best.setdefault(pair[0], pair)
    return tuple(
        Neighbour(facets[name].values[value].label, name, value) for name, value in list(best.values())[:NEIGHBOURS]
    )


def _messages(knowledge: Knowledge) -> Iterable[Section]:
    named = numbers.reader(knowledge.numbers)
    showing: dict[str, list[Problem]] = {}
    for problem in knowledge.problems:
        for message in problem.messages:
            showing.setdefault(message, []).append(problem)
    taken: set[str] = set()
    suffixes: dict[str, Iterator[int]] = {}
    for message in sorted(showing, key=sort_key):
        problems = knowledge.by_weight(problem.slug for problem in showing[message])
        name = anchor(message)
        free = name
        while free in taken:
            free = f"{name}-{next(suffixes.setdefault(name, count(2)))}"
        taken.add(free)
        near = tuple(Neighbour(code, NUMBERS, numbers.anchor(code)) for code in dict.fromkeys(named(message)))
        yield Section(free, message, "", tuple(problems), near)


def _numbers(knowledge: Knowledge, groups: Iterable[Group]) -> Iterable[Index]:
    """A section for each family; the page itself shows the numbers."""
    if knowledge.numbers:
        sections = (
            Section(group.name, group.title, group.means, tuple(knowledge.by_weight(group.slugs))) for group in groups
        )
        yield _index(NUMBERS, knowledge.numbers.index, sections)


def _who(knowledge: Knowledge) -> Iterable[Section]:
    """Problems by who can carry out one of their remedies."""
    for name, who in knowledge.vocabulary.who.items():
        slugs = [
            problem.slug
            for problem in knowledge.problems
            if any(name in knowledge.remedy(step.remedy).who for step in problem.steps)
        ]
        if slugs:
            yield Section(name, who.label, who.means or "", tuple(knowledge.by_weight(slugs)))


def _phrases(knowledge: Knowledge) -> Index:
    keyed = [(sort_key(phrase), phrase, article) for article in knowledge.articles for phrase in article.phrases]
    letters: dict[str, list[Entry]] = {}
    for key, phrase, article in sorted(keyed, key=itemgetter(0)):
        letters.setdefault(_letter(key), []).append(Entry(phrase, article))
    entries = {letter: tuple(letters[letter]) for letter in sorted(letters, key=_letter_order)}
    sections = tuple(
        Section(
            letter,
            letter.upper() if len(letter) == 1 else "0–9",
            "",
            tuple(entry.article for entry in found),
        )
        for letter, found in entries.items()
    )
    text = knowledge.vocabulary.indexes.phrases
    return Index("phrases", text.title, text.intro, sections, {}, entries)


def _letter(key: str) -> str:
    first = key[:1]
    return first if first.isascii() and first.isalpha() else "digits" if first.isascii() else first


def _letter_order(letter: str) -> tuple[bool, str]:
    return letter == "digits", letter


def sort_key(text: str) -> str:
    """Ignore case, accents and marks at the start."""
    if not text.isascii():
        text = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    bare = text.casefold()
    return bare.lstrip("'\"“”‘’«»¿¡([ ") or bare


def anchor(text: str) -> str:
    """A fragment made of the words of a text."""
    words = "".join(
        char if char.isalnum() and char.isascii() else " " for char in sort_key(text).replace("'", "")
    ).split()
    return "-".join(words)[:80].rstrip("-") or "message"
