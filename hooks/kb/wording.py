"""Texts that speak of the organisation's own help desk, where there is one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from kb.article import Article, Problem
from kb.glossary import Glossary
from kb.knowledge import Knowledge
from kb.numbers import Numbers
from kb.organisation import Organisation
from kb.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Wording:
    """Puts one name in the place of neutral words; without a name it changes nothing."""

    neutral: tuple[str, ...] = ()
    name: str = ""

    def __call__(self, text: str) -> str:
        if not self.name or not self.neutral:
            return text
        return re.sub(self._pattern(), self._named, text, flags=re.I)

    def _pattern(self) -> str:
        # Any of the two apostrophes, and words that a line end parts. What a hyphen joins may be a slug.
        phrases = sorted(self.neutral, key=len, reverse=True)
        words = [re.sub(r"\\ ", r"\\s+", re.escape(phrase)).replace("'", "['\u2019]") for phrase in phrases]
        return rf"(?<![\w/-])(?:{'|'.join(words)})(?![\w-])"

    def _named(self, match: re.Match[str]) -> str:
        return self.name[:1].upper() + self.name[1:] if match[0][:1].isupper() else self.name


def wording(vocabulary: Vocabulary, organisation: Organisation | None) -> Wording:
    neutral = vocabulary.human.neutral if vocabulary.human else ()
    return Wording(neutral, organisation.spoken) if organisation else Wording()


def adapt(known: Knowledge, say: Wording) -> Knowledge:
    """The knowledge base in these words. What stands on screens, and what people search for, stays as it is."""
    if not say.name or not say.neutral:
        return known
    by_slug = {slug: _article(one, say) for slug, one in known.by_slug.items()}
    return replace(
        known,
        vocabulary=_vocabulary(known.vocabulary, say),
        numbers=known.numbers and Numbers.model_validate(_texts(known.numbers.model_dump(exclude_unset=True), say)),
        glossary=known.glossary and _glossary(known.glossary, say),
        problems=_of(by_slug, known.problems),
        remedies=_of(by_slug, known.remedies),
        references=_of(by_slug, known.references),
        by_slug=MappingProxyType(by_slug),
    )


def _of(by_slug: Mapping[str, Article], articles: Iterable[Article]) -> Any:
    return tuple(by_slug[one.slug] for one in articles)


def _article(one: Article, say: Wording) -> Article:
    said = replace(one, title=say(one.title), description=say(one.description), body=say(one.body))
    if isinstance(said, Problem):
        steps = tuple(replace(step, cause=step.cause and say(step.cause)) for step in said.steps)
        return replace(said, steps=steps)
    return said


def _vocabulary(vocabulary: Vocabulary, say: Wording) -> Vocabulary:
    data: dict[str, Any] = _texts(vocabulary.model_dump(exclude={"human"}, exclude_unset=True), say)
    return Vocabulary.model_validate(data | {"human": vocabulary.human})


def _glossary(glossary: Glossary, say: Wording) -> Glossary:
    """Not checked again: with a long name in it an explanation may be longer than its writer may make it."""
    terms = {name: term.model_copy(update={"means": say(term.means)}) for name, term in glossary.terms.items()}
    return glossary.model_copy(update={"terms": terms})


def _texts(value: Any, say: Wording) -> Any:
    if isinstance(value, str):
        return say(value)
    if isinstance(value, Mapping):
        return {key: _texts(each, say) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_texts(each, say) for each in value]
    return value
