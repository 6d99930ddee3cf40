"""Links from page to page that lead nowhere.

Whether a page has the section that a link names is left to MkDocs, which knows the headings of every page once it has
made them.
"""

import re
from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from urllib.parse import unquote

from kb.article import FOLDERS
from kb.fault import Fault, did_you_mean
from kb.source import Source

_WORTH_A_LOOK = re.compile(r"\]\(\s*<?/|\]:\s*<?/")
_DESTINATION = re.compile(r"\]\(\s*<?(/[^\s)>#?]*)|^ {0,3}\[[^]]+\]:\s*<?(/[^\s>#?]*)")
_CODE = re.compile(r"(`+)(?:(?!\1).)+?\1")
_FENCE = re.compile(r"^\s*(```|~~~)")


def check(docs: Path, pages: Mapping[str, Source | Fault], made: Set[str] | None) -> list[Fault]:
    """The faults of every page below docs, in links that begin at its top.

    `made` are the pages that the engine makes; without it, where it cannot make any, only links to articles are judged.
    """
    faults: list[Fault] = []
    for text in pages.values():
        # Whatever cannot be read is reported by whoever needs it.
        if isinstance(text, Source) and _WORTH_A_LOOK.search(text.text):
            faults += _scan(docs, text, pages.keys(), made)
    return faults


def _scan(docs: Path, text: Source, written: Set[str], made: Set[str] | None) -> Iterator[Fault]:
    fence = ""
    fences = "```" in text.text or "~~~" in text.text
    for number, line in enumerate(text.text.split("\n"), 1):
        if fences and (mark := _FENCE.match(line)) and fence in {"", mark[1]}:
            fence = "" if fence else mark[1]
        if fence or "]" not in line or not _WORTH_A_LOOK.search(line):
            continue
        plain = _CODE.sub(lambda code: " " * len(code[0]), line) if "`" in line else line
        for link in _DESTINATION.finditer(plain):
            group = 1 if link[1] else 2
            name = unquote(link[group].lstrip("/"))
            if not _leads_somewhere(docs, name, written, made):
                near = did_you_mean(name, written | (made or set()))
                yield Fault(
                    text.path,
                    number,
                    link.start(group) + 1,
                    "broken-link",
                    f"There is no page '/{name[:60]}'.",
                    near.replace("'", "'/", 1),
                )


def _leads_somewhere(docs: Path, name: str, written: Set[str], made: Set[str] | None) -> bool:
    if made is None and name.partition("/")[0] not in FOLDERS.values():
        return True
    # A picture or another file besides the pages.
    return name in written or name in (made or ()) or (not name.endswith(".md") and (docs / name).is_file())
