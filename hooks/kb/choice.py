"""Which question to ask: exactly by branch and bound over shared states, or greedily by looking two steps ahead."""

from itertools import compress
from math import inf, log2
from typing import NamedTuple

from kb.questions import Branch, Option, Rules, State, Table, members

TIE = 1e-9  # costs this close are equal; then the question that comes first in the vocabulary is asked


class OutOfBudgetError(Exception):
    """The exact search would take more states than it was given."""


class Prices:
    """What asking costs: the effort of finding the answer out, and a little for every choice to read beyond two."""

    def __init__(self, table: Table, reading: float, *, plain: bool = False) -> None:
        self._efforts = [1.0 if plain else question.effort for question in table.questions]
        self._reading = reading

    def of(self, option: Option) -> float:
        return self._efforts[option.question] + self._reading * (len(option.parts) - 2)

    def least(self, questions: int) -> float:
        """The price that none of these questions can be below, whatever they offer."""
        return min([self._efforts[number] for number in members(questions)])


class Candidate(NamedTuple):
    """An option, with a bound of its cost and those of its branches where something is left to ask."""

    bound: float
    option: Option
    branches: list[Branch]


class Exact:
    """Least expected effort per person, remembered for every state met; ``spent`` counts the states looked into."""

    def __init__(self, rules: Rules, prices: Prices) -> None:
        self.rules, self.prices, self.spent, self._limit = rules, prices, 0, 0
        self._options: dict[tuple[int, int], tuple[int, list[Option]]] = {}
        self._moves: dict[State, list[tuple[Option, list[Branch]]]] = {}
        self._best: dict[State, tuple[float, Option | None]] = {}
        self._at_least: dict[State, float] = {}

    def best(self, state: State, budget: int) -> tuple[float, Option | None]:
        """The least cost and the question to ask (None: nothing can part what is left). May raise OutOfBudgetError."""
        self._limit = self.spent + budget
        state, _ = self._settled(state)
        self._search(state, inf)
        return self._best[state]

    def _settled(self, state: State) -> tuple[State, list[Option]]:
        key = state.live, state.open
        if key not in self._options:
            if self.spent >= self._limit:
                raise OutOfBudgetError
            self.spent += 1
            settled, options = self.rules.options(state)
            self._options[key] = settled.open, options
        still_open, options = self._options[key]
        return (state if still_open == state.open else State(state.live, still_open, state.shares)), options

    def _bound(self, state: State) -> float:
        """A cost that no way of asking from here can go below."""
        if state in self._best:
            return self._best[state][0]
        if state not in self._at_least:
            self._at_least[state] = self._two_questions(state)
        return self._at_least[state]

    def _two_questions(self, state: State) -> float:
        """What one question costs, and a second one where its answer surely leaves something to ask."""
        state, options = self._settled(state)
        if not options:
            return 0.0
        at_least, cheapest = inf, self.prices.least(state.open)
        for option in options:
            on = self._goes_on(state, option, options)
            at_least = min(at_least, self.prices.of(option) + on * cheapest)
        return at_least

    def _goes_on(self, state: State, option: Option, options: list[Option]) -> float:
        """The part of the state's people who are surely asked something after this question."""
        others = _other_parts(option, options)
        apart = [_parted(articles, others) for _, articles in option.parts]
        # Who is here takes long to find out, and mostly does not matter.
        if all(apart):
            return 1.0
        return sum(compress(self.rules.people(state, option), apart)) if any(apart) else 0.0

    def _expand(self, state: State) -> list[Candidate]:
        """Every option with a bound of its cost and the branches that go on; the most promising first."""
        if state not in self._moves:
            moves = []
            for option in self._settled(state)[1]:
                branches = []
                for branch in self.rules.answer(state, option):
                    if branch.state.live & (branch.state.live - 1):
                        after, options = self._settled(branch.state)
                        if options:
                            branches.append(branch._replace(state=after))
                moves.append((option, branches))
            self._moves[state] = moves
        candidates = [Candidate(self._cost(*move), *move) for move in self._moves[state]]
        return sorted(candidates, key=lambda candidate: (candidate.bound, candidate.option.question))

    def _cost(self, option: Option, branches: list[Branch]) -> float:
        return self.prices.of(option) + sum([branch.part * self._bound(branch.state) for branch in branches])

    def _search(self, state: State, ceiling: float) -> None:
        """Find the least cost if it is below the ceiling; otherwise some bound of it that is not."""
        if state in self._best or self._at_least.get(state, 0.0) >= ceiling:
            return
        least, chosen, at_least = inf, None, inf
        for bound, option, branches in self._expand(state):
            limit = min(least + 2 * TIE, ceiling)
            cost = self._cost(option, branches) if bound < limit else bound
            for branch in branches:
                if cost >= limit:
                    break
                spare = limit - cost + branch.part * self._bound(branch.state)
                self._search(branch.state, spare / branch.part)
                cost = self._cost(option, branches)
            at_least = min(at_least, cost)
            if all(branch.state in self._best for branch in branches) and cost < limit:
                if cost < least - TIE or chosen is None or option.question < chosen.question:
                    chosen = option
                least = min(cost, least)
        if chosen or not self._moves[state]:
            self._best[state] = (least if chosen else 0.0), chosen
        else:
            self._at_least[state] = max(at_least, self._at_least.get(state, 0.0))


class Greedy:
    """The question that looks best: at once, or two steps ahead, with the best looking question after each answer."""

    def __init__(self, rules: Rules, prices: Prices) -> None:
        self.rules, self.prices = rules, prices

    def best(self, state: State, options: list[Option], *, look_ahead: bool) -> Option:
        """Looking ahead compares only the three that look best at once."""
        estimates = {option.question: self._estimate(state, option, options) for option in options}
        promising = sorted(options, key=lambda option: (estimates[option.question], option.question))[:3]
        if not look_ahead or len(promising) == 1:
            return promising[0]
        costs = {option.question: self._cost_ahead(state, option) for option in promising}
        least = min(costs.values())
        return min(
            (option for option in promising if costs[option.question] <= least + TIE),
            key=lambda option: option.question,
        )

    def _cost_ahead(self, state: State, option: Option) -> float:
        cost = self.prices.of(option)
        for branch in self.rules.answer(state, option):
            after, options = self.rules.options(branch.state)
            cost += branch.part * min([self._estimate(after, then, options) for then in options], default=0.0)
        return cost

    def _estimate(self, state: State, option: Option, options: list[Option]) -> float:
        """The price, and for every answer that leaves something to ask a guess that grows with the articles left."""
        cost = self.prices.of(option)
        others = _other_parts(option, options)
        for part, (_, articles) in zip(self.rules.people(state, option), option.parts, strict=True):
            if _parted(articles, others):
                cost += part * (0.7 + 0.3 * log2(articles.bit_count()))
        return cost


def _other_parts(option: Option, options: list[Option]) -> list[int]:
    return [part for other in options if other is not option for _, part in other.parts]


def _parted(articles: int, parts: list[int]) -> bool:
    """Whether some part holds some of the articles but not all."""
    for part in parts:  # noqa: SIM110 - called so often that a generator would take half of the time
        if 0 != articles & part != articles:
            return True
    return False
