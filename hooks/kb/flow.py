"""The decision flow as pages: the compiled states with their words and addresses."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from kb import solver
from kb.article import Problem
from kb.fault import Fault
from kb.knowledge import Knowledge
from kb.settings import FlowLimits
from kb.solver import UNSURE, Figures, Node, Question, Table
from kb.vocabulary import PATH as VOCABULARY
from kb.vocabulary import UNSURE as UNSURE_NAME
from kb.vocabulary import Facet

FOLDER = "find"
MOST_UNSURE = 2
"""After so many answers "I'm not sure" one more leads to the list of what is left: it bounds the number of pages."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A link out of a state, to the page of another state or of an article."""

    label: str
    page: str
    """The page it leads to, as the path of its Markdown file."""
    means: str = ""


@dataclass(frozen=True, slots=True)
class AnswerGroup:
    label: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Given:
    """An answer that led to a state."""

    question: str
    answer: str | None
    """Its short label; None for "I'm not sure"."""
    change: str
    """The page on which the question was asked."""
    keep: tuple[str, ...]
    """The answers given after it, as parts of an address."""


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

    @property
    def url(self) -> str:
        return page_url(self.page)


@dataclass(frozen=True, slots=True)
class Flow:
    states: tuple[State, ...]
    by_page: Mapping[str, State]
    figures: Figures

    @property
    def root(self) -> State:
        return self.states[0]


def page_url(page: str) -> str:
    """The address of a page by the path of its Markdown file, as MkDocs makes it."""
    stem = page.removesuffix(".md")
    return f"{stem.removesuffix('index')}" if stem.split("/")[-1] == "index" else f"{stem}/"


def compile_flow(knowledge: Knowledge) -> Flow:
    problems = live_problems(knowledge)
    facets = _asked(knowledge)
    flow = solver.solve(_table(problems, facets), max_unsure=MOST_UNSURE)
    pages = [_page(node, facets) for node in flow.nodes]
    states = tuple(_state(knowledge, problems, facets, flow.nodes, pages, number) for number in range(len(pages)))
    return Flow(states, {state.page: state for state in states}, flow.figures)


def equal_figures(knowledge: Knowledge) -> Figures:
    """The figures of the flow that would be compiled if every problem were equally common."""
    problems = tuple(replace(problem, weight=1) for problem in live_problems(knowledge))
    return solver.solve(_table(problems, _asked(knowledge)), max_unsure=MOST_UNSURE).figures


def live_problems(knowledge: Knowledge) -> tuple[Problem, ...]:
    """The problems that the questions lead to: all but those behind "None of these"."""
    return tuple(problem for problem in knowledge.problems if problem.slug not in knowledge.vocabulary.escapes)


def _asked(knowledge: Knowledge) -> list[tuple[str, Facet]]:
    return [(name, facet) for name, facet in knowledge.vocabulary.facets.items() if facet.question]


def _table(problems: tuple[Problem, ...], facets: list[tuple[str, Facet]]) -> Table:
    numbers = {name: number for number, (name, _) in enumerate(facets)}
    questions = []
    for name, facet in facets:
        values = list(facet.values)
        fits = dict.fromkeys(values, 0)
        for number, problem in enumerate(problems):
            for value in problem.facets.get(name, values):
                fits[value] |= 1 << number
        when = tuple(
            (numbers[other], frozenset(_value_number(dict(facets)[other], value) for value in allowed))
            for other, allowed in facet.when.items()
        )
        questions.append(Question(name, tuple(fits.values()), facet.effort, facet.max_answers, facet.first, when))
    return Table(tuple(problem.weight for problem in problems), tuple(questions))


def _value_number(facet: Facet, value: str) -> int:
    return UNSURE if value == UNSURE_NAME else list(facet.values).index(value)


def _part(facets: list[tuple[str, Facet]], question: int, value: int) -> str:
    name, facet = facets[question]
    return f"{name}-{UNSURE_NAME if value == UNSURE else list(facet.values)[value]}"


def _page(node: Node, facets: list[tuple[str, Facet]]) -> str:
    """Answers stand in the vocabulary's order, not the order asked, so that an address survives when the order changes."""
    parts = [_part(facets, question, value) for question, value in sorted(node.answers)]
    return "/".join([FOLDER, *parts]) + ".md" if parts else f"{FOLDER}/index.md"


def _state(
    knowledge: Knowledge,
    problems: tuple[Problem, ...],
    facets: list[tuple[str, Facet]],
    nodes: tuple[Node, ...],
    pages: list[str],
    number: int,
) -> State:
    node = nodes[number]
    answers = {
        facets[question][0]: list(facets[question][1].values)[value]
        for question, value in node.answers
        if value != UNSURE
    }
    by_weight = knowledge.by_weight(problem.slug for bit, problem in enumerate(problems) if node.live >> bit & 1)
    # What names an answer given comes before what merely allows any.
    live = sorted(by_weight, key=lambda article: -len(answers.keys() & article.facets.keys()))
    escape = knowledge.problem(knowledge.vocabulary.escape(answers))

    def target(to: int) -> str:
        return pages[to] if to >= 0 else problems[~to].page

    unsure = next((target(to) for value, to in node.next if value == UNSURE), None)
    common = {
        "page": pages[number],
        "given": _given(node, facets),
        "left": node.left,
        "none_of_these": escape.page,
        "live": tuple(article.slug for article in live),
        "unsure_given": any(value == UNSURE for _, value in node.answers),
    }
    if node.question is None:
        listed = tuple(Answer(article.title, article.page, article.description) for article in live)
        return State(**common, facet=None, question=None, hint=None, groups=(AnswerGroup("", listed),), unsure=None)
    name, facet = facets[node.question]
    values = list(facet.values.values())
    groups: dict[str, list[Answer]] = {group: [] for group in facet.groups.values()} or {"": []}
    for value, to in node.next:
        if value != UNSURE:
            groups[facet.groups.get(values[value].group or "", "")].append(Answer(values[value].button, target(to)))
    shown = tuple(AnswerGroup(label, tuple(found)) for label, found in groups.items() if found)
    return State(**common, facet=name, question=facet.question, hint=facet.hint, groups=shown, unsure=unsure)


def _given(node: Node, facets: list[tuple[str, Facet]]) -> tuple[Given, ...]:
    """Each answer with the way back: the state before it is made of the answers that were asked before it."""
    given = []
    for count, (question, value) in enumerate(node.answers):
        facet = facets[question][1]
        before = sorted(node.answers[:count])
        change = (
            "/".join([FOLDER, *(_part(facets, *answer) for answer in before)]) + ".md"
            if before
            else f"{FOLDER}/index.md"
        )
        keep = tuple(_part(facets, *answer) for answer in node.answers[count + 1 :])
        label = None if value == UNSURE else list(facet.values.values())[value].label
        given.append(Given(facet.question or "", label, change, keep))
    return tuple(given)


def check(knowledge: Knowledge, flow: Flow, limits: FlowLimits, limits_path: str) -> Iterator[Fault]:
    """Articles that nothing tells apart, and a flow that asks too much."""
    reported: set[tuple[str, str]] = set()
    for state in flow.states:
        if state.question is None and not state.unsure_given:
            for one, other in combinations(sorted(state.live), 2):
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
    best = (partly or unused or asked)[0]
    return second.fault(
        (best,),
        "not-told-apart",
        f"No answer tells '{other}' and '{one}' apart.",
        f"Give the two values of '{best}' that do not overlap, or make them one article.",
    )
