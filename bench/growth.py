"""How fast something grows with the number of articles, as an exponent and as a drawing.

An exponent of 1 means that ten times as many articles take ten times as much, 2 that they take a hundred times.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor, log, log10
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

Points = Mapping[int, float]
"""What was measured, by the number of articles."""

WIDTH, HEIGHT = 640, 400
COLOURS = ("#0b5cad", "#b3261e", "#7a4b00", "#1b6e3c", "#6b3fa0")
MARKS = ("circle", "square", "diamond", "up", "down")
"""So that nobody has to tell colours apart."""


def exponents(points: Points) -> dict[tuple[int, int], float]:
    """p in "time ~ articles ^ p", from each size to the next."""
    return {(few, many): log(points[many] / points[few]) / log(many / few) for few, many in pairwise(sorted(points))}


def straight_on(points: Points, size: int) -> float:
    """A straight line through the last two sizes before this one, or 0 without two.

    What grows with the number of articles or faster is not below it.
    """
    before = sorted(one for one in points if one < size)[-2:]
    if len(before) < 2:
        return 0.0
    few, many = before
    return points[many] + (points[many] - points[few]) * (size - many) / (many - few)


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    colour: str
    mark: str
    places: list[tuple[float, float]]


def drawing(title: str, unit: str, lines: Mapping[str, Points]) -> str:
    """An SVG with a line for each name; both scales are logarithmic, so that an exponent is a slope."""
    drawn = {name: points for name, points in lines.items() if points}
    sizes = sorted({size for points in drawn.values() for size in points})
    values = [value for points in drawn.values() for value in points.values()]
    lowest, highest = floor(log10(min(values))), max(ceil(log10(max(values))), floor(log10(min(values))) + 1)
    left, right = log10(sizes[0]), max(log10(sizes[-1]), log10(sizes[0]) + 0.1)

    def x(size: int) -> float:
        return round(WIDTH * (log10(size) - left) / (right - left), 1)

    def y(value: float) -> float:
        return round(HEIGHT * (highest - log10(value)) / (highest - lowest), 1)

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("growth.svg").render(
        title=title,
        unit=unit,
        width=WIDTH,
        height=HEIGHT,
        across=[(x(size), f"{size:,}") for size in sizes],
        up=[(y(10.0**power), f"{10.0**power:g}") for power in range(lowest, highest + 1)],
        lines=[
            _Line(name, colour, mark, [(x(size), y(points[size])) for size in sorted(points)])
            for (name, points), colour, mark in zip(drawn.items(), COLOURS, MARKS, strict=False)
        ],
    )
