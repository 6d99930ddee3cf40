"""What earlier builds made, each with a mark of all that it was made of."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

Things = dict[str, tuple[str, Any]]
"""By name a mark and a thing."""


class Kept:
    """One thing for each name, given back only as long as it would be made of the same.

    It knows nothing of pages, files or time: whoever keeps a thing says what it is made of, in values whose `repr` is
    all about them. Not safe for several threads; MkDocs builds in one.
    """

    def __init__(self, things: Mapping[str, tuple[str, Any]] | None = None) -> None:
        self._things = dict(things or {})
        self._used: set[str] = set()

    def keep(self, name: str, made_of: object, thing: object) -> None:
        """In place of whatever had this name."""
        self._things[name] = (mark(made_of), thing)
        self._used.add(name)

    def recall(self, name: str, made_of: object) -> Any | None:
        """The thing of this name, or None if there is none or it was made of something else."""
        known, thing = self._things.get(name, ("", None))
        if known != mark(made_of):
            return None
        self._used.add(name)
        return thing

    def look(self, name: str) -> Any | None:
        """The thing of this name, whatever it was made of. It is not used by that."""
        return self._things.get(name, ("", None))[1]

    def use(self, name: str) -> None:
        """It is as good as recalled."""
        self._used.add(name)

    def add(self, things: Things) -> None:
        """What another one kept or recalled."""
        self._things |= things
        self._used |= things.keys()

    def forget(self) -> None:
        """Drop everything."""
        self._things.clear()
        self._used.clear()

    def sweep(self) -> Things:
        """Drop what nobody kept or recalled since the last sweep, such as pages that are gone. Returns what is left."""
        self._things = {name: thing for name, thing in self._things.items() if name in self._used}
        self._used.clear()
        return self._things


def mark(made_of: object) -> str:
    """A digest that differs where the `repr` does. That of a long text is the faster one: take its mark into others."""
    # A page is made of tens of thousands of characters. Nobody needs them, only whether they are the same.
    text = f"str {made_of}" if isinstance(made_of, str) else repr(made_of)
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
