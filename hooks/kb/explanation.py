"""The words of the glossary with all that pages show of them, and the marks at these words in the text of a page.

A mark is a button that opens the explanation, which a template puts below the text: without either it is a plain word.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from xml.etree.ElementTree import Element, tostring

from kb import glossary, index
from kb.article import Article
from kb.knowledge import Knowledge

PAGE = "glossary.md"
SHOWN = 3
"""How many articles an entry of the glossary names besides the one that says more."""

_TARGET = "popovertarget"
_PREFIX = "word-"
_BREAK = "\0"
"""In no HTML."""
_MARK = f' {_TARGET}="{_PREFIX}'
"""In the tag of each mark, before the anchor of its word."""
_NO_RUNNING_TEXT = re.compile(
    r"""
    ( < (?: / [^>]*
          | (a|button|blockquote|code|h[1-6]|label|pre|strong|summary|table) \b [^<]* (?: < (?! / \2 > ) [^<]* )* </ \2
          | p [ ] [^<]* (?: < (?! /p> ) [^<]* )* </p    # with a class: the engine's own, such as what a remedy needs
          | div [ ] class="notice" .*? </div
          | [^>]*
          ) >
    | " [^"<]* "                                        # words on a screen
    )
    """,
    re.X | re.S,
)
"""What stands between the running text of a page: the converter's own HTML, so every element ends."""


@dataclass(frozen=True, slots=True)
class Word:
    """A term as pages show it."""

    name: str
    means: str
    also: tuple[str, ...]
    more: Article | None
    said: tuple[Article, ...]
    """Some articles that say it, the most common first, without the one that says more."""
    tags: tuple[str, str]
    """What stands before and behind the word where it is marked."""

    @property
    def title(self) -> str:
        """Its name where it begins a line."""
        return self.name[:1].upper() + self.name[1:]

    @property
    def anchor(self) -> str:
        return glossary.anchor(self.name)

    @property
    def id(self) -> str:
        """Of the element that explains it, on any page."""
        return f"{_PREFIX}{self.anchor}"


@dataclass(frozen=True, slots=True)
class Words:
    """All words of a site in the order of the alphabet, and how to find them."""

    title: str
    intro: str
    most: int
    by_anchor: Mapping[str, Word]
    by_spelling: Mapping[str, Word]
    """Those that pages mark."""
    named: re.Pattern[str]
    on_page: Mapping[str, frozenset[str]]
    """For each article, by slug, the names of the words that its page may mark: one of its texts says them."""


def compile_words(knowledge: Knowledge) -> Words | None:
    """None where a site has no glossary."""
    known = knowledge.glossary
    if known is None:
        return None
    words = {
        name: Word(
            name=name,
            means=term.means,
            also=term.also,
            more=knowledge.by_slug[term.more] if term.more else None,
            tags=_tags(f"{_PREFIX}{glossary.anchor(name)}"),
            said=tuple(knowledge.by_weight(slug for slug in knowledge.said[name] if slug != term.more)[:SHOWN]),
        )
        for name, term in known.terms.items()
    }
    by_spelling = {spelling: words[name] for spelling, name in known.spellings.items() if known.terms[name].mark}
    return Words(
        title=known.index.title,
        intro=known.index.intro,
        most=known.most,
        by_anchor={words[name].anchor: words[name] for name in sorted(words, key=index.sort_key)},
        by_spelling=by_spelling,
        named=glossary.pattern(by_spelling),
        on_page=_on_page(knowledge, words.values()),
    )


def _on_page(knowledge: Knowledge, words: Iterable[Word]) -> Mapping[str, frozenset[str]]:
    """What an article itself says more about is not explained on its page."""
    said: dict[str, set[str]] = {article.slug: set() for article in knowledge.articles}
    for word in words:
        for slug in knowledge.said[word.name]:
            said[slug].add(word.name)
    for problem in knowledge.problems:
        said[problem.slug].update(*(said[step.remedy] for step in problem.steps))
    for word in words:
        if word.more:
            said[word.more.slug].discard(word.name)
    return {slug: frozenset(names) for slug, names in said.items()}


def mark(html: str, words: Words, wanted: Set[str]) -> str:
    """The HTML of a page with a mark at the first place in running text of each wanted word, up to the most of a page.

    `wanted` are names.
    """
    left = set(wanted)
    enough = len(left) - min(words.most, len(left))
    if len(left) == enough:
        return html

    def explain(match: re.Match[str]) -> str:
        word = glossary.spelled(match, words.by_spelling)
        if word.name not in left or len(left) == enough:
            return match[0]
        left.remove(word.name)
        return match[0].join(word.tags)

    # The text, what stands before the next one, and the name of its element; and so on.
    parts = _NO_RUNNING_TEXT.split(html)
    # One search over all texts: for each of them alone it takes twice as long.
    parts[::3] = words.named.sub(explain, _BREAK.join(parts[::3])).split(_BREAK)
    del parts[2::3]
    return "".join(parts)


def _tags(id_: str) -> tuple[str, str]:
    button = Element("button", {"type": "button", "class": "kb-word", _TARGET: id_})
    button.text = _BREAK
    opening, closing = tostring(button, encoding="unicode").split(_BREAK)
    return opening, closing


def marked(html: str, words: Words) -> Iterator[Word]:
    """The words that are marked in the HTML of a page, in order."""
    # Not a regular expression: most of a page is none of this, and Python finds a text sooner.
    return (words.by_anchor[rest.partition('"')[0]] for rest in html.split(_MARK)[1:])
