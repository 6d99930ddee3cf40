"""Problems whose remedies are all named by another problem: perhaps the two are one, or one lacks a remedy of its own.

A hint and no fault. Short ladders share what helps with nearly everything, and the same remedies may answer other
causes: only a person can tell. Two messages on the screen are two problems, whatever helps with them.
"""

from collections.abc import Iterator

from kb.article import Problem
from kb.fault import Fault
from kb.knowledge import Knowledge

_COMMON, _COMMON_SHARE = 3, 1 / 4
"""A remedy that more problems name than this number, and than this share of all, says nothing about any of them."""
_FEWEST = 2
"""Remedies of its own kind that a problem must share before the sharing means anything."""


def hints(knowledge: Knowledge) -> Iterator[Fault]:
    """One for each such problem, which names the smallest problem that has all of its remedies in the same order."""
    most = max(_COMMON, _COMMON_SHARE * len(knowledge.problems))
    named = {remedy: len(problems) for remedy, problems in knowledge.solves.items()}
    ladders = {problem.slug: _ladder(problem) for problem in knowledge.problems}
    for problem in knowledge.problems:
        own = ladders[problem.slug]
        if len([remedy for remedy in own if named[remedy] <= most]) < _FEWEST:
            continue
        # Who has all of them has the rarest. To compare each problem with each takes minutes at ten thousand.
        rarest = min(own, key=named.__getitem__)
        holders = [
            other
            for other in map(knowledge.problem, knowledge.solves[rarest])
            if (len(own), problem.slug) < _size(other, ladders)
            and _holds(ladders[other.slug], own)
            and not (problem.messages and other.messages)
        ]
        if holders:
            holder = min(holders, key=lambda other: _size(other, ladders))
            yield problem.fault(
                ("remedies",),
                "remedies-of-another",
                f"All of these remedies stand in {holder.path} too, in the same order.",
                "Are the two one problem? If not, which remedy is lacking here?",
            )


def _ladder(problem: Problem) -> list[str]:
    return [step.remedy for step in problem.steps]


def _size(problem: Problem, ladders: dict[str, list[str]]) -> tuple[int, str]:
    return len(ladders[problem.slug]), problem.slug


def _holds(long: list[str], short: list[str]) -> bool:
    """Whether the long list has everything of the short one, in its order."""
    rest = iter(long)
    return all(remedy in rest for remedy in short)
