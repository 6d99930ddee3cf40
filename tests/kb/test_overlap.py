"""A problem whose remedies all stand in another one is worth a look, unless sharing them says nothing."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import knowledge, overlap
from kb.knowledge import Knowledge

if TYPE_CHECKING:
    from tests.kb.conftest import Load, Text

ALL = ["pump-up", "mend-tube", "visit-shop"]


def hints(load: "Load", good: "Text", **ladders: Any) -> list[str]:
    """For the problems of the good site with these remedies."""
    names = {"leak": "slow-leak", "flat": "flat-tyre"}
    changes = {
        f"problems/{names[key]}.md": good(f"problems/{names[key]}.md", **value) for key, value in ladders.items()
    }
    return [str(hint) for hint in overlap.hints(load(changes))]


def test_a_ladder_inside_another_is_named(load: "Load", good: "Text") -> None:
    (hint,) = hints(load, good, leak={"remedies": ["pump-up", "mend-tube"]}, flat={"remedies": ALL})
    assert hint.startswith("docs/problems/slow-leak.md:")
    assert "remedies-of-another: All of these remedies stand in docs/problems/flat-tyre.md too" in hint


def test_of_two_equal_ladders_one_is_named(load: "Load", good: "Text") -> None:
    assert len(hints(load, good, leak={"remedies": ALL}, flat={"remedies": ALL})) == 1


def test_another_order_is_another_ladder(load: "Load", good: "Text") -> None:
    assert hints(load, good, leak={"remedies": ["mend-tube", "pump-up"]}, flat={"remedies": ALL}) == []


def test_what_nearly_every_problem_names_says_nothing(load: "Load", good: "Text") -> None:
    ladder = ["pump-up", "visit-shop"]
    assert hints(load, good, leak={"remedies": ladder}, flat={"remedies": ALL}) == []


def test_two_messages_are_two_problems(load: "Load", good: "Text") -> None:
    own = {"remedies": ["pump-up", "mend-tube"], "messages": ["AIR LOW"]}
    assert hints(load, good, leak=own, flat={"remedies": ALL}) == []


def with_ladders(known: Knowledge, ladders: list[list[str]]) -> Knowledge:
    """Problems that differ in their remedies alone, as many as there are ladders."""
    (like, *_), (step, *_) = known.problems, known.problems[0].steps
    made = [
        replace(like, slug=f"p{number:02}", steps=tuple([replace(step, remedy=name) for name in ladder]))
        for number, ladder in enumerate(ladders)
    ]
    solves = {
        name: tuple([one.slug for one, ladder in zip(made, ladders, strict=True) if name in ladder])
        for name in sorted({name for ladder in ladders for name in ladder})
    }
    return replace(known, problems=tuple(made), by_slug={one.slug: one for one in made}, solves=solves)


def inside(ladders: list[list[str]]) -> Iterator[int]:
    """By comparing each with each: the numbers of the ladders of which every step stands in a longer or later one."""
    most = max(3, len(ladders) / 4)
    for number, own in enumerate(ladders):
        rare = [name for name in own if sum(name in ladder for ladder in ladders) <= most]
        larger = [other for n, other in enumerate(ladders) if (len(own), number) < (len(other), n)]
        if len(rare) >= 2 and any([name for name in other if name in own] == own for other in larger):
            yield number


@pytest.fixture(scope="module")
def known() -> Knowledge:
    return knowledge.load(Path(__file__).parents[1] / "cases" / "_good" / "docs")


LADDERS = st.permutations("abcdefgh").flatmap(lambda names: st.integers(1, 8).map(lambda length: names[:length]))


@given(ladders=st.lists(LADDERS, max_size=20))
def test_as_many_are_named_as_by_comparing_each_with_each(known: Knowledge, ladders: list[list[str]]) -> None:
    assert len(list(overlap.hints(with_ladders(known, ladders)))) == len(list(inside(ladders)))


def test_only_problems_that_share_a_rare_remedy_are_compared(known: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []
    holds = overlap._holds

    def counted(long: list[str], short: list[str]) -> bool:
        compared.append(short)
        return holds(long, short)

    monkeypatch.setattr(overlap, "_holds", counted)
    pairs = [[f"one-{n}", f"two-{n}", *more] for n in range(50) for more in ([], ["three"])]
    assert len(list(overlap.hints(with_ladders(known, pairs)))) == 50
    assert len(compared) == 50
