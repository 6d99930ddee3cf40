"""The decision flow: which question to ask in which state, so that people answer as few as possible.

Finding the best decision tree is NP-complete (Hyafil and Rivest, "Constructing optimal binary decision trees is
NP-complete", 1976), so this module does two things. While the work stays within a budget it finds the optimum, by
branch and bound over states that many routes share (choice.Exact). Where it does not, it asks what looks best one or
two steps ahead (choice.Greedy), and small states below are exact again; Figures.exact says whether all of it was.
Greedy splitting is the usual remedy: on plain tables the simplest kind stays within a factor of the order of log n of
the optimum (Garey and Graham, "Performance bounds on the splitting algorithm for binary testing", 1974; Adler and
Heeringa, "Approximating optimal binary decision trees", 2008). No such promise is made for this one, with its
dependent questions and articles that fit several answers; the tests measure it. Nor is it statistics: answers are
taken as true, and nothing is learnt from use.

What it minimises is the expected effort of a person whose article is drawn by weight and who takes each offered answer
that fits it equally often. "I'm not sure" counts for nothing there, but what follows it is chosen as carefully. A list
of several articles is an end only where no question may be asked any more.
"""

from collections import deque
from dataclasses import dataclass
from functools import reduce
from heapq import heapify, heappop, heappush, heapreplace
from math import fsum
from operator import or_

from kb.choice import Exact, Greedy, OutOfBudgetError, Prices
from kb.questions import UNSURE, Option, Question, Rules, State, Table

__all__ = ["UNSURE", "Figures", "Flow", "Node", "Question", "Table", "solve"]

READING = 0.01  # the effort of reading one more answer; 1 is that of an ordinary question
BUDGET = 8_000  # states that exact search may look into, about 100 microseconds each
UNSURE_SHARE = 20  # a state after UNSURE gets this part of what it would get otherwise
MAX_STATES = 20_000
WIDE = 256  # from so many articles on, states with few of them get rules of their own, with shorter masks


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
    cut: int  # states that are lists only because of max_unsure, enough or max_states
    most: int  # how many states there may be before UNSURE leads to lists
    exact: bool  # every question chosen exactly


@dataclass(frozen=True, slots=True)
class Flow:
    nodes: tuple[Node, ...]  # nodes[0] is the start; a node comes before those it leads to
    figures: Figures


def solve(
    table: Table,
    *,
    budget: int = BUDGET,
    max_unsure: int | None = None,
    enough: int | None = None,
    max_states: int = MAX_STATES,
) -> Flow:
    """Compile the flow.

    After ``max_unsure`` answers UNSURE one more leads to the list of what is live, and so does every answer once there
    are ``max_states`` states: first those after the most UNSURE answers, then the deepest. With ``enough`` states there
    are no more questions after UNSURE, but all the others: those are asked that part the longest lists.
    """
    chooser = _Chooser(table, budget)
    limits = _Limits(max_unsure, enough, max_states)
    drafts = _in_order(_grow(table, chooser, limits))
    for draft in reversed(drafts):
        if draft.question is not None:
            draft.left = 1 + max(drafts[target].left if target >= 0 else 0 for _, target in draft.next)
    nodes = tuple(Node(d.answers, d.live, d.question, d.next, d.left) for d in drafts)
    asked = [draft for draft in drafts if draft.question is not None]
    figures = Figures(
        mean=round(fsum(draft.reached for draft in asked), 9),
        optimum=chooser.least_questions(),
        floor=round(floor(table), 9) if asked and not any(draft.cut for draft in drafts if not draft.unsure) else 0.0,
        longest=max((len(draft.answers) + 1 for draft in asked if not draft.unsure), default=0),
        longest_unsure=nodes[0].left,
        listed=round(fsum(draft.reached for draft in drafts if draft.question is None), 9),
        states=len(nodes),
        cut=sum(draft.cut for draft in drafts),
        most=max_states if enough is None else min(enough, max_states),
        exact=chooser.exact,
    )
    return Flow(nodes, figures)


@dataclass(slots=True)
class _Draft:
    """A node under construction."""

    answers: tuple[tuple[int, int], ...]
    live: int
    reached: float  # the part of the people who come here without UNSURE
    unsure: int  # how many of the answers are UNSURE
    question: int | None = None
    next: tuple[tuple[int, int], ...] = ()
    left: int = 0
    cut: bool = False


