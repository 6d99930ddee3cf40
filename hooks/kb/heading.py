"""The headings of a text, and the anchors that they get in its page."""

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

_HEADING = re.compile(r"^#{1,6}(.+?)#*$")
_FENCE = re.compile(r"^\s*(```+|~~~+)")
_LINK = re.compile(r"\]\([^)]*\)")
_EMPHASIS = re.compile(r"(?<!\w)_+|_+(?!\w)")
_NO_LETTERS = re.compile(r"[^\w\s-]")
_BLANKS = re.compile(r"[-\s]+")


def anchor(text: str) -> str:
    """A heading as a fragment, as Python-Markdown's extension `toc` makes it: not yet unique in its page."""
    plain = _LINK.sub("]", text)
    # Hardly any has one, and to look for where it stands costs more than all the rest.
    plain = html.unescape(_EMPHASIS.sub("", plain) if "_" in plain else plain)
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode("ascii")
    return _BLANKS.sub("-", _NO_LETTERS.sub("", plain).strip().lower())


def anchors(body: str, taken: Iterable[str]) -> Mapping[str, str]:
    """The headings of a body by their anchors, in order. `taken` are the anchors that its page has besides."""
    used = set(taken)
    return {unique(anchor(text), used): text for text in _headings(body)}


def unique(name: str, used: set[str]) -> str:
    """An anchor with a number behind it where it is empty or used already. The set takes it up."""
    bare, number = name, 0
    while not name or name in used:
        number += 1
        name = f"{bare}_{number}"
    used.add(name)
    return name


def _headings(body: str) -> Iterator[str]:
    """What looks like a heading in a block of code is none."""
    fence = ""
    fences = "```" in body or "~~~" in body
    for line in body.split("\n"):
        mark = _FENCE.match(line) if fences else None
        if mark:
            fence = "" if fence and mark[1].startswith(fence) else fence or mark[1]
        elif line.startswith("#") and not fence and (heading := _HEADING.match(line)):
            yield heading[1].strip()
