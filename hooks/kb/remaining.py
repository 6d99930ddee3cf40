"""Whether people who have lost something are led to a page whose first remedy they can still carry out.

Answers say what a person lacks (`lacks`), and one question may ask what is left (`has` of its values, in the order to
go through them: the first that is true is taken). A combination of things that are left leads where the first of them
leads, and what else is left only adds to it. So to look at each value alone is to look at all combinations.
"""

from collections.abc import Iterator, Mapping, Set

from kb.fault import Fault
from kb.flow import Flow, State
from kb.knowledge import Knowledge


def check(knowledge: Knowledge, flow: Flow) -> Iterator[Fault]:
    """Routes whose answers say that something is lacking, and whose end begins with a remedy that needs it."""
    asked = _things_asked_for(knowledge)
    pages = {problem.page: problem for problem in knowledge.problems}
    seen: set[tuple[str, frozenset[str]]] = set()
    for state in flow.states:
        if state.unsure_given:
            continue
        for page, answers in _ends(state, pages.keys()):
            lacking = _lacking(knowledge, answers, asked)
            problem = pages[page]
            remedy, _ = knowledge.steps(problem)[0]
            missing = frozenset(remedy.needs) & lacking
            if missing and (page, missing) not in seen:
                seen.add((page, missing))
                needs = " and ".join(knowledge.vocabulary.needs[need].label for need in sorted(missing))
                yield problem.fault(
                    ("remedies", 0),
                    "first-step-impossible",
                    f"People come here who said that they lack {needs} ({' > '.join(answers.values())}), "
                    f"and '{remedy.slug}' needs that.",
                    "Begin with a remedy that needs only what is left, or lead them elsewhere.",
                )


def _things_asked_for(knowledge: Knowledge) -> frozenset[str]:
    """Everything that somebody may still have, by the question that asks for it."""
    values = (value for facet in knowledge.vocabulary.facets.values() for value in facet.values.values())
    return frozenset(need for value in values for need in value.has or ())


def _ends(state: State, ends: Set[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The articles to which the answers of a state lead, with all the answers on the way."""
    given = {one.facet: one.value for one in state.given}
    for group in state.groups:
        for answer in group.answers:
            facet, _, value = answer.part.partition("-")
            # Only answers that end: others lead to the next question.
            if answer.page in ends:
                yield answer.page, given | ({facet: value} if facet else {})


def _lacking(knowledge: Knowledge, answers: Mapping[str, str], asked: frozenset[str]) -> frozenset[str]:
    """What a person with these answers may lack: all that could be left, where nobody asked what is."""
    facets = knowledge.vocabulary.facets
    lacks = frozenset(need for facet, value in answers.items() for need in facets[facet].lacking(value))
    if not lacks or any(facets[facet].values[value].has is not None for facet, value in answers.items()):
        return lacks
    return lacks | asked
