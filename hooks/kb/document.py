"""A Markdown file taken apart into its front matter and its body.

The engine does this itself because MkDocs drops front matter that is not valid YAML without a word.
"""

from dataclasses import dataclass

from kb import matter
from kb.fault import Fault
from kb.matter import Matter
from kb.source import Source


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
    lines = source.text.split("\n")
    if lines[0].rstrip() != "---":
        return Fault(
            source.path,
            1,
            1,
            "no-front-matter",
            "The file does not begin with front matter.",
            "Begin it with a line '---', then the keys such as 'title: …', then a line '---'.",
        )
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        return Fault(
            source.path,
            1,
            1,
            "unclosed-front-matter",
            "The front matter that begins here never ends.",
            "Put a line '---' below its last key.",
        )
    rest = lines[end + 1 :]
    blank = next((number for number, line in enumerate(rest) if line.strip()), len(rest))
    return Parts("\n".join(lines[1:end]) + "\n", "\n".join(rest[blank:]).rstrip() + "\n", end + 2 + blank)
