"""The same flow, worded for somebody who helps another person: its states once more, at addresses of their own."""

from dataclasses import replace

from kb.flow import FOLDER as OWN
from kb.flow import Answer, AnswerGroup, Flow, Given, State
from kb.vocabulary import UNSURE, Facet, Vocabulary

FOLDER = "assist"


def reword(flow: Flow, vocabulary: Vocabulary) -> tuple[State, ...]:
    """The states of the flow in the words for helpers, the first question first; none where the vocabulary has no such
    words. Answers keep their names, so an address differs in its first part alone."""
    if vocabulary.helpers is None:
        return ()
    return tuple(_state(state, vocabulary) for state in flow.states)


def moved(page: str) -> str:
    """The page on which helpers read what this page of the flow says. Articles are the same for all."""
    return FOLDER + page.removeprefix(OWN) if page.startswith(f"{OWN}/") else page


def _state(state: State, vocabulary: Vocabulary) -> State:
    facet = vocabulary.facets[state.facet] if state.facet else None
    return replace(
        state,
        page=moved(state.page),
        given=tuple(_given(given, vocabulary.facets[given.facet]) for given in state.given),
        question=facet.helper_question or facet.question if facet else state.question,
        hint=facet.helper_hint or facet.hint if facet else state.hint,
        groups=tuple(_group(group, facet) for group in state.groups),
        unsure=moved(state.unsure) if state.unsure else None,
        helping=True,
    )


def _group(group: AnswerGroup, facet: Facet | None) -> AnswerGroup:
    label = facet.helper_groups.get(group.name, group.label) if facet else group.label
    return replace(group, label=label, answers=tuple(_answer(answer, facet) for answer in group.answers))


def _answer(answer: Answer, facet: Facet | None) -> Answer:
    """A list names articles: there is nothing to reword."""
    if facet is None:
        return answer
    value = facet.values[answer.part.partition("-")[2]]
    return replace(answer, label=value.helper_answer or value.button, page=moved(answer.page))


def _given(given: Given, facet: Facet) -> Given:
    words = None if given.value == UNSURE else facet.values[given.value].helper_answer
    return replace(
        given,
        question=facet.helper_question or given.question,
        answer=words or given.answer,
        change=moved(given.change),
    )
