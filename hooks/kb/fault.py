"""What a writer has to mend, as a value."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One mistake in the content, with its place. Not an exception: faults are collected and reported together."""

    path: str
    line: int
    column: int
    code: str
    sentence: str
    suggestion: str = ""

    def __str__(self) -> str:
        text = f"{self.path}:{self.line}:{self.column}: {self.code}: {self.sentence}"
        return f"{text} {self.suggestion}" if self.suggestion else text


class FaultsError(Exception):
    """Raised if the content has faults; carries all of them, sorted."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__(report(self.faults))


def report(faults: Iterable[Fault]) -> str:
    lines = [str(fault) for fault in sorted(set(faults))]
    count = "1 fault" if len(lines) == 1 else f"{len(lines)} faults"
    return "\n".join([*lines, f"{count} in the content."])


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that offers the nearest known word, or the known words where they are few, or nothing."""
    choices = sorted(known)
    near = get_close_matches(word, choices, n=1, cutoff=0.6)
    if near:
        return f"Did you mean '{near[0]}'?"
    if 0 < len(choices) <= 12:
        return f"Known are: {', '.join(choices)}."
    return ""
