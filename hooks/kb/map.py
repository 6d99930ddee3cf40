"""The whole map: every question, every answer and every problem it leads to, as a tree and as a drawing of it."""

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kb.flow import Answer, AnswerGroup, Flow, State, page_url
from kb.knowledge import Knowledge

PAGE = "map.md"
MOST_DRAWN = 400
"""Nobody reads a picture of more than so many nodes; then there is only the list."""

WIDTH = 228
"""Of a node, in the units of the drawing: pixels, as long as nobody enlarges the page."""
ACROSS = 36
"""Between two columns, for the lines."""
BETWEEN = 10
"""Between two nodes of a column."""
LINE = 17
FOOT = 4
"""Of a line, below the letters."""
PADDING = 8
LETTERS = 24
"""Of a line of text in a node: as many as fit, bold, in a wide font such as DejaVu Sans."""


@dataclass(frozen=True, slots=True)
class Branch:
    """What an answer leads to: a question with branches of its own, or an article. "I'm not sure" is left out."""

    answer: str
    """The answer that leads here; empty for the first question, and where `none_of_these` is true."""
    title: str
    page: str
    group: str = ""
    none_of_these: bool = False
    branches: tuple["Branch", ...] = ()

    @property
    def url(self) -> str:
        return page_url(self.page)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text in a node, with the height of its foot."""

    text: str
    """Empty for "None of these", which the template says."""
    y: int
    of_answer: bool


@dataclass(frozen=True, slots=True)
class Node:
    """A branch in its place in the drawing."""

    branch: Branch
    x: int
    y: int
    height: int
    lines: tuple[Line, ...]

    @property
    def centre(self) -> int:
        return self.y + self.height // 2


@dataclass(frozen=True, slots=True)
class Edge:
    """From the right side of one node to the left side of another."""

    x1: int
    y1: int
    x2: int
    y2: int

    @property
    def middle(self) -> int:
        return (self.x1 + self.x2) // 2


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    node_width: int = WIDTH
    padding: int = PADDING


@dataclass(frozen=True, slots=True)
class Map:
    tree: Branch
    drawing: Drawing | None
    """None where there is too much to draw."""


def compile_map(knowledge: Knowledge, flow: Flow) -> Map:
    by_page = {problem.page: problem.title for problem in knowledge.problems}
    tree = _branch(flow.root, flow.by_page, by_page, "", "", None)
    nodes = sum(1 for _ in walk(tree))
    return Map(tree, draw(tree) if nodes <= MOST_DRAWN else None)


def walk(branch: Branch) -> Iterator[Branch]:
    yield branch
    for one in branch.branches:
        yield from walk(one)


def _branch(
    state: State,
    states: Mapping[str, State],
    titles: Mapping[str, str],
    answer: str,
    group: str,
    escape: str | None,
) -> Branch:
    """The part of the tree below a question. `escape` is where "None of these" led one question before."""
    below = [_below(answer.label, answer.page, one, state, states, titles) for one, answer in _answers(state)]
    if state.none_of_these != escape:
        below.append(Branch("", titles[state.none_of_these], state.none_of_these, none_of_these=True))
    return Branch(answer, state.question or "", state.page, group, branches=tuple(below))


def _below(
    answer: str, page: str, group: AnswerGroup, state: State, states: Mapping[str, State], titles: Mapping[str, str]
) -> Branch:
    if page in states:
        return _branch(states[page], states, titles, answer, group.label, state.none_of_these)
    return Branch(answer, titles[page], page, group.label)


def _answers(state: State) -> Iterator[tuple[AnswerGroup, Answer]]:
    return ((group, answer) for group in state.groups for answer in group.answers)


def draw(tree: Branch) -> Drawing:
    """A tree that grows to the right and down from its first question, so that this is in sight on a phone too."""
    nodes: list[Node] = []
    edges: list[Edge] = []
    height = _place(tree, 0, 0, nodes, edges)
    width = max(node.x for node in nodes) + WIDTH
    return Drawing(width, height, tuple(nodes), tuple(edges))


def _place(branch: Branch, column: int, top: int, nodes: list[Node], edges: list[Edge]) -> int:
    """Draw the branch with everything that it leads to below the line `top`; say how high that is."""
    answer = textwrap.wrap(branch.answer, LETTERS) or [""] * branch.none_of_these
    texts = [*answer, *textwrap.wrap(branch.title, LETTERS)]
    lines = tuple(
        Line(text, top + PADDING + (number + 1) * LINE - FOOT, number < len(answer))
        for number, text in enumerate(texts)
    )
    node = Node(branch, column * (WIDTH + ACROSS), top, len(texts) * LINE + 2 * PADDING, lines)
    nodes.append(node)
    below = 0
    for number, one in enumerate(branch.branches):
        below += BETWEEN if number else 0
        first = len(nodes)
        height = _place(one, column + 1, top + below, nodes, edges)
        edges.append(Edge(node.x + WIDTH, node.centre, nodes[first].x, nodes[first].centre))
        below += height
    return max(below, node.height)
