"""The keys of front matter as a writer meets them: their purpose, and what may stand there.

Made from the models of article.py and the vocabulary. It checks nothing: that is what the models are for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args, get_origin

from kb.article import FRONTS, Kind
from kb.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Key:
    """One key that a kind of article may have."""

    name: str
    needed: bool
    purpose: str
    """One sentence or question for writers."""
    values: Mapping[str, str] = field(default_factory=dict)
    """The words that may stand there with what each means; empty where writers use their own."""
    several: bool = False
    """Whether it takes a list."""

    @property
    def help(self) -> str:
        """The purpose, and the words to choose from where there are any."""
        if not self.values:
            return self.purpose
        choice = "One or more of" if self.several else "One of"
        return f"{self.purpose} {choice}: {', '.join(self.values)}."


def keys(kind: Kind, vocabulary: Vocabulary) -> tuple[Key, ...]:
    """All keys of a kind, in the order in which writers put them down: facets near the top, dates at the end."""
    own = sorted(_own(kind, vocabulary), key=lambda key: FRONTS[kind].model_fields[key.name].annotation is date)
    facets = () if kind == "remedy" else _facets(kind, vocabulary)
    return (*own[:2], *facets, *own[2:])


def _facets(kind: Kind, vocabulary: Vocabulary) -> Iterator[Key]:
    for name, facet in vocabulary.facets.items():
        values = {value: one.means or f"{one.label}." for value, one in facet.values.items()}
        needed = facet.required and kind == "problem"
        yield Key(name, needed, facet.question or f"{facet.label}.", values, several=True)


def _own(kind: Kind, vocabulary: Vocabulary) -> Iterator[Key]:
    named = {"who": vocabulary.who, "needs": vocabulary.needs} if kind == "remedy" else {}
    for name, field_ in FRONTS[kind].model_fields.items():
        values = {word: one.means or f"{one.label}." for word, one in named.get(name, {}).items()}
        if get_origin(field_.annotation) is Literal:
            values = dict.fromkeys(get_args(field_.annotation), "")
        several = get_origin(field_.annotation) is tuple
        purpose = field_.description or ""
        yield Key(name, field_.is_required(), purpose[:1].upper() + purpose[1:], values, several=several)