@dataclass(frozen=True, slots=True)
class _Limits:
    """Which states become lists."""

    max_unsure: int | None
    enough: int | None
    max_states: int

    def reached(self, states: int, draft: _Draft) -> bool:
        """Whether this state asks nothing, when there are so many states already."""
        if states >= self.max_states or (self.max_unsure is not None and draft.unsure > self.max_unsure):
            return True
        return self.enough is not None and draft.unsure > 0 and states >= self.enough

    def rank(self, draft: _Draft) -> tuple[int, int]:
        """The lowest asks first, so that the limits meet the others."""
        if self.enough is None or not draft.unsure:
            return draft.unsure, 0
        return 1, -draft.live.bit_count()


def _grow(table: Table, chooser: "_Chooser", limits: _Limits) -> list[_Draft]:
    """All nodes: those without UNSURE first, so that the limits meet the unlikely ones."""
    scope = _Scope(Rules(table), chooser.prices)
    start = _Draft((), (1 << len(table.weights)) - 1, 1.0, 0)
    drafts = [start]
    ahead = [(limits.rank(start), 0, start, scope, scope.rules.start())]

    def target(draft: _Draft, scope: _Scope, state: State) -> int:
        if state.live & (state.live - 1) == 0:
            return ~(draft.live.bit_length() - 1)
        drafts.append(draft)
        heappush(ahead, (limits.rank(draft), len(drafts) - 1, draft, scope, state))
        return len(drafts) - 1

    while ahead:
        _, _, parent, scope, state = heappop(ahead)
        state, options = scope.rules.options(state)
        if not options:
            continue
        if limits.reached(len(drafts), parent):
            parent.cut = True
            continue
        if WIDE < len(scope.rules.table.weights) >= 4 * state.live.bit_count():
            rules, state = scope.rules.narrowed(state)
            scope = _Scope(rules, chooser.prices)
            options = rules.options(state)[1]
        option = chooser.choose(scope, state, options, parent.unsure)
        parent.question = option.question
        fits = table.questions[option.question].fits
        answers = []
        for value, part, after in scope.rules.answer(state, option):
            given = (*parent.answers, (option.question, value))
            draft = _Draft(given, parent.live & fits[value], parent.reached * part, parent.unsure)
            answers.append((value, target(draft, scope, after)))
        draft = _Draft((*parent.answers, (option.question, UNSURE)), parent.live, 0.0, parent.unsure + 1)
        answers.append((UNSURE, target(draft, scope, scope.rules.unsure(state, option.question))))
        parent.next = tuple(answers)
    return drafts


def _in_order(drafts: list[_Draft]) -> list[_Draft]:
    """Numbered by the number of answers UNSURE, then by that of all answers, whichever asked first."""
    order, now, later = [0], deque([0]), deque[int]()
    while now or later:
        if not now:
            now, later = later, now
        for value, target in drafts[now.popleft()].next:
            if target >= 0:
                order.append(target)
                (later if value == UNSURE else now).append(target)
    number = {old: new for new, old in enumerate(order)}
    for draft in drafts:
        draft.next = tuple([(value, number.get(target, target)) for value, target in draft.next])
    return [drafts[old] for old in order]


class _Scope:
    """Rules for a part of the articles, and what exact search has found out about it."""

    __slots__ = ("rules", "search")

    def __init__(self, rules: Rules, prices: Prices) -> None:
        self.rules, self.search = rules, Exact(rules, prices)


class _Chooser:
    """Exact while the budget lasts; each state gets the share of it that its articles are of all."""

    def __init__(self, table: Table, budget: int) -> None:
        self.table, self.prices, self.exact = table, Prices(table, READING), True
        self._budget, self._spent = budget, 0

    def choose(self, scope: _Scope, state: State, options: list[Option], unsure: int) -> Option:
        if len(options) == 1:
            return options[0]
        count = state.live.bit_count()
        share = self._budget * count // len(self.table.weights) // (UNSURE_SHARE if unsure else 1)
        share = min(share, self._budget - self._spent)
        if _promising(count, share):
            before = scope.search.spent
            try:
                return scope.search.best(state, share)[1] or options[0]
            except OutOfBudgetError:
                pass
            finally:
                self._spent += scope.search.spent - before
        self.exact = False
        return Greedy(scope.rules, self.prices).best(state, options, look_ahead=not unsure)

    def least_questions(self) -> float | None:
        """The least expected number of questions, whatever their effort."""
        if not _promising(len(self.table.weights), self._budget):
            return None
        rules = Rules(self.table)
        try:
            return round(
                Exact(rules, Prices(self.table, reading=0.0, plain=True)).best(rules.start(), self._budget)[0], 9
            )
        except OutOfBudgetError:
            return None


def _promising(articles: int, budget: int) -> bool:
    """Whether exact search is worth trying: it takes about so many states where articles differ in most questions."""
    return articles**3 <= budget**2


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
    """Groups of articles no two of which can end in the same list: some question, surely asked by then, parts them."""
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
