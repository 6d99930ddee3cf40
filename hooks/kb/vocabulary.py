"""The facets by which problems differ, and how to ask for them: docs/vocabulary.yml as values."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated

from pydantic import AfterValidator, Field

from kb import matter, schema
from kb.fault import Fault, did_you_mean
from kb.matter import Matter
from kb.schema import Day, Model, Slug, Text, refuse
from kb.source import Source

PATH = "vocabulary.yml"
UNSURE = "unsure"
"""The value of the answer "I'm not sure" in addresses; no facet may have a value of this name."""

Condition = Annotated[Mapping[str, tuple[str, ...]], Field(default_factory=dict)]


def _facet_name(name: str) -> str:
    # No hyphen: in an address such as method-text the first hyphen ends the facet's name.
    if not name.isascii() or not name.isalnum() or not name.islower():
        refuse("bad-facet-name", f"'{name}' cannot name a facet.", "Use one word of small letters.")
    return name


def _value_name(name: str) -> str:
    if name == UNSURE:
        refuse("reserved-value", f"'{UNSURE}' is kept for the answer \"I'm not sure\".", "Choose another name.")
    return name


FacetName = Annotated[str, AfterValidator(_facet_name)]
ValueName = Annotated[Slug, AfterValidator(_value_name)]


class Value(Model):
    label: Text = Field(description="a short name for lists and labels.")
    answer: Text | None = Field(None, description="the words on the answer button, where they differ from the label.")
    means: Text | None = Field(None, description="one sentence that says what the value means.")
    group: str | None = Field(None, description="the group of answers it stands in.")
    helper_answer: Text | None = Field(
        None, description="the words on the button, for somebody who helps another person."
    )
    lacks: tuple[Slug, ...] = Field((), description="needs that a person with this answer cannot meet.")
    has: tuple[Slug, ...] | None = Field(None, description="needs that a person with this answer can still meet.")

    @property
    def button(self) -> str:
        return self.answer or self.label


class IndexText(Model):
    title: Text = Field(description="the title of the index page.")
    intro: Text = Field(description="one sentence below the title.")


class Facet(Model):
    label: Text = Field(description="a short name for the facet.")
    question: Text | None = Field(None, description="how the flow asks for it; without it the flow never asks.")
    hint: Text | None = Field(None, description="how to tell, below the question.")
    first: bool = Field(default=False, description="whether it is asked before any other question.")
    required: bool = Field(default=False, description="whether every problem must give it.")
    max_answers: int = Field(7, ge=2, le=30, description="the most answers with which it may be asked.")
    paste: bool = Field(
        default=False, description="whether people can paste what the screen says, beside its question."
    )
    effort: float = Field(1.0, ge=0.1, le=10, description="what finding out costs the person; 1 is ordinary.")
    when: Condition = Field(default_factory=dict, description="answers that must have been given before it is asked.")
    index: IndexText | None = Field(None, description="title and intro of its index; without it there is none.")
    groups: Mapping[str, Text] = Field(
        default_factory=dict, description="groups of answers, in order, with their labels."
    )
    helper_question: Text | None = Field(None, description="how to ask somebody who helps another person.")
    helper_hint: Text | None = Field(None, description="how that helper can tell.")
    helper_groups: Mapping[str, Text] = Field(
        default_factory=dict, description="labels of groups, for somebody who helps another person."
    )
    values: Mapping[ValueName, Value] = Field(min_length=1, description="its values, in order.")

    def lacking(self, value: str) -> frozenset[str]:
        """The needs that a person who gave this answer cannot meet; none for an answer that is no value."""
        chosen = self.values.get(value)
        if chosen is None:
            return frozenset()
        if chosen.has is None:
            return frozenset(chosen.lacks)
        could_have = {need for other in self.values.values() for need in other.has or ()}
        return frozenset(could_have - set(chosen.has)).union(chosen.lacks)


class Labelled(Model):
    label: Text = Field(description="a short name.")
    means: Text | None = Field(None, description="one sentence that says what it means.")


class Notice(Model):
    when: Condition = Field(default_factory=dict, description="facet values of the articles that show it.")
    until: Day = Field(description="the last day on which it is true.")
    title: Text = Field(description="what is announced.")
    text: Text = Field(description="what to do now, in one or two sentences.")
    more: Slug = Field(description="the article that says more.")
    home: bool = Field(default=False, description="whether the first page shows it too.")


class Escape(Model):
    when: Condition = Field(default_factory=dict, description="answers with which this line counts.")
    article: Slug = Field(description="the problem that leads to a human.")


class Helpers(Model):
    link: Text = Field(description="the link to the questions for helpers.")
    back: Text = Field(description="the link back to the questions for oneself.")
    group: str | None = Field(None, description="the group of the first question below which the link stands.")


class Human(Model):
    neutral: tuple[Text, ...] = Field(
        min_length=1, description="what texts call the help desk, for an organisation to put its own name there."
    )


class Indexes(Model):
    overview: IndexText
    messages: IndexText
    phrases: IndexText
    who: IndexText


class Vocabulary(Model):
    """All the data of the domain. It says nothing about any one article."""

    facets: Mapping[FacetName, Facet] = Field(min_length=1, description="the facets, in the order of addresses.")
    none_of_these: tuple[Escape, ...] = Field(min_length=1, description='where "None of these" leads.')
    who: Mapping[Slug, Labelled] = Field(min_length=1, description="who can carry out a remedy.")
    needs: Mapping[Slug, Labelled] = Field(default_factory=dict, description="what a remedy may need.")
    notices: Mapping[Slug, Notice] = Field(default_factory=dict, description="announcements on top of articles.")
    indexes: Indexes = Field(description="titles of the indexes that come from no facet.")
    helpers: Helpers | None = Field(None, description="makes the same questions for somebody who helps another person.")
    human: Human | None = Field(None, description="how texts speak of the people who help.")

    @property
    def escapes(self) -> frozenset[str]:
        return frozenset(escape.article for escape in self.none_of_these)

    def escape(self, answers: Mapping[str, str]) -> str:
        """The slug of the problem to which "None of these" leads after these answers."""
        for line in self.none_of_these:
            if all(answers.get(facet) in values for facet, values in line.when.items()):
                return line.article
        return self.none_of_these[-1].article

    def notices_for(self, facets: Mapping[str, tuple[str, ...]]) -> list[Notice]:
        return [
            notice
            for notice in self.notices.values()
            if notice.when and all(set(facets.get(facet, ())) & set(values) for facet, values in notice.when.items())
        ]


def parse(source: Source, reserved: frozenset[str]) -> tuple[Vocabulary, Matter] | list[Fault]:
    """Read the vocabulary, with the places of what it says.

    `reserved` are the other keys of front matter, which no facet may take as its name.
    """
    parsed = matter.parse(source)
    if isinstance(parsed, Fault):
        return [parsed]
    vocabulary = schema.validate(Vocabulary, source.path, parsed, parsed.data)
    if isinstance(vocabulary, list):
        return vocabulary
    return sorted(_cross_faults(vocabulary, source.path, parsed, reserved)) or (vocabulary, parsed)


def _cross_faults(vocabulary: Vocabulary, path: str, parsed: Matter, reserved: frozenset[str]) -> Iterator[Fault]:
    for name, facet in vocabulary.facets.items():
        here = ("facets", name)
        if name in reserved:
            yield Fault(
                path,
                *parsed.place(here, of_key=True),
                "reserved-facet",
                f"'{name}' is already a key of front matter.",
                "Choose another name.",
            )
        yield from _condition_faults(vocabulary, path, parsed, (*here, "when"), facet.when)
        for other in facet.when:
            if facet.question and other in vocabulary.facets and not vocabulary.facets[other].question:
                yield Fault(
                    path,
                    *parsed.place((*here, "when", other), of_key=True),
                    "without-question",
                    f"'{other}' has no question, so '{name}' would never be asked.",
                    f"Give '{other}' a question, or take the line out.",
                )
        for value_name, value in facet.values.items():
            if facet.groups and value.group not in facet.groups:
                group_place = parsed.place((*here, "values", value_name, "group"))
                yield Fault(
                    path,
                    *group_place,
                    "unknown-group",
                    f"'{value.group}' is not a group of '{name}'.",
                    did_you_mean(str(value.group), facet.groups),
                )
            for key, needs in (("lacks", value.lacks), ("has", value.has or ())):
                for number, need in enumerate(needs):
                    if need not in vocabulary.needs:
                        yield Fault(
                            path,
                            *parsed.place((*here, "values", value_name, key, number)),
                            "unknown-value",
                            f"'{need}' is not a known value of 'needs'.",
                            did_you_mean(need, vocabulary.needs),
                        )
            if value.group and not facet.groups:
                yield Fault(
                    path,
                    *parsed.place((*here, "values", value_name, "group")),
                    "unknown-group",
                    f"'{name}' has no groups.",
                    f"Add 'groups' to '{name}'.",
                )
        for group in facet.helper_groups:
            if group not in facet.groups:
                yield _unknown_group(
                    group, name, facet, path, parsed.place((*here, "helper_groups", group), of_key=True)
                )
    yield from _helpers_faults(vocabulary, path, parsed)
    for name, notice in vocabulary.notices.items():
        yield from _condition_faults(vocabulary, path, parsed, ("notices", name, "when"), notice.when)
    for number, escape in enumerate(vocabulary.none_of_these):
        yield from _condition_faults(vocabulary, path, parsed, ("none_of_these", number, "when"), escape.when)
    if vocabulary.none_of_these[-1].when:
        place = parsed.place(("none_of_these", len(vocabulary.none_of_these) - 1))
        yield Fault(
            path,
            *place,
            "no-last-escape",
            "The last line of 'none_of_these' has a condition.",
            "End with a line that has only 'article'.",
        )


def _helpers_faults(vocabulary: Vocabulary, path: str, parsed: Matter) -> Iterator[Fault]:
    helpers = vocabulary.helpers
    if helpers and helpers.group:
        name, first = next(
            ((name, facet) for name, facet in vocabulary.facets.items() if facet.first),
            next(iter(vocabulary.facets.items())),
        )
        if helpers.group not in first.groups:
            yield _unknown_group(helpers.group, name, first, path, parsed.place(("helpers", "group")))


def _unknown_group(group: str, name: str, facet: Facet, path: str, place: tuple[int, int]) -> Fault:
    return Fault(
        path, *place, "unknown-group", f"'{group}' is not a group of '{name}'.", did_you_mean(group, facet.groups)
    )


def _condition_faults(
    vocabulary: Vocabulary,
    path: str,
    parsed: Matter,
    here: tuple[str | int, ...],
    condition: Mapping[str, Iterable[str]],
) -> Iterator[Fault]:
    for name, values in condition.items():
        facet = vocabulary.facets.get(name)
        if facet is None:
            yield Fault(
                path,
                *parsed.place((*here, name), of_key=True),
                "unknown-facet",
                f"'{name}' is not a facet.",
                did_you_mean(name, vocabulary.facets),
            )
            continue
        for number, value in enumerate(values):
            if value not in facet.values and value != UNSURE:
                yield Fault(
                    path,
                    *parsed.place((*here, name, number)),
                    "unknown-value",
                    f"'{value}' is not a value of '{name}'.",
                    did_you_mean(value, facet.values),
                )
