"""The way through the questions to an article, as somebody answers them."""

from collections import deque
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Step:
    """One answer on the way, and where it leads."""

    question: str
    label: str
    url: str


def route(catalogue: dict[str, Any], target: str) -> list[Step]:
    """The shortest way through the questions to an article."""
    nodes = {node["url"]: node for node in catalogue["flow"]["nodes"]}
    ahead: deque[tuple[str, list[Step]]] = deque([(catalogue["flow"]["root"], [])])
    while ahead:
        url, steps = ahead.popleft()
        if url == target:
            return steps
        for answer in nodes[url]["answers"] if url in nodes else []:
            ahead.append((answer["url"], [*steps, Step(nodes[url]["question"], answer["label"], answer["url"])]))
    raise AssertionError(f"No answers lead to {target}")
