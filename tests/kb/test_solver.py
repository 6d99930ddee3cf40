"""The decision flow against a solver that tries everything, and against what must be true of any flow."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kb import solver
from kb.solver import UNSURE, Flow, Node, Question, Table, solve

HOOKS = Path(__file__).parents[2] / "hooks"
PLENTY = 1_000_000

Answers = dict[int, int]
Masses = dict[int, Fraction]


# A second solver, as plain as can be: no masks kept, no memory, no bounds, exact fractions.


def fits(table: Table, question: int, value: int, article: int) -> bool:
    return bool(table.questions[question].fits[value] >> article & 1)


def offered(table: Table, question: int, live: Masses) -> list[int]:
    values = range(len(table.questions[question].fits))
    return [value for value in values if any(fits(table, question, value, article) for article in live)]


def may_be_asked(table: Table, answers: Answers, live: Masses) -> list[int]:
    found = []
    for number, question in enumerate(table.questions):
        values = offered(table, number, live)
        if (
            number not in answers
            and all(other in answers and answers[other] in allowed for other, allowed in question.when)
            and 2 <= len(values) <= question.max_answers
            and any(not fits(table, number, value, article) for value in values for article in live)
        ):
            found.append(number)
    first = [number for number in found if table.questions[number].first]
    return first[:1] or found


def after(table: Table, question: int, value: int, live: Masses) -> Masses:
    values = offered(table, question, live)
    return {
        article: mass / sum(fits(table, question, one, article) for one in values)
        for article, mass in live.items()
        if fits(table, question, value, article)
    }


def price(table: Table, question: int, live: Masses) -> Fraction:
    choices = len(offered(table, question, live)) - 2
    return Fraction(str(table.questions[question].effort)) + Fraction(str(solver.READING)) * choices


def costs_by_question(table: Table, answers: Answers, live: Masses, *, count_only: bool) -> dict[int, Fraction]:
    costs = {}
    for question in may_be_asked(table, answers, live) if len(live) > 1 else ():
        each = Fraction(1) if count_only else price(table, question, live)
        cost = each * sum(live.values())
        for value in offered(table, question, live):
            rest = after(table, question, value, live)
            cost += least_cost(table, answers | {question: value}, rest, count_only=count_only)
        costs[question] = cost
    return costs


def least_cost(table: Table, answers: Answers, live: Masses, *, count_only: bool) -> Fraction:
    return min(costs_by_question(table, answers, live, count_only=count_only).values(), default=Fraction(0))


def everybody(table: Table) -> Masses:
    total = sum(table.weights)
    return {article: Fraction(weight, total) for article, weight in enumerate(table.weights)}


# What the flow says, read node by node.


def visits(table: Table, flow: Flow) -> Iterator[tuple[Node, Masses]]:
    """Every node with the people who come there, or would if "I'm not sure" were an answer that people give."""
    ahead = [(0, everybody(table))]
    while ahead:
        number, live = ahead.pop()
        node = flow.nodes[number]
        yield node, live
        for value, target in node.next:
            if target >= 0 and node.question is not None:
                ahead.append((target, live if value == UNSURE else after(table, node.question, value, live)))


def effort(table: Table, flow: Flow, number: int, live: Masses) -> Fraction:
    node = flow.nodes[number]
    if node.question is None:
        return Fraction(0)
    cost = price(table, node.question, live) * sum(live.values())
    for value, target in node.next:
        if value != UNSURE and target >= 0:
            cost += effort(table, flow, target, after(table, node.question, value, live))
    return cost


def articles(mask: int) -> set[int]:
    return {number for number in range(mask.bit_length()) if mask >> number & 1}


# Tables.


@st.composite
def small_tables(draw: st.DrawFn, most_articles: int = 6, most_questions: int = 4) -> Table:
    count = draw(st.integers(1, most_articles))
    weights = draw(st.lists(st.integers(1, 9), min_size=count, max_size=count))
    how_many = draw(st.integers(0, most_questions))
    questions = []
    for number in range(how_many):
        values = draw(st.integers(1, 4))
        any_value = st.just(set(range(values)))
        some_values = st.sets(st.integers(0, values - 1), min_size=1)
        one_value = st.integers(0, values - 1).map(lambda value: {value})
        chosen = [draw(one_value | some_values | any_value) for _ in range(count)]
        when = []
        if draw(st.integers(0, 3)) == 0:
            other = draw(st.integers(0, how_many - 1))
            when.append((other, frozenset(draw(st.sets(st.integers(UNSURE, 3), min_size=1)))))
        questions.append(
            Question(
                name=f"question {number}",
                fits=tuple(sum(1 << a for a in range(count) if value in chosen[a]) for value in range(values)),
                effort=draw(st.sampled_from([1.0, 1.0, 1.1, 0.5, 2.0])),
                max_answers=draw(st.sampled_from([7, 7, 3, 2])),
                first=draw(st.integers(0, 4)) == 0,
                when=tuple(when),
            )
        )
    return Table(tuple(weights), tuple(questions))


def realistic_table(
    seed: int, count: int, sizes: tuple[int, ...] = (16, 7, 6, 6, 5, 4, 3), absent: float = 0.25
) -> Table:
    """The first question has something for every article; others are silent on some, and some articles fit several."""
    random = Random(seed)  # noqa: S311
    questions = []
    for number, values in enumerate(sizes):
        popularity = [1 / (value + 1) ** 0.7 for value in range(values)]
        fitting = [0] * values
        for article in range(count):
            chosen = set(random.choices(range(values), popularity, k=1 if random.random() < 0.85 else 2))
            if number and random.random() < absent:
                chosen = set(range(values))
            for value in chosen:
                fitting[value] |= 1 << article
        questions.append(
            Question(f"q{number}", tuple(fitting), max_answers=16 if number == 0 else 7, first=number == 0)
        )
    return Table(tuple(random.randint(1, 10) for _ in range(count)), tuple(questions))


def renumbered(table: Table, order: list[int]) -> Table:
    """The article that was order[i] becomes article i."""

    def mask(old: int) -> int:
        return sum(1 << new for new, article in enumerate(order) if old >> article & 1)

    questions = tuple(replace(q, fits=tuple(mask(one) for one in q.fits)) for q in table.questions)
    return Table(tuple(table.weights[article] for article in order), questions)


# The optimum.


@settings(max_examples=150, deadline=None)
@given(small_tables())
def test_no_way_of_asking_takes_less_effort_in_any_state(table: Table) -> None:
    flow = solve(table, budget=PLENTY)
    assert flow.figures.exact
    for node, live in visits(table, flow):
        costs = costs_by_question(table, dict(node.answers), live, count_only=False)
        if not costs:
            assert node.question is None
            continue
        least = min(costs.values())
        assert node.question == min(question for question, cost in costs.items() if cost == least)
        assert effort(table, flow, flow.nodes.index(node), live) == least


@settings(max_examples=100, deadline=None)
@given(small_tables())
def test_the_figures_are_those_of_trying_everything(table: Table) -> None:
    flow = solve(table, budget=PLENTY)
    optimum = least_cost(table, {}, everybody(table), count_only=True)
    assert flow.figures.optimum == pytest.approx(float(optimum), abs=1e-8)
    sure = [(node, live) for node, live in visits(table, flow) if UNSURE not in dict(node.answers).values()]
    mean = sum((sum(live.values()) for node, live in sure if node.question is not None), start=Fraction(0))
    listed = sum((sum(live.values()) for node, live in sure if node.question is None), start=Fraction(0))
    assert flow.figures.mean == pytest.approx(float(mean), abs=1e-8)
    assert flow.figures.listed == pytest.approx(float(listed), abs=1e-8)
    assert flow.figures.longest == max(
        (len(node.answers) + 1 for node, _ in sure if node.question is not None), default=0
    )


@settings(max_examples=200, deadline=None)
@given(small_tables(most_articles=9, most_questions=5), st.sampled_from([0, 5, PLENTY]))
def test_floor_optimum_and_mean_are_in_order(table: Table, budget: int) -> None:
    optimum = solve(table, budget=PLENTY).figures.optimum
    figures = solve(table, budget=budget).figures
    assert optimum is not None
    assert figures.floor <= optimum + 1e-8
    assert optimum <= figures.mean + 1e-8


@settings(max_examples=200, deadline=None)
@given(small_tables(most_articles=9, most_questions=5))
def test_greedy_never_beats_exact(table: Table) -> None:
    exact, greedy = solve(table, budget=PLENTY), solve(table, budget=0)
    assert effort(table, exact, 0, everybody(table)) <= effort(table, greedy, 0, everybody(table))


@pytest.mark.parametrize("seed", range(6))
def test_greedy_stays_within_three_percent_of_the_optimum(seed: int) -> None:
    table = realistic_table(seed, count=60)
    optimum = solve(table, budget=PLENTY, max_unsure=0).figures.optimum
    greedy = solve(table, budget=0, max_unsure=0).figures
    assert optimum is not None
    assert not greedy.exact
    assert greedy.optimum is None
    assert greedy.mean <= 1.03 * optimum


def test_equally_good_questions_are_asked_in_the_order_of_the_vocabulary() -> None:
    same = Question("one", (0b0011, 0b1100)), Question("two", (0b0101, 0b1010)), Question("three", (0b0110, 0b1001))
    assert solve(Table((1, 1, 1, 1), same)).nodes[0].question == 0


def test_an_equally_good_question_counts_even_when_it_looks_worse_at_first() -> None:
    halves = [(0b011011, 0b100100), (0b101010, 0b010101), (0b001010, 0b110101), (0b111110, 0b000001)]
    table = Table((1,) * 6, tuple(Question(str(number), fits) for number, fits in enumerate(halves)))
    costs = costs_by_question(table, {}, everybody(table), count_only=False)
    assert costs[0] == costs[2] == min(costs.values())
    assert solve(table).nodes[0].question == 0


def test_a_question_with_many_choices_costs_a_little_more() -> None:
    by_two = Question("two answers", (0b01, 0b10))
    by_three = Question("three answers", (0b01, 0b10, 0b10))
    assert solve(Table((1, 1), (by_three, by_two))).nodes[0].question == 1


def test_a_question_that_is_hard_to_answer_waits() -> None:
    hard = Question("hard", (0b01, 0b10), effort=1.5)
    easy = Question("easy", (0b01, 0b10))
    assert solve(Table((1, 1), (hard, easy))).nodes[0].question == 1


def test_a_cheap_question_that_can_be_asked_only_later_counts_from_the_start() -> None:
    # "split", "halves" and "cheap" take less than "all", but "cheap" has too many answers until "halves" is answered.
    split = Question("split", (0b01111, 0b10000), effort=0.5)
    halves = Question("halves", (0b10011, 0b01100), effort=2, when=((0, frozenset({0})),))
    cheap = Question("cheap", (0b11001, 0b00010, 0b00100), effort=0.5, max_answers=2)
    everything = Question("all", tuple(1 << article for article in range(5)), effort=3.2)
    table = Table((25, 25, 25, 25, 1), (split, halves, cheap, everything))
    costs = costs_by_question(table, {}, everybody(table), count_only=False)
    assert min(costs, key=lambda question: costs[question]) == 0
    assert solve(table).nodes[0].question == 0


@pytest.mark.parametrize(("count", "floor", "optimum"), [(3, 1, 1), (4, 1.375, 1.5), (9, 2, 2)])
def test_the_floor_is_what_so_many_answers_a_question_allow(count: int, floor: float, optimum: float) -> None:
    digits = [[sum(1 << a for a in range(count) if a // 3**place % 3 == v) for v in range(3)] for place in (0, 1)]
    figures = solve(
        Table((1,) * count, tuple(Question(str(place), tuple(d)) for place, d in enumerate(digits)))
    ).figures
    assert figures.floor == pytest.approx(floor)
    assert figures.optimum == optimum


# What must be true of any flow.


@settings(max_examples=200, deadline=None)
@given(small_tables(most_articles=9, most_questions=5), st.sampled_from([0, 20, PLENTY]))
def test_every_flow_is_a_sound_tree(table: Table, budget: int) -> None:
    flow = solve(table, budget=budget)
    reached, targets = set[int](), []
    for node in flow.nodes:
        asked = [question for question, _ in node.answers]
        assert len(set(asked)) == len(asked)
        live = set(everybody(table))
        for question, value in node.answers:
            live &= articles(table.questions[question].fits[value]) if value != UNSURE else live
        assert articles(node.live) == live
        if node.question is None:
            reached |= live
            assert node.next == ()
            assert node.left == 0
            assert len(live) < 2 or not may_be_asked(table, dict(node.answers), dict.fromkeys(live, Fraction(1)))
            continue
        assert node.question in may_be_asked(table, dict(node.answers), dict.fromkeys(live, Fraction(1)))
        values = [value for value, _ in node.next]
        assert values == [*offered(table, node.question, dict.fromkeys(live, Fraction(1))), UNSURE]
        for value, target in node.next:
            kept = live if value == UNSURE else live & articles(table.questions[node.question].fits[value])
            if target >= 0:
                targets.append(target)
                assert flow.nodes[target].answers == (*node.answers, (node.question, value))
                assert len(kept) > 1
            else:
                assert kept == {~target}
                reached.add(~target)
        assert node.left == 1 + max(flow.nodes[target].left if target >= 0 else 0 for _, target in node.next)
    assert reached == set(everybody(table))
    assert sorted(targets) == list(range(1, len(flow.nodes)))
    assert flow.figures.longest_unsure == flow.nodes[0].left
    assert flow.figures.states == len(flow.nodes)
    assert flow.figures.cut == 0


def test_articles_that_nothing_tells_apart_end_in_a_list() -> None:
    flow = solve(Table((1, 1, 2), (Question("only", (0b011, 0b100)),)))
    listed = [node for node in flow.nodes if node.question is None and UNSURE not in dict(node.answers).values()]
    assert [(node.answers, node.live) for node in listed] == [(((0, 0),), 0b011)]
    assert flow.figures.listed == 0.5


@pytest.mark.parametrize("weights", [(), (1,), (1, 1)])
def test_with_nothing_to_ask_the_start_is_the_list(weights: tuple[int, ...]) -> None:
    flow = solve(Table(weights, ()))
    assert flow.nodes == (Node((), (1 << len(weights)) - 1, None, (), 0),)
    assert (flow.figures.mean, flow.figures.optimum, flow.figures.floor, flow.figures.longest) == (0, 0, 0, 0)


def test_the_first_question_is_asked_first_even_when_another_is_shorter() -> None:
    first = Question("first", (0b0111, 0b1000), first=True)
    better = Question("better", (0b0001, 0b0010, 0b0100, 0b1000))
    assert solve(Table((1, 1, 1, 1), (better, first))).nodes[0].question == 1


def test_a_question_that_depends_on_an_answer_comes_only_after_it() -> None:
    area = Question("area", (0b0011, 0b1100))
    detail = Question("detail", (0b0101, 0b1010), when=((0, frozenset({1})),))
    flow = solve(Table((1, 1, 1, 1), (area, detail)))
    asked = {node.answers: node.question for node in flow.nodes}
    assert asked == {(): 0, ((0, 0),): None, ((0, 1),): 1, ((0, 1), (1, UNSURE)): None, ((0, UNSURE),): None}


def test_a_question_may_depend_on_not_being_sure() -> None:
    area = Question("area", (0b01, 0b10))
    fallback = Question("fallback", (0b01, 0b10), when=((0, frozenset({UNSURE})),))
    flow = solve(Table((1, 1), (area, fallback)))
    assert {node.answers: node.question for node in flow.nodes}[((0, UNSURE),)] == 1


def test_too_many_answers_are_offered_only_when_others_have_narrowed_them_down() -> None:
    long = Question("long", tuple(1 << article for article in range(6)), max_answers=3)
    short = Question("short", (0b000111, 0b111000))
    flow = solve(Table((1,) * 6, (long, short)))
    assert flow.nodes[0].question == 1
    assert {node.answers: node.question for node in flow.nodes}[((1, 0),)] == 0


# Independence of everything that does not matter.


@settings(max_examples=100, deadline=None)
@given(small_tables(most_articles=8), st.randoms(use_true_random=False), st.sampled_from([0, 20, PLENTY]))
def test_the_order_of_the_articles_changes_nothing(table: Table, random: Random, budget: int) -> None:
    order = list(range(len(table.weights)))
    random.shuffle(order)
    flow, other = solve(table, budget=budget), solve(renumbered(table, order), budget=budget)
    assert flow.figures == other.figures
    for node, same in zip(flow.nodes, other.nodes, strict=True):
        assert (node.answers, node.question, node.left) == (same.answers, same.question, same.left)
        assert articles(node.live) == {order[article] for article in articles(same.live)}


@pytest.mark.parametrize("budget", [0, 300])
def test_the_order_of_many_articles_changes_nothing(budget: int) -> None:
    table, order = realistic_table(1, count=50), list(range(50))
    Random(7).shuffle(order)  # noqa: S311
    flow, other = (solve(one, budget=budget, max_unsure=1) for one in (table, renumbered(table, order)))
    assert flow.figures == other.figures
    assert [(n.answers, n.question) for n in flow.nodes] == [(n.answers, n.question) for n in other.nodes]


def test_the_hash_seed_changes_nothing() -> None:
    program = (
        "from kb.solver import *\n"
        "fits = [tuple(sum(1 << a for a in range(20) if a * k % 11 % size in (v, 3)) for v in range(size))"
        " for k, size in ((1, 4), (3, 4), (5, 4), (2, 4))]\n"
        "when = ((0, frozenset({0, 1, 2, UNSURE})),)\n"
        "questions = [Question(f'q{i}', f, when=when if i == 3 else ()) for i, f in enumerate(fits)]\n"
        "print(solve(Table(tuple(range(1, 21)), tuple(questions)), budget=400))\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(HOOKS)},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(said) == 1


def test_shorter_masks_for_parts_of_a_large_table_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    table = realistic_table(3, count=80)
    wide = solve(table, budget=0, max_unsure=1)
    monkeypatch.setattr(solver, "WIDE", 4)
    assert solve(table, budget=0, max_unsure=1) == wide


# Limits.


@pytest.mark.parametrize("most", [0, 1, 2])
def test_so_many_answers_of_not_being_sure_lead_to_the_list(most: int) -> None:
    flow = solve(realistic_table(2, count=30), max_unsure=most)
    unsure = [[value for _, value in node.answers].count(UNSURE) for node in flow.nodes]
    assert max(unsure) == most + 1
    assert all(node.question is None for node, times in zip(flow.nodes, unsure, strict=True) if times > most)
    assert flow.figures.cut > 0


def test_the_number_of_states_is_bounded_and_the_likely_ones_come_first() -> None:
    table = realistic_table(2, count=60)
    main = solve(table, max_unsure=0).figures
    flow = solve(table, max_states=3 * main.states)
    assert flow.figures.states <= 3 * main.states + 17
    assert (flow.figures.mean, flow.figures.listed) == (main.mean, main.listed)
    tight = solve(table, max_states=10).figures
    assert tight.states <= 10 + 17
    assert tight.listed > 0.5


def sure(flow: Flow) -> list[Node]:
    return [node for node in flow.nodes if UNSURE not in dict(node.answers).values()]


@settings(max_examples=200, deadline=None)
@given(small_tables(most_articles=9, most_questions=5), st.integers(0, 40))
def test_when_there_are_enough_states_only_what_is_behind_unsure_becomes_lists(table: Table, enough: int) -> None:
    whole, flow = solve(table), solve(table, enough=enough)
    assert [(node.answers, node.question) for node in sure(flow)] == [(n.answers, n.question) for n in sure(whole)]
    assert {node.answers for node in flow.nodes} <= {node.answers for node in whole.nodes}
    same = ("mean", "optimum", "floor", "longest", "listed", "exact")
    assert [getattr(flow.figures, name) for name in same] == [getattr(whole.figures, name) for name in same]
    # Everywhere one may be unsure, and by sure answers every article is an end or in a list.
    assert all(node.next[-1][0] == UNSURE for node in flow.nodes if node.question is not None)
    ends = {~target for node in sure(flow) for value, target in node.next if value != UNSURE and target < 0}
    lists = {article for node in sure(flow) if node.question is None for article in articles(node.live)}
    assert ends | lists | (articles(1) if len(table.weights) == 1 else set()) == set(range(len(table.weights)))
    # One more for each sure state, where somebody was not sure, and the answers to the last question asked.
    widest = max((len(question.fits) for question in table.questions), default=0)
    assert flow.figures.states <= max(enough + widest, 2 * len(sure(flow)))
    assert flow.figures.most == enough


def test_of_what_is_behind_unsure_the_longest_lists_are_parted() -> None:
    table = realistic_table(2, count=60)
    whole = {node.answers: node for node in solve(table).nodes}
    flow = solve(table, enough=solve(table, enough=0).figures.states + 40)
    behind = [node for node in flow.nodes if UNSURE in dict(node.answers).values()]
    asked = [node.live.bit_count() for node in behind if node.question is not None]
    cut = [
        node.live.bit_count() for node in behind if node.question is None and whole[node.answers].question is not None
    ]
    assert len(asked) > 3
    assert min(asked) >= max(cut) > 1
    assert flow.figures.cut == len(cut)


@settings(max_examples=50, deadline=None)
@given(small_tables(most_articles=9, most_questions=5))
def test_a_bound_that_is_not_reached_changes_nothing(table: Table) -> None:
    assert solve(table, enough=solver.MAX_STATES) == solve(table)


def test_without_a_budget_small_parts_below_a_large_start_are_still_exact() -> None:
    table = realistic_table(5, count=60)
    exact, mixed, greedy = (solve(table, budget=budget, max_unsure=0).figures for budget in (PLENTY, 400, 0))
    assert exact.exact
    assert not mixed.exact
    assert exact.mean <= mixed.mean <= greedy.mean


# Tables that make no sense are refused.


@pytest.mark.parametrize(
    ("weights", "question", "said"),
    [
        ((1, 0), Question("q", (0b01, 0b10)), "weight"),
        ((1, 1), Question("q", (0b01,)), "q: every article"),
        ((1, 1), Question("q", (0b01, 0b110)), "q: every article"),
        ((1, 1), Question("q", (0b01, 0b10), effort=0), "q: the effort"),
        ((1, 1), Question("q", (0b01, 0b10), when=((1, frozenset({0})),)), "q: it depends"),
    ],
)
def test_a_table_that_makes_no_sense_is_refused(weights: tuple[int, ...], question: Question, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Table(weights, (question,))
