"""The decision flow: which question to ask in which state, so that people answer as few as possible.

Finding the best decision tree is NP-complete (Hyafil and Rivest, "Constructing optimal binary decision trees is
NP-complete", 1976), so this module does two things. While the work stays within a budget it finds the optimum, by
branch and bound over states that many routes share (choice.Exact). Where it does not, it asks the question that looks
best one step ahead (choice.greedy), in the spirit of greedy splitting, whose cost stays within a factor of the order of
log n of the optimum (Garey and Graham, "Performance bounds on the splitting algorithm for binary testing", 1974; Adler
and Heeringa, "Approximating optimal binary decision trees", 2008); small states below are exact again. ``Figures.exact``
says whether everything was. It is not statistics: answers are taken as true, nothing is learnt from use.

What it minimises is the expected effort of a person whose article is drawn by weight and who takes each offered answer
that fits it equally often. "I'm not sure" counts for nothing there, but what follows it is chosen as carefully. A list
of several articles is an end only where no question may be asked any more.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import reduce
from heapq import heapify, heappop, heapreplace
from operator import or_

from .choice import Exact, OutOfBudget, Prices, greedy
from .questions import UNSURE, Option, Question, Rules, State, Table

__all__ = ["UNSURE", "Figures", "Flow", "Node", "Question", "Table", "solve"]

READING = 0.01  # the effort of reading one more answer; 1 is that of an ordinary question
BUDGET = 20_000  # states that exact search may look into, about 50 microseconds each
EXACT_AT_MOST = 250  # articles; with more in a state exact search is not even tried


@dataclass(frozen=True, slots=True)
class Node:
    """One state of the flow. ``question`` is None where nothing can part what is left: a list."""

    answers: tuple[tuple[int, int], ...]  # (question, value or UNSURE), in the order asked
    live: int  # the articles that fit them
    question: int | None
    next: tuple[tuple[int, int], ...]  # (value, target), UNSURE last; a target >= 0 is a node, ~target an article
    left: int  # the most questions still to come on any route from here, this one included


@dataclass(frozen=True, slots=True)
class Figures:
    mean: float  # expected number of questions
    optimum: float | None  # the least there can be under these rules; None when the budget did not reach
    floor: float  # no flow with so many answers a question can be below; at most the optimum
    longest: int  # the most questions on a route without UNSURE
    longest_unsure: int  # the same with UNSURE
    listed: float  # the part of the people who end at a list
    states: int
    exact: bool  # every question chosen exactly


@dataclass(frozen=True, slots=True)
class Flow:
    nodes: tuple[Node, ...]  # nodes[0] is the start; a node comes before those it leads to
    figures: Figures


@dataclass(slots=True)
class _Draft:
    """A node under construction."""

    answers: tuple[tuple[int, int], ...]
    state: State
    reached: float  # the part of the people who come here without UNSURE
    unsure: int
    question: int | None = None
    next: tuple[tuple[int, int], ...] = ()
    left: int = 0


def solve(table: Table, *, budget: int = BUDGET, max_unsure: int | None = None) -> Flow:
    """Compile the flow. After ``max_unsure`` answers UNSURE one more leads to the list of what is live."""
    rules = Rules(table)
    chooser = _Chooser(rules, budget)
    drafts = _grow(rules, chooser, max_unsure)
    for draft in reversed(drafts):
        if draft.question is not None:
            draft.left = 1 + max(drafts[target].left if target >= 0 else 0 for _, target in draft.next)
    nodes = tuple(Node(d.answers, d.state.live, d.question, d.next, d.left) for d in drafts)
    asked = [draft for draft in drafts if draft.question is not None]
    figures = Figures(
        mean=sum(draft.reached for draft in asked),
        optimum=_optimum(rules, budget),
        floor=floor(table) if asked else 0.0,
        longest=max((len(draft.answers) + 1 for draft in asked if not draft.unsure), default=0),
        longest_unsure=nodes[0].left,
        listed=sum(draft.reached for draft in drafts if draft.question is None),
        states=len(nodes),
        exact=chooser.exact,
    )
    return Flow(nodes, figures)


def _grow(rules: Rules, chooser: _Chooser, max_unsure: int | None) -> list[_Draft]:
    """All nodes; those without UNSURE first, then those with one, and so on, so that the budget goes to the likely ones."""
    drafts = [_Draft((), rules.start(), 1.0, 0)]
    now, later = deque([0]), deque[int]()

    def target(draft: _Draft, queue: deque[int]) -> int:
        live = draft.state.live
        if not live & (live - 1) and live:
            return ~(live.bit_length() - 1)
        drafts.append(draft)
        queue.append(len(drafts) - 1)
        return len(drafts) - 1

    while now or later:
        if not now:
            now, later = later, now
        draft = drafts[now.popleft()]
        cut = max_unsure is not None and draft.unsure > max_unsure
        state, option = (draft.state, None) if cut else chooser.choose(draft.state)
        if option is None:
            continue
        draft.question = option.question
        draft.next = tuple(
            (b.value, target(_Draft((*draft.answers, (option.question, b.value)), b.state, draft.reached * b.part, draft.unsure), now))
            for b in rules.answer(state, option)
        )
        unsure = _Draft((*draft.answers, (option.question, UNSURE)), rules.unsure(state, option.question), 0.0, draft.unsure + 1)
        draft.next += ((UNSURE, target(unsure, later)),)
    return drafts


class _Chooser:
    """Exact while the budget lasts; each state gets the share of it that its articles are of all."""

    def __init__(self, rules: Rules, budget: int) -> None:
        self.rules, self.prices, self.exact = rules, Prices(rules, READING), True
        self._search, self._budget = Exact(rules, self.prices), budget

    def choose(self, state: State) -> tuple[State, Option | None]:
        state, options = self.rules.options(state)
        if len(options) < 2:
            return state, options[0] if options else None
        count = state.live.bit_count()
        if count <= EXACT_AT_MOST:
            share = self._budget * count // len(self.rules.table.weights)
            try:
                return state, self._search.best(state, min(share, self._budget - self._search.spent))[1]
            except OutOfBudget:
                pass
        self.exact = False
        return state, greedy(self.rules, self.prices, state, options)


def _optimum(rules: Rules, budget: int) -> float | None:
    """The least expected number of questions, whatever their effort."""
    try:
        return Exact(rules, Prices(rules, reading=0.0, plain=True)).best(rules.start(), budget)[0]
    except OutOfBudget:
        return None


def floor(table: Table) -> float:
    """A bound that the mean of no flow for this table can be below, provided that its start asks something.

    People whose articles cannot end in the same list need different ends. The ends of a tree whose questions offer at
    most b1 >= b2 >= ... answers obey Kraft's inequality: the sum of 1 / (b1 * ... * b depth) is at most 1. The least
    mean depth under that inequality is a linear programme that a heap solves. Articles that might share a list are put
    into different groups, and each group is bounded by itself.
    """
    branching = sorted((min(q.max_answers, len(q.fits)) for q in table.questions), reverse=True)
    branching = [most for most in branching if most > 1]
    total = sum(
        _least_depth([table.weights[article] for article in group], branching) for group in _groups_apart(table)
    )
    return total / sum(table.weights)


def _least_depth(weights: list[int], branching: list[int]) -> float:
    """The least sum of weight x depth for leaves in one tree, each at least one question deep."""
    narrow = [1.0]
    for most in branching:
        narrow.append(narrow[-1] / most)
    room, cost = len(weights) * narrow[1] - 1, float(sum(weights))
    # Deepen the leaf that frees the most room for its weight, until all leaves have room; the last one in part.
    steps = [(-(narrow[1] - narrow[2]) / weight, weight, 1) for weight in weights] if len(narrow) > 2 else []
    heapify(steps)
    while room > 1e-12 and steps:
        _, weight, depth = steps[0]
        freed = narrow[depth] - narrow[depth + 1]
        cost += weight * min(1.0, room / freed)
        room -= freed
        if depth + 2 < len(narrow):
            heapreplace(steps, (-(narrow[depth + 1] - narrow[depth + 2]) / weight, weight, depth + 1))
        else:
            heappop(steps)
    return cost


def _groups_apart(table: Table) -> list[list[int]]:
    """Groups of articles no two of which can end in the same list: some question surely asked by then has parted them."""
    sure = [q for q in table.questions if not q.when and len(q.fits) <= q.max_answers]
    masks: list[int] = []
    groups: list[list[int]] = []
    for article in _heaviest_first(table):
        company = (1 << len(table.weights)) - 1
        for question in sure:
            company &= reduce(or_, (fits for fits in question.fits if fits >> article & 1))
        for group, mask in enumerate(masks):
            if not mask & company:
                masks[group] |= 1 << article
                groups[group].append(article)
                break
        else:
            masks.append(1 << article)
            groups.append([article])
    return groups


def _heaviest_first(table: Table) -> list[int]:
    """In an order that does not depend on how the articles are numbered."""

    def by_weight_and_answers(article: int) -> tuple[int, list[list[int]]]:
        return -table.weights[article], [[fits >> article & 1 for fits in q.fits] for q in table.questions]

    return sorted(range(len(table.weights)), key=by_weight_and_answers)
