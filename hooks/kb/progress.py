"""How far a long build is, in a line every few seconds."""

from collections import Counter
from collections.abc import Callable

EVERY = 5.0
"""Seconds. Most builds are over by then and say nothing."""


class Progress:
    """Counts pages in each step of a build. `clock` counts seconds, `say` gets a line."""

    def __init__(self, pages: int, clock: Callable[[], float], say: Callable[[str], None]) -> None:
        self._pages, self._clock, self._say = pages, clock, say
        self._done: Counter[str] = Counter()
        self._next = clock() + EVERY

    def count(self, step: str) -> None:
        """One more page is through this step, such as "read"."""
        self._done[step] += 1
        if (now := self._clock()) >= self._next:
            self._next = now + EVERY
            self._say(f"{self._done[step]:,} of {self._pages:,} pages {step}")
