"""How far a long build is, in a line every few seconds."""

from collections.abc import Callable

EVERY = 5.0
"""Seconds. Most builds are over by then and say nothing."""


class Progress:
    """`clock` counts seconds, `say` gets a line."""

    def __init__(self, pages: int, clock: Callable[[], float], say: Callable[[str], None]) -> None:
        self._pages, self._clock, self._say = pages, clock, say
        self._next = clock() + EVERY

    def reach(self, made: int) -> None:
        """So many pages are made."""
        if (now := self._clock()) >= self._next:
            self._next = now + EVERY
            self._say(f"{made:,} of {self._pages:,} pages made")
