"""The anchors of a page, as a large site has to hold them for each of its pages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any


class Anchors:
    """Says what is in it, as a set does, in a tenth of the memory. No anchor goes over two lines."""

    __slots__ = ("text",)

    def __init__(self, names: Iterable[str] = (), text: str = "\n") -> None:
        """`text` is that of others."""
        self.text = "\n".join(["", *sorted(names), ""]) if names else text

    def __contains__(self, name: str) -> bool:
        return f"\n{name}\n" in self.text


class Contents:
    """The sections of a page until it is written, and what MkDocs wants to know of its links in the end.

    All in one: a page with more attributes than MkDocs gives to all of them takes twice the memory.
    """

    __slots__ = ("anchors", "items", "links")

    def __init__(self, anchors: Anchors, links: Mapping[Any, dict[str, str]] | None, items: Sequence[Any] = ()) -> None:
        """`links` are those to sections, by the file that they lead to; `items` are headings, as MkDocs has them."""
        self.anchors, self.links, self.items = anchors, links or None, items

    def __iter__(self) -> Iterator[Any]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)
