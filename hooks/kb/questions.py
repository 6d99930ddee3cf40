"""The rules of the decision flow: which questions may be asked in a state, and where their answers lead.

Sets of articles and sets of questions are ints used as bit masks: article or question number i is bit 1 << i.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from itertools import compress
from math import gcd
from operator import or_
from typing import NamedTuple

UNSURE = -1


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the flow.

    ``fits[value]`` holds the articles that the value fits. ``when`` holds (question, values): it may be asked only
    after that question was answered with one of these, UNSURE among them where that will do.
    """

    name: str
    fits: tuple[int, ...]
    effort: float = 1.0
    max_answers: int = 7
    first: bool = False
    when: tuple[tuple[int, frozenset[int]], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The articles (only their weights matter here) and the questions that tell them apart."""

    weights: tuple[int, ...]
    questions: tuple[Question, ...]

    def __post_init__(self) -> None:
        everything = (1 << len(self.weights)) - 1
        if any(weight < 1 for weight in self.weights):
            raise ValueError("every weight must be at least 1")
        for question in self.questions:
            if reduce(or_, question.fits, 0) != everything:
                raise ValueError(f"{question.name}: every article must fit at least one value, and only articles may")
            if question.effort <= 0:
                raise ValueError(f"{question.name}: the effort must be more than 0")
            if any(not 0 <= other < len(self.questions) for other, _ in question.when):
                raise ValueError(f"{question.name}: it depends on a question that is not there")


class State(NamedTuple):
    """All that matters about the answers given so far.

    ``shares`` says who is here, as (weight, divisor, articles): a person whose article fits three of the offered
    answers takes each of them one time in three, so that article's weight counts by a third from there on.
    """

    live: int
    open: int  # questions that are not answered and might still be asked, now or later
    shares: tuple[tuple[int, int, int], ...]

    @property
    def mass(self) -> float:
        return sum([weight / divisor * articles.bit_count() for weight, divisor, articles in self.shares])


class Option(NamedTuple):
    """A question that may be asked in a state, with the values it offers and the articles each of them keeps."""

    question: int
    parts: tuple[tuple[int, int], ...]


class Branch(NamedTuple):
    """An offered answer: the part of the state's people who give it, and the state it leads to."""

    value: int
    part: float
    state: State


class Rules:
    """The rules of one table."""

    __slots__ = ("_needed", "needs", "table")

    def __init__(self, table: Table) -> None:
        self.table = table
        self.needs = [reduce(or_, (1 << other for other, _ in q.when), 0) for q in table.questions]
        self._needed = reduce(or_, self.needs, 0)

    def start(self) -> State:
        by_weight: dict[int, int] = {}
        for article, weight in enumerate(self.table.weights):
            by_weight[weight] = by_weight.get(weight, 0) | 1 << article
        shares = tuple((weight, 1, articles) for weight, articles in sorted(by_weight.items()))
        return State((1 << len(self.table.weights)) - 1, (1 << len(self.table.questions)) - 1, shares)

    def narrowed(self, state: State) -> tuple["Rules", State]:
        """The same for the live articles alone, numbered anew: in large tables that keeps the masks short."""
        keep = _bits(state.live)

        def narrow(mask: int) -> int:
            return int("".join(compress(_digits(mask, len(keep)), keep))[::-1], 2)

        questions = [replace(q, fits=tuple([narrow(fits) for fits in q.fits])) for q in self.table.questions]
        table = Table(tuple(compress(self.table.weights, keep)), tuple(questions))
        shares = tuple([(weight, divisor, narrow(articles)) for weight, divisor, articles in state.shares])
        return Rules(table), State(narrow(state.live), state.open, shares)

    def options(self, state: State) -> tuple[State, list[Option]]:
        """The questions that may be asked, and the state without those that never will be."""
        live, questions = state.live, self.table.questions
        useful, still_open = [], 0
        if live & (live - 1):
            for number in members(state.open):
                parts = tuple([(v, part) for v, fits in enumerate(questions[number].fits) if (part := live & fits)])
                # What parts nothing here parts nothing further down either: its time is over.
                if len(parts) > 1 and any(part != live for _, part in parts):
                    useful.append(Option(number, parts))
                    still_open |= 1 << number
        still_open = self._without_orphans(state.open, still_open)
        askable = [
            option
            for option in useful
            if still_open >> option.question & 1
            and not self.needs[option.question] & still_open
            and len(option.parts) <= questions[option.question].max_answers
        ]
        first = [option for option in askable if questions[option.question].first][:1]
        return (state if still_open == state.open else State(live, still_open, state.shares)), first or askable

    def _without_orphans(self, before: int, now: int) -> int:
        """A question that depends on one that will not be answered will not be asked either."""
        gone = before & ~now
        while gone & self._needed:
            orphans = sum(1 << number for number in members(now) if self.needs[number] & gone)
            now, gone = now & ~orphans, orphans
        return now

    def people(self, state: State, option: Option) -> list[float]:
        """The part of the state's people who give each of the offered answers."""
        how_many, mass = _how_many(option.parts), state.mass
        groups = [
            (weight / divisor / times / mass, both)
            for weight, divisor, articles in state.shares
            for times, those in how_many
            if (both := articles & those)
        ]
        return [sum([each * (articles & part).bit_count() for each, articles in groups]) for _, part in option.parts]

    def answer(self, state: State, option: Option) -> list[Branch]:
        """Where the offered answers lead, UNSURE aside."""
        how_many, mass = _how_many(option.parts), state.mass
        branches = []
        for value, part in option.parts:
            shares: dict[tuple[int, int], int] = {}
            for weight, divisor, articles in state.shares:
                if here := articles & part:
                    for times, those in how_many:
                        if both := here & those:
                            key = (weight, divisor * times)
                            shares[key] = shares.get(key, 0) | both
            common = gcd(*[divisor for _, divisor in shares])
            reduced = [(weight, divisor // common, shares[weight, divisor]) for weight, divisor in sorted(shares)]
            after = State(part, self._open_after(state.open, option.question, value), tuple(reduced))
            branches.append(Branch(value, after.mass / common / mass, after))
        return branches

    def unsure(self, state: State, question: int) -> State:
        return state._replace(open=self._open_after(state.open, question, UNSURE))

    def _open_after(self, still_open: int, answered: int, value: int) -> int:
        still_open &= ~(1 << answered)
        if not self._needed >> answered & 1:
            return still_open
        refused = 0
        for number in members(still_open):
            if self.needs[number] >> answered & 1:
                when = self.table.questions[number].when
                if any(other == answered and value not in values for other, values in when):
                    refused |= 1 << number
        return self._without_orphans(still_open, still_open & ~refused)


def _how_many(parts: tuple[tuple[int, int], ...]) -> list[tuple[int, int]]:
    """The articles by the number of parts they are in."""
    at_least = [0]  # at_least[i]: the articles seen in more than i parts
    for _, part in parts:
        for i, seen in enumerate(at_least):
            at_least[i], part = seen | part, seen & part
        if part:
            at_least.append(part)
    exactly = [(i + 1, more & ~most) for i, (more, most) in enumerate(zip(at_least, [*at_least[1:], 0], strict=True))]
    return [(times, articles) for times, articles in exactly if articles]


def _digits(mask: int, length: int) -> str:
    """The bits as digits, lowest first."""
    return f"{mask:0{length}b}"[::-1]


def _bits(mask: int) -> list[bool]:
    return [digit == "1" for digit in _digits(mask, 0)]


def members(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
