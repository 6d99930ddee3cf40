"""The decision flow as pages: the compiled states with their words and addresses."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from math import ceil

from kb import record, solver
from kb.article import Problem
from kb.fault import Fault
from kb.knowledge import Knowledge
from kb.memo import Memo
from kb.questions import members
from kb.settings import FlowLimits
from kb.solver import UNSURE, Figures, Node, Question, Table
from kb.vocabulary import PATH as VOCABULARY
from kb.vocabulary import UNSURE as UNSURE_NAME
from kb.vocabulary import Facet, Value

FOLDER = record.STATES
NEXT = 3
"""How many problems are named as the next most likely ones."""
MOST_LISTED = 40
"""A list behind "I'm not sure" names so many problems at most, the best first: nobody reads hundreds of them."""
MOST_UNSURE = 2
"""After so many answers "I'm not sure" one more leads to the list of what is left: it bounds the number of pages."""
FEW = 500
"""A flow of so many pages is small, whatever the number of problems."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A link out of a state, to the page of another state or of an article."""

    label: str
    page: str
    """The page it leads to, as the path of its Markdown file."""
    part: str
    """The answer as a part of addresses; empty in a list of articles."""
    means: str = ""


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    label: str
    answers: tuple[Answer, ...]
    name: str = ""
    """The vocabulary's name for it."""


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that led to a state."""

    facet: str
    value: str
    question: str
    answer: str | None
    """Its short label; None for "I'm not sure"."""
    change: str
    """The page on which the question was asked."""

    @property
    def part(self) -> str:
        """The answer as a part of an address."""
        return f"{self.facet}-{self.value}"


@dataclass(frozen=True, slots=True)
class State:
    """One page of the flow: a question, or where `question` is None a list of what is left."""

    page: str
    given: tuple[Given, ...]
    left: int
    """The most questions still to come on any route from here, this one included."""
    facet: str | None
    question: str | None
    hint: str | None
    groups: tuple[AnswerGroup, ...]
    unsure: str | None
    none_of_these: str
    live: tuple[str, ...]
    """Slugs of the problems that fit the answers, the most common first."""
    unsure_given: bool
    more: int = 0
    """How many of them a list does not name."""
    helping: bool = False
    """Whether its words are for somebody who helps another person."""

    @property
    def url(self) -> str:
        return page_url(self.page)


@dataclass(frozen=True, slots=True)
class Flow:
    states: tuple[State, ...]
    by_page: Mapping[str, State]
    figures: Figures
    next_to: Mapping[str, tuple[str, ...]]
    """For each problem those that one other answer leads to, the most common first."""

    @property
    def root(self) -> State:
        return self.states[0]


def page_url(page: str) -> str:
    """The address of a page by the path of its Markdown file, as MkDocs makes it."""
    folder, slash, name = page.removesuffix(".md").rpartition("/")
    return folder + slash if name in {"index", "README"} else f"{folder}{slash}{name}/"


def compile_flow(knowledge: Knowledge, pages: float | None = None, memo: Memo | None = None) -> Flow:
    """`pages` is the setting of that name: so many for each problem, and FEW at least."""
    problems = live_problems(knowledge)
    asked = _asked(knowledge)
    enough = None if pages is None else max(FEW, ceil(pages * len(problems)))
    flow = (memo or Memo()).of("flow", _solve, table(knowledge, problems), enough)
    words = _Words(knowledge, problems, asked, flow.nodes)
    states = tuple(words.state(number) for number in range(len(flow.nodes)))
    return Flow(states, {state.page: state for state in states}, flow.figures, _next_to(problems, states))


def _solve(questions: Table, enough: int | None) -> solver.Flow:
    return solver.solve(questions, max_unsure=MOST_UNSURE, enough=enough)


def _next_to(problems: tuple[Problem, ...], states: tuple[State, ...]) -> Mapping[str, tuple[str, ...]]:
    slugs = {problem.page: problem.slug for problem in problems}
    rank = {problem.slug: number for number, problem in enumerate(problems)}
    near: dict[str, set[str]] = {problem.slug: set() for problem in problems}
    for state in states:
        if state.question and not state.unsure_given:
            ends = {slugs[answer.page] for group in state.groups for answer in group.answers if answer.page in slugs}
            most_common = sorted(ends, key=rank.__getitem__)[: NEXT + 1]
            for slug in ends:
                near[slug].update(most_common)
    return {slug: tuple(sorted(others - {slug}, key=rank.__getitem__)[:NEXT]) for slug, others in near.items()}


def equal_figures(knowledge: Knowledge) -> Figures:
    """The figures of the flow that would be compiled if every problem were equally common."""
    problems = tuple(replace(problem, weight=1) for problem in live_problems(knowledge))
    return solver.solve(table(knowledge, problems), max_unsure=MOST_UNSURE).figures


def live_problems(knowledge: Knowledge) -> tuple[Problem, ...]:
    """The problems that the questions lead to, the most common first: all but those behind "None of these"."""
    escapes = knowledge.vocabulary.escapes
    live = (problem for problem in knowledge.problems if problem.slug not in escapes)
    return tuple(sorted(live, key=lambda problem: (-problem.weight, problem.title.casefold())))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A facet that has a question. Questions and values are numbered in the vocabulary's order."""

    name: str
    facet: Facet
    values: tuple[str, ...]

    def number(self, value: str) -> int:
        return UNSURE if value == UNSURE_NAME else self.values.index(value)

    def value(self, number: int) -> Value:
        return self.facet.values[self.values[number]]

    def part(self, number: int) -> str:
        """An answer as a part of an address."""
        return f"{self.name}-{UNSURE_NAME if number == UNSURE else self.values[number]}"


