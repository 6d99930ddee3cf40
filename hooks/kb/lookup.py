"""What each error number leads to: its own words, its family's, and the articles that speak of it."""

import re
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass

from kb import numbers
from kb.article import Article
from kb.knowledge import Knowledge
from kb.numbers import Number


@dataclass(frozen=True, slots=True)
class Target:
    """An article, or a section of one."""

    article: Article
    fragment: str = ""

    @property
    def page(self) -> str:
        return f"{self.article.page}#{self.fragment}" if self.fragment else self.article.page

    @property
    def url(self) -> str:
        return f"{self.article.url}#{self.fragment}" if self.fragment else self.article.url


@dataclass(frozen=True, slots=True)
class Answer:
    """One number. Everything in labels of the vocabulary, ready to be shown."""

    code: str
    short: str | None
    """The number without its prefix."""
    means: str
    who: tuple[str, ...]
    """Names of the vocabulary: the number's own, or else its family's."""
    advice: Mapping[str, str]
    """What to do for this number, by names of the vocabulary in its order. Where it is empty the family's holds."""
    targets: tuple[Target, ...]
    """What speaks of this number; empty where only the family's article does."""

    @property
    def anchor(self) -> str:
        return numbers.anchor(self.code)


@dataclass(frozen=True, slots=True)
class Group:
    """A family with its numbers."""

    name: str
    title: str
    means: str
    who: tuple[str, ...]
    advice: Mapping[str, str]
    more: Article
    answers: tuple[Answer, ...]

    def articles(self, answer: Answer) -> tuple[Article, ...]:
        """The articles to which a number of this family leads."""
        return tuple(target.article for target in answer.targets) or (self.more,)

    @property
    def slugs(self) -> Set[str]:
        """The articles to which its numbers lead."""
        return {article.slug for answer in self.answers for article in self.articles(answer)}


def compile_groups(knowledge: Knowledge) -> tuple[Group, ...]:
    """The families in their order; none where a site has no numbers."""
    known = knowledge.numbers
    if known is None:
        return ()
    spoken = _targets(numbers.mentions(known, (*knowledge.problems, *knowledge.references)))
    return tuple(
        Group(
            name=name,
            title=family.title,
            means=family.means,
            who=family.who,
            advice=_ordered(knowledge, family.advice),
            more=knowledge.by_slug[family.more],
            answers=tuple(
                Answer(
                    code=code,
                    short=known.short(code),
                    means=number.means,
                    who=number.who or family.who,
                    advice=_ordered(knowledge, number.advice),
                    targets=_with_own(knowledge, number, spoken.get(code, ())),
                )
                for code, number in family.numbers.items()
            ),
        )
        for name, family in known.families.items()
    )


def answers_of(groups: Iterable[Group], article: Article) -> Iterator[Answer]:
    """The numbers that lead to an article for their own sake, not only with their family."""
    for group in groups:
        yield from (one for one in group.answers if any(target.article is article for target in one.targets))


def in_order(answers: Iterable[Answer]) -> list[Answer]:
    """Sorted as people count: 9 before 10."""
    return sorted(answers, key=_counted)


def _counted(answer: Answer) -> list[tuple[str, int]]:
    return [(letters, int(digits or 0)) for letters, digits in re.findall(r"(\D*)(\d*)", answer.anchor)]


def _with_own(knowledge: Knowledge, number: Number, spoken: tuple[Target, ...]) -> tuple[Target, ...]:
    """What speaks of a number, and then the article that the number itself names, if it is another one."""
    if number.more is None or any(target.article.slug == number.more for target in spoken):
        return spoken
    return (*spoken, Target(knowledge.by_slug[number.more]))


def _targets(mentions: Iterable[numbers.Mention]) -> dict[str, tuple[Target, ...]]:
    """Of each article the first section that speaks of a number, or all of it."""
    found: dict[str, dict[str, Target]] = {}
    for mention in mentions:
        target = Target(mention.article, mention.fragment)
        found.setdefault(mention.code, {}).setdefault(mention.article.slug, target)
    return {code: tuple(targets.values()) for code, targets in found.items()}


def _ordered(knowledge: Knowledge, advice: Mapping[str, str]) -> dict[str, str]:
    return {name: advice[name] for name in knowledge.vocabulary.who if name in advice}
