"""What the scripts of a page and its report know about it, as plain data. Without them a person does it by hand."""

from collections.abc import Callable, Iterable
from functools import cache, partial
from typing import Any

from kb.article import Problem
from kb.flow import State, page_url
from kb.knowledge import Knowledge
from kb.site import Site


def problem(site: Site, one: Problem) -> dict[str, Any]:
    knowledge = site.knowledge
    return {
        "kind": "problem",
        "id": one.slug,
        "title": one.title,
        "messages": list(one.messages),
        "facets": [
            {"label": facet.label, "values": [facet.values[value].label for value in one.facets[name]]}
            for name, facet in knowledge.vocabulary.facets.items()
            if facet.question and name in one.facets
        ],
        "remedies": [
            {
                "id": remedy.slug,
                "title": remedy.title,
                "needs": [{"id": need, "label": knowledge.vocabulary.needs[need].label} for need in remedy.needs],
            }
            for remedy, _ in knowledge.steps(one)
        ],
    }


Tell = Callable[[str, str, str, str | None], dict[str, Any]]
"""Facet, value, question and label as what a script knows of an answer."""


def teller(knowledge: Knowledge) -> Tell:
    """For many pages: each answer stands on several, and is the same there."""
    return cache(partial(_answer, knowledge))


def question(
    site: Site, state: State, tell: Tell | None = None, url: Callable[[str], str] = page_url
) -> dict[str, Any]:
    """`tell` and `url` may remember what they said for other states."""
    tell = tell or teller(site.knowledge)
    return {
        "kind": "question",
        "given": [tell(given.facet, given.value, given.question, given.answer) for given in state.given],
        "choices": [
            tell(facet, value, state.question or "", answer.label) | {"url": url(answer.page)}
            for answer in _answers(state)
            for facet, _, value in [answer.part.partition("-")]
        ],
    }


def _answers(state: State) -> Iterable[Any]:
    return (answer for group in state.groups for answer in group.answers if answer.part)


def _answer(knowledge: Knowledge, facet: str, value: str, asked: str, label: str | None) -> dict[str, Any]:
    return {
        "facet": facet,
        "value": value,
        "question": asked,
        "answer": label or "I'm not sure",
        "lacks": sorted(knowledge.vocabulary.facets[facet].lacking(value)),
    }