def _asked(knowledge: Knowledge) -> list[_Asked]:
    facets = knowledge.vocabulary.facets.items()
    return [_Asked(name, facet, tuple(facet.values)) for name, facet in facets if facet.question]


def table(knowledge: Knowledge, problems: tuple[Problem, ...]) -> Table:
    """These problems and the questions that tell them apart, as numbers for the solver, both in the given order."""
    asked = _asked(knowledge)
    numbers = {one.name: number for number, one in enumerate(asked)}
    questions = []
    for one in asked:
        fits = dict.fromkeys(one.values, 0)
        for number, problem in enumerate(problems):
            for value in problem.facets.get(one.name, one.values):
                fits[value] |= 1 << number
        when = tuple(
            (numbers[other], frozenset(asked[numbers[other]].number(value) for value in allowed))
            for other, allowed in one.facet.when.items()
        )
        facet = one.facet
        questions.append(Question(one.name, tuple(fits.values()), facet.effort, facet.max_answers, facet.first, when))
    return Table(tuple(problem.weight for problem in problems), tuple(questions))


def _page(answers: Iterable[tuple[int, int]], asked: list[_Asked]) -> str:
    """Answers stand in the vocabulary's order, not the order asked: an address survives when that order changes."""
    parts = [asked[question].part(value) for question, value in sorted(answers)]
    return f"{'/'.join([FOLDER, *parts])}.md" if parts else f"{FOLDER}/index.md"


