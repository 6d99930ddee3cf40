"""What people write: problems, remedies and references, as checked values."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from sys import intern
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    StringConstraints,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)

from kb import heading, schema
from kb.document import Document
from kb.fault import Fault, did_you_mean
from kb.matter import Places
from kb.schema import Day, Model, Slug, Text, distinct, refuse, unique
from kb.vocabulary import Vocabulary

Kind = Literal["problem", "remedy", "reference"]

FOLDERS: Mapping[Kind, str] = {"problem": "problems", "remedy": "remedies", "reference": "reference"}
LADDER = "what-to-do"
"""The anchor above the remedies of a problem."""
MESSAGES = "other-messages"
"""The anchor of the heading with the messages that no other heading of a problem says."""


class StepFront(Model):
    """A remedy as a problem names it, in its front matter."""

    remedy: Slug
    cause: Text | None = Field(default=None, description="the cause it answers.")
    likely: int | None = Field(default=None, ge=1, le=100, description="how likely it helps, of a hundred.")


def _step(entry: Any) -> Any:
    """Accept `slug`, `slug: cause` and `slug: {cause: …, likely: …}`, which is how a writer would put it down."""
    if isinstance(entry, str):
        return {"remedy": entry}
    if not isinstance(entry, dict) or len(entry) != 1:
        refuse("bad-remedy", "this is no remedy.", "Write its slug, or 'slug: the cause it answers'.")
    remedy, cause = next(iter(entry.items()))
    if isinstance(cause, dict):
        return {**cause, "remedy": remedy}
    # With a colon and no cause it is the slug alone.
    return {"remedy": remedy} if cause is None else {"remedy": remedy, "cause": cause}


PAGE_SUFFIXES = (".html", ".htm")
"""Ends of old addresses that named a file. Other addresses named a folder."""

_FILE = re.compile(r"\.[A-Za-z]{2,5}\d?$")
_FACT_ID = re.compile(r"[A-Z]{1,4}[0-9]{1,4}")


def is_address(text: str) -> bool:
    """Whether this can be the address of a page or section, from the root of the site and with no slash at its end."""
    path, _, fragment = text.partition("#")
    parts = path.split("/")
    unsafe = set(text) & set(" \\?%\"'<>|*:") or not text.isascii() or not text.isprintable()
    return not (
        unsafe
        or not path
        or any(part in {"", ".", ".."} for part in parts)
        or ("#" in text and not fragment)
        or "#" in fragment
        or any(_FILE.search(part) for part in parts[:-1])
        or (_FILE.search(parts[-1]) and not parts[-1].endswith(PAGE_SUFFIXES))
    )


class OldAddress(Model):
    """An address that an article took over, and the section of the article to which it leads."""

    address: str
    section: str | None = None


def _old_address(entry: Any) -> Any:
    """Accept `old/page`, `old/page#section` and `old/page#section: section of this article`."""
    rest: dict[str, Any] = {}
    if isinstance(entry, dict) and len(entry) == 1:
        entry, section = next(iter(entry.items()))
        rest = {"section": section}
    if not isinstance(entry, str) or not isinstance(rest.get("section"), str | None):
        refuse(
            "bad-address", "this is no address.", "Write it like old/page, or 'old/page#part: section of this article'."
        )
    if not is_address(entry):
        refuse(
            "bad-address",
            f"'{entry}' is no address of a page on this site.",
            "Write it without a slash at the start or the end, like old/page or old/page#section.",
        )
    return {"address": entry, **rest}


def _address_schema() -> dict[str, Any]:
    """For editors: the ways in which a writer may put an old address down."""
    moved = {"type": "object", "minProperties": 1, "maxProperties": 1, "additionalProperties": {"type": "string"}}
    return {"anyOf": [{"type": "string"}, moved]}


def _distinct_addresses(entries: tuple[OldAddress, ...]) -> tuple[OldAddress, ...]:
    distinct(tuple(entry.address for entry in entries))
    return entries


def _phrase(text: str) -> str:
    if text != text.lower():
        refuse("capital-letters", f"'{text}' has capital letters.", "Phrases stand in small letters.")
    return text


def _fact_id(text: str) -> str:
    if not _FACT_ID.fullmatch(text):
        refuse("bad-fact-id", f"'{text}' is no id of a fact.", "Take one from the ledger, such as F001.")
    return text


FactId = Annotated[str, AfterValidator(_fact_id)]
Phrase = Annotated[Text, AfterValidator(_phrase)]
OldAddresses = Annotated[
    tuple[Annotated[OldAddress, BeforeValidator(_old_address), WithJsonSchema(_address_schema())], ...],
    AfterValidator(_distinct_addresses),
]


class _Front(Model):
    title: Annotated[Text, StringConstraints(max_length=70)] = Field(description="the title, in the person's words.")
    description: Annotated[Text, StringConstraints(min_length=50, max_length=160)] = Field(
        description="one sentence for search engines."
    )
    phrases: Annotated[tuple[Phrase, ...], unique, Field(max_length=15)] = Field((), description="what people call it.")
    facts: Annotated[tuple[FactId, ...], unique] = Field(
        (), description="ids of the ledger's facts that this article says."
    )
    redirects: OldAddresses = Field((), description="old addresses that this article took over.")
    reviewed: Day = Field(description="the day on which somebody last checked it.")
    review_by: Day = Field(description="the day by which it must be checked again.")

    @field_validator("review_by")
    @classmethod
    def _review_follows(cls, review_by: date, others: ValidationInfo) -> date:
        reviewed = others.data.get("reviewed")
        if reviewed and review_by <= reviewed:
            refuse("bad-date", f"{review_by} does not come after 'reviewed' ({reviewed}).", "Set a later day.")
        return review_by


class ProblemFront(_Front):
    messages: Annotated[tuple[Text, ...], unique] = Field((), description="exact words on the screen.")
    remedies: Annotated[tuple[Annotated[StepFront, BeforeValidator(_step)], ...], Field(min_length=1)] = Field(
        description="what to try, in order."
    )
    related: Annotated[tuple[Slug, ...], unique] = Field((), description="other problems or references.")
    weight: int = Field(1, ge=1, le=100, description="how common it is, compared with others.")


class RemedyFront(_Front):
    who: Annotated[tuple[Slug, ...], unique, Field(min_length=1)] = Field(description="who can do it.")
    minutes: int = Field(ge=1, le=240, description="how many minutes it takes.")
    needs: Annotated[tuple[Slug, ...], unique] = Field(description="what the person must still have, or [].")
    undo: Literal["none", "easy", "hard"] = Field(description="how hard it is to undo; none: there is nothing to undo.")


class ReferenceFront(_Front):
    related: Annotated[tuple[Slug, ...], unique] = Field((), description="other problems or references.")


FRONTS: Mapping[Kind, type[_Front]] = {"problem": ProblemFront, "remedy": RemedyFront, "reference": ReferenceFront}

RESERVED = frozenset(name for front in FRONTS.values() for name in front.model_fields)
"""Keys of front matter that no facet may be called by."""


@dataclass(frozen=True, slots=True)
class Step:
    """A remedy as a problem names it."""

    remedy: str
    cause: str | None = None
    likely: int | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One file that people write. Not yet checked against other articles."""

    kind: Kind
    slug: str
    path: str
    title: str
    description: str
    body: str
    body_line: int
    """The line of the file in which the body begins."""
    facets: Mapping[str, tuple[str, ...]]
    phrases: tuple[str, ...]
    facts: tuple[str, ...]
    redirects: Mapping[str, str | None]
    """Old addresses, each with the section of this article to which it leads."""
    related: tuple[str, ...]
    reviewed: date
    review_by: date
    places: Places
    """Where in the file each key and value stands, for faults that only show among articles."""

    @property
    def page(self) -> str:
        """The path of its Markdown file below the docs folder."""
        return f"{FOLDERS[self.kind]}/{self.slug}.md"

    @property
    def url(self) -> str:
        """Its address, relative to the site's root."""
        return f"{FOLDERS[self.kind]}/{self.slug}/"

    @property
    def sections(self) -> Mapping[str, str]:
        """The headings of its text, by their anchors."""
        return heading.anchors(self.body, (heading.anchor(self.title), *self.other_anchors))

    @property
    def other_anchors(self) -> tuple[str, ...]:
        """The anchors that the engine puts into its page."""
        return ()

    def fault(self, where: tuple[str | int, ...], code: str, sentence: str, suggestion: str = "") -> Fault:
        return Fault(self.path, *self.places.find(where), code, sentence, suggestion)


