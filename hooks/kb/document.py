"""A Markdown file taken apart into its front matter and its body.

The engine does this itself because MkDocs drops front matter that is not valid YAML without a word.
"""

import re
from dataclasses import dataclass

from kb import matter
from kb.fault import Fault
from kb.matter import Matter
from kb.source import Source

_FENCE = re.compile(r"^---[^\S\n]*$", re.M)
_BLANK_LINES = re.compile(r"\s*\n")
"""With the end of the line before them."""


@dataclass(frozen=True, slots=True)
class Document:
    path: str
    front: Matter
    body: str
    body_line: int
    """The line of the file in which the body begins."""


@dataclass(frozen=True, slots=True)
class Parts:
    """A file cut in two. Nobody has looked at its YAML."""

    front: str
    body: str
    body_line: int


def parse(source: Source) -> Document | Fault:
    parts = split(source)
    if isinstance(parts, Fault):
        return parts
    front = matter.parse(source, parts.front, offset=1)
    return front if isinstance(front, Fault) else Document(source.path, front, parts.body, parts.body_line)


def split(source: Source) -> Parts | Fault:
    text = source.text
    begin = _FENCE.match(text)
    if begin is None:
        return Fault(
            source.path,
            1,
            1,
            "no-front-matter",
            "The file does not begin with front matter.",
            "Begin it with a line '---', then the keys such as 'title: …', then a line '---'.",
        )
    front = begin.end() + 1
    end = _FENCE.search(text, front)
    if end is None:
        return Fault(
            source.path,
            1,
            1,
            "unclosed-front-matter",
            "The front matter that begins here never ends.",
            "Put a line '---' below its last key.",
        )
    blank = _BLANK_LINES.match(text, end.end())
    body = blank.end() if blank else end.end()
    return Parts(text[front : end.start()], text[body:].rstrip() + "\n", text.count("\n", 0, body) + 1)