class _Words:
    """Gives the solver's numbered nodes their words and pages."""

    def __init__(
        self, knowledge: Knowledge, problems: tuple[Problem, ...], asked: list[_Asked], nodes: tuple[Node, ...]
    ) -> None:
        self.knowledge, self.problems, self.asked, self.nodes = knowledge, problems, asked, nodes
        self.escapes = {slug: knowledge.problem(slug).page for slug in knowledge.vocabulary.escapes}
        self.pages = [_page(node.answers, asked) for node in nodes]
        self.entries = [Answer(problem.title, problem.page, "", problem.description) for problem in problems]
        self.named = [sum(1 << n for n, one in enumerate(asked) if one.name in problem.facets) for problem in problems]
        self.given = self._given()

    def state(self, number: int) -> State:
        node = self.nodes[number]
        question = None if node.question is None else self.asked[node.question]
        known = [(asked, value) for asked, value in node.answers if value != UNSURE]
        answers = {self.asked[asked].name: self.asked[asked].values[value] for asked, value in known}
        live = list(members(node.live))
        unsure_given = len(known) < len(node.answers)
        # What nothing tells apart is a fault; until it is mended, such a list is whole.
        most = MOST_LISTED if unsure_given else len(live)
        return State(
            page=self.pages[number],
            given=self.given[number],
            left=node.left,
            facet=question.name if question else None,
            question=question.facet.question if question else None,
            hint=question.facet.hint if question else None,
            groups=self.groups(node, question) if question else self.listed(live, sum(1 << n for n, _ in known), most),
            unsure=next((self.target(to) for value, to in node.next if value == UNSURE), None),
            none_of_these=self.escapes[self.knowledge.vocabulary.escape(answers)],
            live=tuple([self.problems[member].slug for member in live]),
            unsure_given=unsure_given,
            more=0 if question else max(len(live) - most, 0),
        )

    def target(self, to: int) -> str:
        return self.pages[to] if to >= 0 else self.problems[~to].page

    def groups(self, node: Node, question: _Asked) -> tuple[AnswerGroup, ...]:
        groups: dict[str, list[Answer]] = {group: [] for group in question.facet.groups or [""]}
        for number, to in node.next:
            if number != UNSURE:
                value = question.value(number)
                groups[value.group or ""].append(Answer(value.button, self.target(to), question.part(number)))
        labels = question.facet.groups
        return tuple(
            AnswerGroup(labels.get(group, ""), tuple(answers), group) for group, answers in groups.items() if answers
        )

    def listed(self, live: list[int], answered: int, most: int) -> tuple[AnswerGroup, ...]:
        """What names an answer given comes before what merely allows any. `answered`: the bits of the questions."""
        best_first = sorted(live, key=lambda member: -(answered & self.named[member]).bit_count())
        return (AnswerGroup("", tuple([self.entries[member] for member in best_first[:most]])),)

    def _given(self) -> list[tuple[Given, ...]]:
        """For each node its answers, each with the page on which it was given: those of the node above, and one."""
        above = {to: number for number, node in enumerate(self.nodes) for _, to in node.next if to >= 0}
        given: list[tuple[Given, ...]] = [()]
        for number in range(1, len(self.nodes)):
            question, value = self.nodes[number].answers[-1]
            asked, page = self.asked[question], self.pages[above[number]]
            label = None if value == UNSURE else asked.value(value).label
            name = UNSURE_NAME if value == UNSURE else asked.values[value]
            last = Given(asked.name, name, asked.facet.question or "", label, page)
            given.append((*given[above[number]], last))
        return given


def check(knowledge: Knowledge, flow: Flow, limits: FlowLimits, limits_path: str) -> Iterator[Fault]:
    """Articles that nothing tells apart, and a flow that asks too much."""
    reported: set[tuple[str, str]] = set()
    for state in flow.states:
        if state.question is None and not state.unsure_given:
            # Each with the next: to part these is to part them all.
            for one, other in pairwise(sorted(state.live)):
                if (one, other) not in reported:
                    reported.add((one, other))
                    yield _pair_fault(knowledge, one, other)
    figures = flow.figures
    if figures.longest > limits.longest:
        yield Fault(
            limits_path,
            1,
            1,
            "flow-too-long",
            f"The longest route of the flow has {figures.longest} questions; at most {limits.longest} are allowed.",
            f"Give articles more facets, or values that differ, in {knowledge.docs.name}/{VOCABULARY}.",
        )
    if figures.mean > limits.mean:
        yield Fault(
            limits_path,
            1,
            1,
            "flow-too-slow",
            f"The flow asks {figures.mean:.2f} questions on average; at most {limits.mean:.2f} are allowed.",
            "Give articles more facets, or values that differ.",
        )


def _pair_fault(knowledge: Knowledge, one: str, other: str) -> Fault:
    first, second = knowledge.problem(one), knowledge.problem(other)
    facets = knowledge.vocabulary.facets
    asked = [name for name, facet in facets.items() if facet.question]
    partly = [name for name in asked if first.facets.get(name) != second.facets.get(name)]
    unused = [
        name for name in asked if name not in first.facets and name not in second.facets and not facets[name].when
    ]
    best = next(iter(partly or unused or asked), None)
    return second.fault(
        (best,) if best else (),
        "not-told-apart",
        f"No answer tells '{other}' and '{one}' apart.",
        f"Give the two values of '{best}' that do not overlap, or make them one article."
        if best
        else "Give a facet of the vocabulary a question, or make them one article.",
    )
