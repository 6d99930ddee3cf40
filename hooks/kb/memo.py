"""Results of functions, for whoever compiles the same content again and again."""

from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")


class Memo:
    """One result for each name, given back as long as the arguments are equal to those that it came of.

    For functions that always return the same for the same, and for values that nobody changes: it holds both as they
    are. What is to outlast the process is for `hooks/kb/kept.py`. Not safe for several threads.
    """

    def __init__(self) -> None:
        self._results: dict[str, tuple[tuple[Any, ...], Any]] = {}
        self._used: set[str] = set()

    def of(self, name: str, function: Callable[..., T], *arguments: Any) -> T:
        """What the function returns for these arguments. It is called only if it has to be."""
        known = self._results.get(name)
        if known is None or known[0] != arguments:
            known = self._results[name] = arguments, function(*arguments)
        self._used.add(name)
        result: T = known[1]
        return result

    def sweep(self) -> None:
        """Drop what nobody asked for since the last sweep, such as articles that are gone."""
        self._results = {name: self._results[name] for name in self._used}
        self._used.clear()
