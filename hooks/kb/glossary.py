"""The words that people stumble over, in plain words: docs/glossary.yml as values. A site can do without the file."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from typing import Annotated, TypeVar

from pydantic import AfterValidator, Field

from kb import heading, matter, schema
from kb.article import Article, FactId, Problem
from kb.fault import Fault, did_you_mean
from kb.ledger import Fact
from kb.matter import Matter
from kb.matter import Path as Where
from kb.schema import Model, Slug, Text, refuse, unique
from kb.source import Source
from kb.vocabulary import IndexText

PATH = "glossary.yml"
SENTENCES = 2
WORDS = 20
"""In a sentence: it is read by somebody who has just stopped at a word."""

OfT = TypeVar("OfT")

_ADVICE = f"Say it in at most {SENTENCES} sentences of at most {WORDS} words; 'more' can name an article."
_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def _short(text: str) -> str:
    sentences = _SENTENCE.split(text)
    longest = max(len(sentence.split()) for sentence in sentences)
    if len(sentences) > SENTENCES:
        refuse("long-explanation", f"{len(sentences)} sentences are too many for a word.", _ADVICE)
    if longest > WORDS:
        refuse("long-explanation", f"A sentence of {longest} words is too long to explain a word.", _ADVICE)
    return text


class Term(Model):
    """One word or name with its explanation."""

    means: Annotated[Text, AfterValidator(_short)] = Field(
        description="what it is, in plain words: one or two sentences of at most 20 words."
    )
    also: Annotated[tuple[Text, ...], unique] = Field((), description="other names for it, which its page shows.")
    forms: Annotated[tuple[Text, ...], unique] = Field(
        (), description="other spellings in which texts have it, such as the plural."
    )
    mark: bool = Field(
        default=True, description="whether pages mark it; not, if nearly every page says it, or everybody knows it."
    )
    more: Slug | None = Field(None, description="the article that says more.")
    facts: Annotated[tuple[FactId, ...], unique] = Field(
        (), description="ids of the ledger's facts on which the explanation rests."
    )


class Glossary(Model):
    """All terms. Texts have them as they are written here; a small letter at the start may be a capital."""

    index: IndexText = Field(description="title and intro of their page.")
    most: int = Field(5, ge=0, le=20, description="the most words that one page explains.")
    terms: Mapping[Text, Term] = Field(min_length=1, description="the terms by their names, in any order.")

    @property
    def spellings(self) -> Mapping[str, str]:
        """The name of the term for each spelling that texts may have."""
        return {
            found: name
            for name, term in self.terms.items()
            for spelling, _ in _spellings(name, term)
            for found in _as_found(spelling)
        }


def pattern(spellings: Iterable[str]) -> re.Pattern[str]:
    """Finds exactly these spellings in a text, as whole words, the longest first; blanks match any number of them.

    The text may be HTML: what begins with `&` or `#` is no word.
    """
    by_first: dict[str, list[str]] = {}
    for one in sorted(spellings, key=lambda spelling: (-len(spelling), spelling)):
        # By first letters, with what stands before them after them: Python then skips whatever begins no spelling.
        by_first.setdefault(re.escape(one[0]), []).append(r"\s+".join(map(re.escape, one[1:].split(" "))))
    alternatives = (rf"{first}(?<![\w&#-]{first})(?:{'|'.join(rest)})(?![\w-])" for first, rest in by_first.items())
    return re.compile("|".join(alternatives) or "(?!)")


def spelled(match: re.Match[str], by_spelling: Mapping[str, OfT]) -> OfT:
    """What belongs to the spelling that a match of `pattern` has found."""
    return by_spelling[" ".join(match[0].split())]


def parse(source: Source) -> tuple[Glossary, Matter] | list[Fault]:
    """Read the glossary, with the places of what it says."""
    parsed = matter.parse(source)
    if isinstance(parsed, Fault):
        return [parsed]
    glossary = schema.validate(Glossary, source.path, parsed, parsed.data)
    if isinstance(glossary, list):
        return glossary
    return sorted(_repeated(glossary, source.path, parsed)) or (glossary, parsed)


def _repeated(glossary: Glossary, path: str, parsed: Matter) -> Iterator[Fault]:
    """Spellings that would find the same words, and terms that would share a place on their page."""
    taken: dict[str, str] = {}
    anchors: dict[str, str] = {}
    for name, term in glossary.terms.items():
        for spelling, where in _spellings(name, term):
            place = parsed.place(("terms", name, *where), of_key=not where)
            if other := next((taken[found] for found in _as_found(spelling) if found in taken), None):
                yield Fault(
                    path, *place, "duplicate-term", f"'{spelling}' is already a spelling of '{other}'.", "Keep one."
                )
            elif not where and (other := anchors.get(anchor(name))):
                yield Fault(
                    path, *place, "duplicate-term", f"'{name}' has the same address as '{other}'.", "Rename one."
                )
            taken |= dict.fromkeys(_as_found(spelling), name)
        anchors.setdefault(anchor(name), name)


def _spellings(name: str, term: Term) -> Iterator[tuple[str, Where]]:
    """All spellings of a term, each with its place below the term."""
    yield name, ()
    for number, spelling in enumerate(term.also):
        yield spelling, ("also", number)
    for number, spelling in enumerate(term.forms):
        yield spelling, ("forms", number)


def _as_found(spelling: str) -> tuple[str, ...]:
    """As it stands in texts: where it begins with a small letter, also at the start of a sentence."""
    plain = " ".join(spelling.split())
    return tuple(dict.fromkeys((plain, plain[0].upper() + plain[1:])))


def anchor(name: str) -> str:
    """The fragment of a term on the page of the glossary."""
    return heading.anchor(name)


def mentions(glossary: Glossary, articles: Iterable[Article]) -> Mapping[str, tuple[str, ...]]:
    """For each term the slugs of the articles that say it, in order of articles; phrases count too."""
    found: dict[str, list[str]] = {name: [] for name in glossary.terms}
    spellings = glossary.spellings
    named = pattern(spellings)
    for article in articles:
        causes = [step.cause for step in article.steps if step.cause] if isinstance(article, Problem) else []
        text = "\n".join((article.title, *article.phrases, *causes, article.body))
        for name in {spelled(match, spellings) for match in named.finditer(text)}:
            found[name].append(article.slug)
    return {name: tuple(slugs) for name, slugs in found.items()}


def check(
    glossary: Glossary, path: str, parsed: Matter, articles: Set[str], facts: Mapping[str, Fact]
) -> Iterator[Fault]:
    """Articles and facts that the terms name and that are not there, or no longer hold."""
    for name, term in glossary.terms.items():
        here: Where = ("terms", name)
        if term.more and term.more not in articles:
            place = parsed.place((*here, "more"))
            sentence = f"There is no article '{term.more}'."
            yield Fault(path, *place, "unknown-article", sentence, did_you_mean(term.more, articles))
        for number, id_ in enumerate(term.facts):
            place = parsed.place((*here, "facts", number))
            if id_ not in facts:
                sentence = f"'{id_}' is not in the ledger."
                yield Fault(path, *place, "unknown-fact", sentence, did_you_mean(id_, facts))
            elif not facts[id_].live:
                yield Fault(
                    path,
                    *place,
                    "fact-not-live",
                    f"{id_} is {facts[id_].status}; no explanation may rest on it.",
                    "Take it out.",
                )


def check_used(said: Mapping[str, tuple[str, ...]], path: str, parsed: Matter) -> Iterator[Fault]:
    """Terms that no article says."""
    for name, slugs in said.items():
        if not slugs:
            place = parsed.place(("terms", name), of_key=True)
            yield Fault(
                path, *place, "unused-term", f"No article says '{name}'.", "Take it out, or add the form that they say."
            )
