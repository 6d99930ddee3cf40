"""Ordinary Markdown, made of a page's: without the blocks and attributes that only extensions of Python-Markdown read,
with an anchor at each heading and links from file to file.

No converter: it knows what the templates in overrides/markdown write, and nothing else that an extension may offer.
What remains is CommonMark with tables and `{#anchor}`, which many generators read.
"""

import posixpath
import re

from kb import heading, link

_FENCE = re.compile(r"\s*(```+|~~~+)")
_BLOCK = re.compile(r"/{3,}(?: .*)?")
_OPTIONS = re.compile(r" {4}attrs: ")
_ATTRIBUTES = re.compile(r"\{ (.+) \}")
_NAMED = re.compile(r"#([^\s}]+)")
_HEADING = re.compile(r"(#{1,6}) +((?:\\.|[^\\])+?)(?: \{ #([^\s}]+)[^}]* \}| *#*)")
_PLACE = re.compile(r'<a id="([^"]+)"></a>')
_ESCAPES = re.compile(r"(?P<left>\\\\|(?P<code>`+)(?:(?!(?P=code)).)+?(?P=code))|(?<!\])\\(?P<sign>[-.()])")
_LETTER = re.compile(r"[^\W\d_]")
_ITEM = "- "
_NO_TEXT = "data-search-exclude"
"""The attribute of a paragraph in whose place the templates put something to tick or to press."""


def ordinary(markdown: str, page: str) -> str:
    """The Markdown of a page without front matter; `page` is the path of its file, from which its links lead."""
    lines = _bare(markdown.split("\n"))
    return link.replaced(_anchored(lines), lambda path: _from(page, path))


def _bare(lines: list[str]) -> list[str]:
    kept: list[str] = []
    fence, opened = "", False
    for line in lines:
        if (mark := _FENCE.match(line)) and fence in {"", mark[1]}:
            fence = "" if fence else mark[1]
        if fence:
            kept.append(line)
        elif _BLOCK.fullmatch(line):
            opened = True
            continue
        elif found := _ATTRIBUTES.fullmatch(line):
            _apply(found[1], kept)
        # Where a block was, one empty line remains.
        elif not (opened and _OPTIONS.match(line)) and (line or (kept and kept[-1])):
            kept.append(_readable(line))
        opened = False
    return kept


def _readable(line: str) -> str:
    """Without escapes that change nothing: behind the first letter no hyphen, full stop or bracket means anything, but
    a bracket behind another."""
    letter = _LETTER.search(line)
    start = letter.start() if letter else len(line)
    return _ESCAPES.sub(lambda found: found["sign"] if found["sign"] and found.start() > start else found[0], line)


def _apply(attributes: str, kept: list[str]) -> None:
    """What attributes in a line of their own say about the paragraph or the item of a list before them."""
    if _NO_TEXT in attributes:
        while kept and kept[-1]:
            kept.pop()
    elif named := _NAMED.match(attributes):
        item = max(number for number, line in enumerate(kept) if line.startswith(_ITEM))
        kept[item] = f'{_ITEM}<a id="{named[1]}"></a>{kept[item].removeprefix(_ITEM)}'


def _anchored(lines: list[str]) -> str:
    """The same with the anchor at each heading that our own converter would give it."""
    headings: dict[int, re.Match[str]] = {}
    used: set[str] = set()
    fence = ""
    for number, line in enumerate(lines):
        if (mark := _FENCE.match(line)) and fence in {"", mark[1]}:
            fence = "" if fence else mark[1]
        if fence:
            continue
        used.update(_PLACE.findall(line))
        if found := _HEADING.fullmatch(line):
            headings[number] = found
            used |= {found[3]} - {None}
    for number, found in headings.items():
        name = found[3] or heading.unique(heading.anchor(found[2]), used)
        lines[number] = f"{found[1]} {found[2]} {{#{name}}}"
    return "\n".join(lines).strip() + "\n"


def _from(page: str, path: str) -> str:
    return posixpath.relpath(path or "index.md", posixpath.dirname(page) or ".")
