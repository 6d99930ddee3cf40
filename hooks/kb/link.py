"""Links from page to page: those that lead nowhere, and others in their place.

Whether a page has the section that a link names is left to MkDocs, which knows the headings of every page once it has
made them.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote

from kb.article import FOLDERS
from kb.fault import Fault, did_you_mean
from kb.memo import Memo
from kb.source import Source

_WORTH_A_LOOK = re.compile(r"\]\(\s*<?/|\]:\s*<?/")
GUESSES = 20
"""How many missing pages get a guess at what was meant: each is compared with all the others."""

_DESTINATION = re.compile(r"\]\(\s*<?(/[^\s)>#?]*)|^ {0,3}\[[^]]+\]:\s*<?(/[^\s>#?]*)")
_CODE = re.compile(r"(`+)(?:(?!\1).)+?\1")
_FENCE = re.compile(r"^\s*(```|~~~)")
_NAME = re.compile(r"[\w.-]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class _Destination:
    """Where a link leads that begins at the top of docs, up to the section."""

    line: int
    """Counted from 1."""
    column: int
    """Where its slash stands in the line, counted from 0."""
    path: str
    """As it is written, with its slash."""


def check(
    docs: Path, pages: Mapping[str, Source | Fault], made: Set[str] | None, memo: Memo | None = None
) -> list[Fault]:
    """The faults of every page below docs, in links that begin at its top.

    `made` are the pages that the engine makes; without it, where it cannot make any, only links to articles are judged.
    """
    known = sorted(pages.keys() | (made or set()))
    guesses: dict[str, str] = {}

    def near(name: str) -> str:
        # A page that has gone may be missed by all the others.
        if name not in guesses and len(guesses) < GUESSES:
            guesses[name] = did_you_mean(name, known)
        return guesses.get(name, "")

    memo = memo or Memo()
    faults: list[Fault] = []
    for text in pages.values():
        # Whatever cannot be read is reported by whoever needs it.
        if isinstance(text, Source):
            found = memo.of(f"links {text.path}", _destinations, text.text)
            faults += _scan(docs, text.path, found, pages.keys(), made, near)
    return faults


def replaced(text: str, address: Callable[[str], str]) -> str:
    """The text with another address for each page or file that a link names from the top of docs. Code stays as it is.

    `address` is given the path as it is written, without the slash before it.
    """
    lines = text.split("\n")
    # From the end, so that what stands before in the line keeps its place.
    for one in reversed(_destinations(text)):
        line = lines[one.line - 1]
        rest = line[one.column + len(one.path) :]
        lines[one.line - 1] = line[: one.column] + address(one.path[1:]) + rest
    return "\n".join(lines)


class Changed:
    """Files that have come or gone, by their paths: a link to one of them leads elsewhere now.

    It may take a text for one with such a link that has none, never the other way round.
    """

    def __init__(self, paths: Iterable[str]) -> None:
        self._names = frozenset(path.rpartition("/")[2] for path in paths)
        # Others can be written in more than one way.
        self._plain = all(_NAME.fullmatch(name) for name in self._names)

    def named_in(self, text: str) -> bool:
        """Whether the text may have a link to one of them."""
        return not self._plain or not self._names.isdisjoint(_NAME.findall(text) if self._names else ())


def _scan(
    docs: Path,
    path: str,
    found: list[_Destination],
    written: Set[str],
    made: Set[str] | None,
    near: Callable[[str], str],
) -> Iterator[Fault]:
    for one in found:
        name = unquote(one.path.lstrip("/"))
        if not _leads_somewhere(docs, name, written, made):
            yield Fault(
                path,
                one.line,
                one.column + 1,
                "broken-link",
                f"There is no page '/{name[:60]}'.",
                near(name).replace("'", "'/", 1),
            )


def _destinations(text: str) -> list[_Destination]:
    found: list[_Destination] = []
    if not _WORTH_A_LOOK.search(text):
        return found
    fence = ""
    fences = "```" in text or "~~~" in text
    for number, line in enumerate(text.split("\n"), 1):
        if fences and (mark := _FENCE.match(line)) and fence in {"", mark[1]}:
            fence = "" if fence else mark[1]
        if fence or "]" not in line or not _WORTH_A_LOOK.search(line):
            continue
        plain = _CODE.sub(lambda code: " " * len(code[0]), line) if "`" in line else line
        for link in _DESTINATION.finditer(plain):
            group = 1 if link[1] else 2
            found.append(_Destination(number, link.start(group), link[group]))
    return found


def _leads_somewhere(docs: Path, name: str, written: Set[str], made: Set[str] | None) -> bool:
    if made is None and name.partition("/")[0] not in FOLDERS.values():
        return True
    # A picture or another file besides the pages.
    return name in written or name in (made or ()) or (not name.endswith(".md") and (docs / name).is_file())
