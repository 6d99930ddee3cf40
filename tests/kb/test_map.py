"""The whole map, as a tree and as a drawing."""

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import map as kb_map
from kb.map import Branch, Drawing, draw, walk
from kb.site import Site

if TYPE_CHECKING:
    from tests.kb.conftest import Compile

WORDS = st.text(alphabet="abc defghi", max_size=90)
TREES = st.recursive(
    st.builds(Branch, WORDS, WORDS, st.just("problems/a.md"), none_of_these=st.booleans()),
    lambda below: st.builds(
        Branch, WORDS, WORDS, st.just("find/a.md"), branches=st.lists(below, min_size=1, max_size=6).map(tuple)
    ),
    max_leaves=30,
)


def outline(branch: Branch, depth: int = 0) -> list[str]:
    """The tree as lines, the deeper the further in."""
    words = "None of these" if branch.none_of_these else branch.answer
    return [
        f"{'  ' * depth}{words}: {branch.title}",
        *(line for b in branch.branches for line in outline(b, depth + 1)),
    ]


def test_the_tree_holds_every_answer_and_where_it_leads_and_leaves_out_who_is_not_sure(compiled: "Compile") -> None:
    assert outline(compiled({}).map.tree) == [
        ": What is wrong with the bicycle?",
        "  A tyre is soft: How fast does the air go?",
        "    At once: My tyre went flat all at once",
        "    Over night: My tyre is soft every morning",
        "  The chain: My chain came off",
        "  It makes a noise: My brakes squeal",
        "  None of these: I want somebody to look at it",
    ]


def test_the_tree_leads_to_every_problem(real: Site) -> None:
    ends = {branch.page for branch in walk(real.map.tree) if not branch.branches}
    assert ends == {problem.page for problem in real.knowledge.problems}


def test_where_none_of_these_leads_stands_below_a_question_only_if_it_leads_elsewhere(real: Site) -> None:
    def check(branch: Branch, before: str) -> None:
        own = [one.page for one in branch.branches if one.none_of_these]
        assert len(own) <= 1
        assert own != [before]
        for one in branch.branches:
            check(one, own[0] if own else before)

    check(real.map.tree, "")


def test_what_is_too_much_to_be_read_is_not_drawn(compiled: "Compile", monkeypatch: pytest.MonkeyPatch) -> None:
    assert compiled({}).map.drawing
    monkeypatch.setattr(kb_map, "MOST_DRAWN", 3)
    assert compiled({}).map.drawing is None


@given(TREES)
def test_nothing_overlaps_and_nothing_lies_outside(tree: Branch) -> None:
    check(draw(tree))


def test_nothing_overlaps_in_the_real_drawing(real: Site) -> None:
    assert real.map.drawing
    check(real.map.drawing)


@given(TREES)
def test_the_drawing_has_a_node_for_each_branch_in_the_order_of_reading_and_an_edge_to_each_but_the_first(
    tree: Branch,
) -> None:
    drawing = draw(tree)
    assert [node.branch for node in drawing.nodes] == list(walk(tree))
    ends = sorted((edge.x2, edge.y2) for edge in drawing.edges)
    assert ends == sorted((node.x, node.centre) for node in drawing.nodes[1:])
    starts = {(node.x + drawing.node_width, node.centre) for node in drawing.nodes if node.branch.branches}
    assert {(edge.x1, edge.y1) for edge in drawing.edges} == starts


def check(drawing: Drawing) -> None:
    for node in drawing.nodes:
        assert 0 <= node.x <= node.x + drawing.node_width <= drawing.width
        assert 0 <= node.y <= node.y + node.height <= drawing.height
        assert all(node.y < line.y < node.y + node.height for line in node.lines)
        assert all(len(line.text) <= kb_map.LETTERS for line in node.lines)
    for one, other in combinations(drawing.nodes, 2):
        apart = one.y + one.height <= other.y or other.y + other.height <= one.y
        assert one.x != other.x or apart
