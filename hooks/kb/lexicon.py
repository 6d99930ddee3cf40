"""What the search knows besides the articles: docs/search.yml as values. A site can do without the file."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from kb import matter, schema
from kb.article import Phrase
from kb.fault import Fault, did_you_mean
from kb.matter import Matter
from kb.schema import Model, Slug, Text, refuse, unique
from kb.source import Source
from kb.vocabulary import Vocabulary

PATH = "search.yml"


def _several(group: tuple[str, ...]) -> tuple[str, ...]:
    if len(group) == 1:
        refuse("stands-alone", f"'{group[0]}' stands alone.", "Add a word that means the same, or take it out.")
    return group


Same = Annotated[tuple[Phrase, ...], unique, Field(min_length=1), AfterValidator(_several)]


class Lexicon(Model):
    """Words that mean the same, for whom a result is, and how these people ask."""

    facet: Slug | None = Field(None, description="the facet that says whom an article is for.")
    labels: Mapping[Slug, Text] = Field(
        {}, description="for each value of it what a result says; the others say nothing."
    )
    asking: Annotated[tuple[Phrase, ...], unique] = Field(
        (), description="words of those for whom such results are: where they are typed, these come first."
    )
    same: tuple[Same, ...] = Field((), description="words that mean the same when somebody searches.")

    @model_validator(mode="after")
    def _labels_of_a_facet(self) -> "Lexicon":
        if self.labels and not self.facet:
            refuse("missing-key", "'labels' has values, and 'facet' is missing.", "Name the facet that has them.")
        return self

    def audience(self, facets: Mapping[str, tuple[str, ...]]) -> str:
        """Whom an article is for; empty where it is for everybody."""
        values = facets.get(self.facet or "", ())
        return ", ".join(self.labels[value] for value in values) if self.labels.keys() >= set(values) else ""


def parse(source: Source) -> tuple[Lexicon, Matter] | list[Fault]:
    """Read it, with the places of what it says."""
    parsed = matter.parse(source)
    if isinstance(parsed, Fault):
        return [parsed]
    lexicon = schema.validate(Lexicon, source.path, parsed, parsed.data)
    if isinstance(lexicon, list):
        return lexicon
    return sorted(_repeated(lexicon, source.path, parsed)) or (lexicon, parsed)


def _repeated(lexicon: Lexicon, path: str, parsed: Matter) -> Iterator[Fault]:
    """Words of two groups: which of them is meant could not be told."""
    first: dict[str, int] = {}
    for number, group in enumerate(lexicon.same):
        for place, word in enumerate(group):
            if first.setdefault(word, number) != number:
                line = parsed.place(("same", first[word])).line
                yield Fault(
                    path,
                    *parsed.place(("same", number, place)),
                    "said-twice",
                    f"'{word}' stands in the group of line {line} too.",
                    "Keep it in one of the two, or make them one.",
                )


def check(lexicon: Lexicon, path: str, parsed: Matter, words: Vocabulary) -> Iterator[Fault]:
    """A facet or a value that the vocabulary does not have."""
    if lexicon.facet is None:
        return
    facet = words.facets.get(lexicon.facet)
    if facet is None:
        yield Fault(
            path,
            *parsed.place(("facet",)),
            "unknown-value",
            f"'{lexicon.facet}' is not a facet.",
            did_you_mean(lexicon.facet, words.facets),
        )
        return
    for value in lexicon.labels:
        if value not in facet.values:
            yield Fault(
                path,
                *parsed.place(("labels", value), of_key=True),
                "unknown-value",
                f"'{value}' is not a value of '{lexicon.facet}'.",
                did_you_mean(value, facet.values),
            )
