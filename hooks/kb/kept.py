"""What earlier builds of the same command made, each with a mark of all that it was made of."""

from hashlib import sha256
from typing import Any


class Kept:
    """One thing for each name, given back only as long as it would be made of the same.

    It knows nothing of pages, files or time: whoever keeps a thing says what it is made of, in values whose `repr` is
    all about them. Not safe for several threads; `mkdocs serve` builds in one.
    """

    def __init__(self) -> None:
        self._things: dict[str, tuple[bytes, Any]] = {}
        self._used: set[str] = set()

    def keep(self, name: str, made_of: object, thing: object) -> None:
        """In place of whatever had this name."""
        self._things[name] = (_mark(made_of), thing)
        self._used.add(name)

    def recall(self, name: str, made_of: object) -> Any | None:
        """The thing of this name, or None if there is none or it was made of something else."""
        mark, thing = self._things.get(name, (b"", None))
        if mark != _mark(made_of):
            return None
        self._used.add(name)
        return thing

    def sweep(self) -> None:
        """Drop what nobody kept or recalled since the last sweep, such as pages that are gone."""
        self._things = {name: thing for name, thing in self._things.items() if name in self._used}
        self._used.clear()


def _mark(made_of: object) -> bytes:
    # A page is made of tens of thousands of characters. Nobody needs them, only whether they are the same.
    return sha256(repr(made_of).encode("utf-8", "surrogatepass")).digest()
