"""Error numbers, such as people paste them: docs/numbers.yml as values.

A site can do without the file. What a number looks like is the file's to say, and who can mend it the vocabulary's.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field

from kb import matter, schema
from kb.article import Article, Problem
from kb.fault import Fault, did_you_mean
from kb.matter import Matter, Place
from kb.matter import Path as Where
from kb.schema import Model, Slug, Text, refuse, unique
from kb.source import Source
from kb.vocabulary import IndexText

PATH = "numbers.yml"
_WORD = re.compile(r"\w+", re.ASCII)
_LONGEST = 40


def _code(text: str) -> str:
    if not _WORD.fullmatch(text) or not any(map(str.isdigit, text)) or len(text) > _LONGEST:
        refuse(
            "bad-number",
            f"'{text}' is no error number.",
            f"Write it as the screen shows it: letters, digits and '_', with no blank, at most {_LONGEST} characters.",
        )
    return text


Code = Annotated[str, AfterValidator(_code)]
Advice = Mapping[Slug, Text]


class Number(Model):
    """What is said of one number, as far as its family does not say it."""

    means: Text = Field(description="one sentence that says what the number means.")
    who: Annotated[tuple[Slug, ...], unique] = Field((), description="who can mend it, if it is not as in its family.")
    advice: Advice = Field(
        default_factory=dict, description="what to do, for each of those who act; the rest is as in its family."
    )
    more: Slug | None = Field(None, description="the article that says more, if it is not as in its family.")


class Family(Model):
    """Numbers with one kind of cause."""

    title: Text = Field(description="the heading above its numbers.")
    means: Text = Field(description="one sentence that says what its numbers have in common.")
    who: Annotated[tuple[Slug, ...], unique] = Field(min_length=1, description="who can mend it.")
    advice: Advice = Field(min_length=1, description="what to do, for each of those who act.")
    more: Slug = Field(description="the article that says more.")
    numbers: Mapping[Code, Number] = Field(min_length=1, description="its numbers, in the order in which they stand.")


class Numbers(Model):
    """All numbers that the site answers. Each belongs to one family."""

    index: IndexText = Field(description="title and intro of their page.")
    prefixes: Annotated[tuple[Text, ...], unique] = Field(
        (), description="letters at the start of a number that people and logs leave out."
    )
    sources: Annotated[tuple[Slug, ...], unique] = Field(
        (), description="keys of the sources that say what the numbers mean."
    )
    families: Mapping[Slug, Family] = Field(min_length=1, description="the families, in the order of the page.")

    @property
    def codes(self) -> Mapping[str, Number]:
        """All numbers, whatever their family."""
        return {code: number for family in self.families.values() for code, number in family.numbers.items()}

    def short(self, code: str) -> str | None:
        """The number without its prefix, as logs show it; None where it has none."""
        return next((code.removeprefix(one) for one in self.prefixes if code.startswith(one)), None)


@dataclass(frozen=True, slots=True)
class Mention:
    """An article that names a number in a message, its title or a heading. Whether anybody knows the number is open."""

    code: str
    article: Article
    fragment: str
    """The section whose heading names it; empty where all of the article speaks of it."""
    where: Where = ()
    """The key of front matter that names it; empty for a heading."""

    @property
    def place(self) -> Place:
        """Where it stands. To find that costs much, and only faults need it."""
        article = self.article
        if self.where:
            return article.places.find(self.where)
        heading = article.sections[self.fragment]
        lines = enumerate(article.body.split("\n"), article.body_line)
        return Place(next(line for line, text in lines if text.startswith("#") and heading in text), 1)


def reader(numbers: Numbers | None) -> Callable[[str], Iterator[str]]:
    """Finds the words of a text that are numbers, or look like one of a known prefix, in capitals or not."""
    known = {code.casefold(): code for code in numbers.codes} if numbers else {}
    prefixes = tuple(prefix.casefold() for prefix in numbers.prefixes) if numbers else ()

    def named(text: str) -> Iterator[str]:
        for word in _WORD.findall(text):
            small = word.casefold()
            if small in known:
                yield known[small]
            elif any(small.startswith(prefix) and small.removeprefix(prefix).isdigit() for prefix in prefixes):
                yield word

    return named


def mentions(numbers: Numbers, articles: Iterable[Article]) -> Iterator[Mention]:
    """What articles say of numbers, in order of articles; the sections of an article before all of it."""
    named = reader(numbers)
    for article in articles:
        for fragment, heading in article.sections.items():
            for code in named(heading):
                yield Mention(code, article, fragment)
        for code in named(article.title):
            yield Mention(code, article, "", ("title",))
        for number, message in enumerate(article.messages if isinstance(article, Problem) else ()):
            for code in named(message):
                yield Mention(code, article, "", ("messages", number))


def parse(source: Source) -> tuple[Numbers, Matter] | list[Fault]:
    """Read the numbers, with the places of what is said of them."""
    parsed = matter.parse(source)
    if isinstance(parsed, Fault):
        return [parsed]
    numbers = schema.validate(Numbers, source.path, parsed, parsed.data)
    if isinstance(numbers, list):
        return numbers
    return sorted(_repeated(numbers, source.path, parsed)) or (numbers, parsed)


def _repeated(numbers: Numbers, path: str, parsed: Matter) -> Iterator[Fault]:
    """Numbers that would share a place on their page, with another one or with a family."""
    taken = {name: f"the family '{name}'" for name in numbers.families}
    for name, family in numbers.families.items():
        for code in family.numbers:
            other = taken.setdefault(anchor(code), f"'{code}' of '{name}'")
            if other != f"'{code}' of '{name}'":
                place = parsed.place(("families", name, "numbers", code), of_key=True)
                yield Fault(
                    path,
                    *place,
                    "duplicate-number",
                    f"'{code}' has the same address as {other}.",
                    "Keep one of the two.",
                )


def anchor(code: str) -> str:
    """The fragment of a number on its page."""
    return code.lower()


def check(
    numbers: Numbers, path: str, parsed: Matter, who: Set[str], articles: Set[str], sources: Set[str]
) -> Iterator[Fault]:
    """People, articles and sources that the numbers name and that are not there."""
    for place, one in enumerate(numbers.sources):
        if one not in sources:
            yield Fault(
                path,
                *parsed.place(("sources", place)),
                "unknown-source",
                f"'{one}' is not a source.",
                did_you_mean(one, sources),
            )
    for name, family in numbers.families.items():
        here: Where = ("families", name)
        yield from _entry_faults(family, here, path, parsed, who, articles)
        for code, number in family.numbers.items():
            yield from _entry_faults(number, (*here, "numbers", code), path, parsed, who, articles)


def _entry_faults(
    entry: Family | Number, here: Where, path: str, parsed: Matter, who: Set[str], articles: Set[str]
) -> Iterator[Fault]:
    named = [((*here, "who", place), one, False) for place, one in enumerate(entry.who)]
    named += [((*here, "advice", one), one, True) for one in entry.advice]
    for where, one, of_key in named:
        if one not in who:
            yield Fault(
                path,
                *parsed.place(where, of_key=of_key),
                "unknown-value",
                f"'{one}' is not a known value of 'who'.",
                did_you_mean(one, who),
            )
    if entry.more and entry.more not in articles:
        yield Fault(
            path,
            *parsed.place((*here, "more")),
            "unknown-article",
            f"There is no article '{entry.more}'.",
            did_you_mean(entry.more, articles),
        )


def check_articles(numbers: Numbers, articles: Iterable[Article]) -> Iterator[Fault]:
    """Numbers that articles name and that no family has."""
    known = numbers.codes
    for mention in mentions(numbers, articles):
        if mention.code not in known:
            yield Fault(
                mention.article.path,
                *mention.place,
                "unknown-number",
                f"'{mention.code}' is not among the numbers.",
                f"Add it to {PATH}, or correct it.",
            )