@dataclass(frozen=True, slots=True)
class Problem(Article):
    messages: tuple[str, ...]
    steps: tuple[Step, ...]
    weight: int

    @property
    def other_anchors(self) -> tuple[str, ...]:
        return (LADDER, MESSAGES, *(step.remedy for step in self.steps))


@dataclass(frozen=True, slots=True)
class Remedy(Article):
    who: tuple[str, ...]
    minutes: int
    needs: tuple[str, ...]
    undo: Literal["none", "easy", "hard"]


@dataclass(frozen=True, slots=True)
class Reference(Article):
    pass


def make(kind: Kind, slug: str, document: Document, vocabulary: Vocabulary) -> Article | list[Fault]:
    """Make an article of a document, or say everything that is wrong with its front matter."""
    may_have_facets = kind != "remedy"
    names = frozenset(vocabulary.facets) if may_have_facets else frozenset()
    given = {key: value for key, value in document.front.data.items() if key in names}
    rest = {key: value for key, value in document.front.data.items() if key not in names}
    faults: list[Fault] = []
    if not schema.SLUG.fullmatch(slug) or len(slug) > schema.SLUG_LONGEST:
        faults.append(
            Fault(
                document.path,
                1,
                1,
                "bad-slug",
                f"'{slug}' cannot be the last part of an address.",
                f"Use small letters, digits and single hyphens, at most {schema.SLUG_LONGEST} characters, in its name.",
            )
        )
    facets = _facets(given, document, vocabulary, faults)
    if kind == "problem" and slug not in vocabulary.escapes:
        for name, facet in vocabulary.facets.items():
            if facet.required and name not in given:
                faults.append(
                    Fault(
                        document.path,
                        1,
                        1,
                        "missing-key",
                        f"'{name}' is missing.",
                        f"Add it. {did_you_mean('', facet.values)}".strip(),
                    )
                )
    if kind == "remedy":
        faults += _remedy_faults(document, vocabulary)
    front = schema.validate(FRONTS[kind], document.path, document.front, rest, also_known=names)
    if isinstance(front, list):
        return [*faults, *front]
    if faults:
        return faults
    shared: dict[str, Any] = {
        "kind": kind,
        "slug": slug,
        "path": document.path,
        "title": front.title,
        "description": front.description,
        "body": document.body,
        "body_line": document.body_line,
        "facets": facets,
        "phrases": front.phrases,
        "facts": front.facts,
        "redirects": {old.address: old.section for old in front.redirects},
        "reviewed": front.reviewed,
        "review_by": front.review_by,
        "places": document.front.places,
        "related": (),
    }
    match front:
        case ProblemFront():
            return Problem(
                **shared | {"related": front.related},
                messages=front.messages,
                steps=tuple(Step(intern(step.remedy), step.cause, step.likely) for step in front.remedies),
                weight=front.weight,
            )
        case RemedyFront():
            return Remedy(**shared, who=front.who, minutes=front.minutes, needs=front.needs, undo=front.undo)
        case ReferenceFront():
            return Reference(**shared | {"related": front.related})
    raise AssertionError(kind)


