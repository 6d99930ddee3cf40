"""The words of a site: what is not said any more, what is spelt right, and how long a sentence may be."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from kb import matter, schema, source
from kb.article import FOLDERS
from kb.fault import Fault
from kb.prose import Passage
from kb.schema import Model, Text, refuse, unique

PATH = "terms.yml"

Sort = Literal["problem", "remedy", "reference", "page"]
"""What limits are set for: the kinds of articles, and everything else that people read."""


class Term(Model):
    """A name, a label or a word that pages do not use. Capitals match capitals only, small letters match any."""

    old: Annotated[tuple[Text, ...], unique, Field(min_length=1)] = Field(description="what is not said any more.")
    now: Text | None = Field(None, description="what exactly stands in its place today.")
    instead: Text | None = Field(None, description="what to do where no other word fits in its place.")

    @model_validator(mode="after")
    def _has_one(self) -> "Term":
        if (self.now is None) == (self.instead is None):
            refuse("now-or-instead", f"'{self.old[0]}' needs 'now' or 'instead', and not both.", "Keep one of them.")
        return self


class Move(Model):
    """An address outside the site that has changed, with everything below it."""

    old: Text = Field(description="how the old addresses begin.")
    now: Text = Field(description="how they begin today.")


class Limits(Model):
    sentence: int = Field(40, ge=5, description="the most words of a sentence.")
    age: float = Field(20, ge=6, description="the age from which people read the text without effort.")


class Terms(Model):
    english: Literal["british", "american", "none"] = Field(
        "british", description="which English is written; with none, spelling is not checked."
    )
    words: Annotated[tuple[Text, ...], unique] = Field(
        (), description="what is spelt right, though no dictionary knows it."
    )
    terms: tuple[Term, ...] = Field((), description="names, labels and words that are not used here.")
    links: tuple[Move, ...] = Field((), description="addresses outside the site that have changed.")
    pages: Annotated[tuple[Text, ...], unique] = Field(
        (), description="the pages that explain what is not said any more."
    )
    actions: Annotated[tuple[Text, ...], unique] = Field((), description="verbs of which a step has one.")
    limits: Mapping[Sort, Limits] = Field({}, description="for each kind of page how hard its sentences may be.")

    def limits_of(self, path: str) -> tuple[Sort, Limits]:
        """The kind of page that a path names, and its limits."""
        sort: Sort = "page"
        for kind, folder in FOLDERS.items():
            if f"/{folder}/" in f"/{path}":
                sort = kind
        return sort, self.limits.get(sort) or Limits.model_validate({})


def read(docs: Path) -> Terms | list[Fault]:
    """The file in docs, or what holds without one; or its faults."""
    path = f"{docs.name}/{PATH}"
    if not (docs / PATH).exists():
        return Terms.model_validate({})
    text = source.read(docs / PATH, path)
    parsed = text if isinstance(text, Fault) else matter.parse(text)
    if isinstance(parsed, Fault):
        return [parsed]
    made = schema.validate(Terms, path, parsed, parsed.data)
    if isinstance(made, list):
        return made
    missing = [number for number, page in enumerate(made.pages) if not (docs / page).is_file()]
    if missing:
        return [
            Fault(path, *parsed.place(("pages", number)), "unknown-page", f"There is no page '{made.pages[number]}'.")
            for number in missing
        ]
    return made


def pattern(texts: Iterable[str]) -> re.Pattern[str] | None:
    """Finds whole words and names in a passage. Capitals match capitals only, small letters match any.

    Blanks match any number of them, and the longest of several names wins.
    """
    alternatives = [_alternative(text) for text in sorted(set(texts), key=lambda text: (-len(text), text))]
    return re.compile(rf"(?<![\w-])(?:{'|'.join(alternatives)})(?![\w-])") if alternatives else None


def _alternative(text: str) -> str:
    flexible = r"\s+".join(map(re.escape, text.split()))
    return f"(?i:{flexible})" if text == text.lower() else flexible


def check(passages: Iterable[Passage], terms: Terms, docs: str) -> Iterator[Fault]:
    """What passages say although it is not said any more, and links that have moved.

    `docs` is the name of the folder with which the paths of passages begin.
    """
    by_name = {" ".join(old.split()).casefold(): term for term in terms.terms for old in term.old}
    found = pattern(old for term in terms.terms for old in term.old)
    for passage in passages:
        if found and not _explains(passage, terms, docs):
            for match in found.finditer(passage.text):
                term = by_name[" ".join(match[0].split()).casefold()]
                advice = f"Write '{term.now}'." if term.now else f"{term.instead}".rstrip(".") + "."
                place = passage.place(match.start())
                yield Fault(passage.path, *place, "old-term", f"'{match[0]}' is not said here.", advice)
        for link in passage.links:
            for move in terms.links:
                if link.target.startswith(move.old):
                    advice = f"Begin it with '{move.now}'."
                    yield Fault(passage.path, *link.place, "old-link", f"'{move.old}' has moved.", advice)


def mend(text: str, passages: Iterable[Passage], terms: Terms, docs: str) -> str:
    """The text of a file with today's names and addresses in place of those that only have another one now."""
    exact = {old: term.now for term in terms.terms if term.now for old in term.old}
    found = pattern(exact)
    lines = text.split("\n")
    changes: set[tuple[int, int, str, str]] = set()
    for passage in passages:
        for match in found.finditer(passage.text) if found and not _explains(passage, terms, docs) else ():
            # In other letters or over two lines somebody has to look.
            if match[0] in exact:
                changes.add((*passage.place(match.start()), match[0], exact[match[0]]))
        for link in passage.links:
            changes |= {(*link.place, move.old, move.now) for move in terms.links if link.target.startswith(move.old)}
    # From the end to the start, so that no place moves before its turn.
    for line, column, old, now in sorted(changes, reverse=True):
        head, rest = lines[line - 1][: column - 1], lines[line - 1][column - 1 :]
        if rest.startswith(old):
            lines[line - 1] = head + now + rest.removeprefix(old)
    return "\n".join(lines)


def _explains(passage: Passage, terms: Terms, docs: str) -> bool:
    return passage.path in {f"{docs}/{page}" for page in terms.pages}