def _remedy_faults(document: Document, vocabulary: Vocabulary) -> Iterator[Fault]:
    for key, known in (("who", vocabulary.who), ("needs", vocabulary.needs)):
        values = document.front.data.get(key)
        for number, value in enumerate(values if isinstance(values, list) else []):
            if isinstance(value, str) and schema.SLUG.fullmatch(value) and value not in known:
                yield Fault(
                    document.path,
                    *document.front.place((key, number)),
                    "unknown-value",
                    f"'{value}' is not a known value of '{key}'.",
                    did_you_mean(value, known),
                )


def _facets(
    given: Mapping[str, Any], document: Document, vocabulary: Vocabulary, faults: list[Fault]
) -> Mapping[str, tuple[str, ...]]:
    """The facets in the vocabulary's order, their values in the writer's."""
    for name, values in given.items():
        known = vocabulary.facets[name].values
        if not isinstance(values, list):
            faults.append(
                Fault(
                    document.path,
                    *document.front.place((name,)),
                    "wrong-type",
                    f"'{name}' must be a list.",
                    f"Write it like [{values or next(iter(known))}].",
                )
            )
            continue
        if not values:
            faults.append(
                Fault(
                    document.path,
                    *document.front.place((name,)),
                    "empty-value",
                    f"'{name}' has no value.",
                    "Give it one, or take the key out if any value fits.",
                )
            )
        for number, value in enumerate(values):
            if not isinstance(value, str) or value not in known:
                faults.append(
                    Fault(
                        document.path,
                        *document.front.place((name, number)),
                        "unknown-value",
                        f"'{value}' is not a value of '{name}'.",
                        did_you_mean(str(value), known),
                    )
                )
            elif value in values[:number]:
                faults.append(
                    Fault(
                        document.path,
                        *document.front.place((name, number)),
                        "said-twice",
                        f"'{value}' stands in '{name}' twice.",
                        "Keep one of the two.",
                    )
                )
    # The same few words again and again: each is in memory once.
    return {
        name: tuple(map(intern, map(str, given[name])))
        for name in vocabulary.facets
        if name in given and isinstance(given[name], list)
    }
