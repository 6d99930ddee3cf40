"""Leaves out of scripts, style sheets and templates what only their writers need: comments, blanks, the last comma.

A comment that is a licence stays.
"""

import re

from jinja2.ext import Extension
from pygments.lexers.javascript import JavascriptLexer  # type: ignore[import-untyped]
from pygments.token import Comment, Text, Whitespace  # type: ignore[import-untyped]

SIGNS = frozenset("{}()[];,:?=<>&|!")
OPENING = frozenset("{([,;")
CLOSING = frozenset("})].")
# How a comment begins that has to go along, by an old custom of tools like this one.
LICENCE = "/*!"
# A comma that stands for an item of its own stays: "[1,,]" has two.
LEFT_OUT = frozenset("[,")


AS_WRITTEN = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2>)", re.S)
"""Elements in which each blank counts, or a digest of the text is taken."""


class LeanTemplates(Extension):
    """For Jinja: pages come without indentation, at no cost, as their templates are read without it."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:  # noqa: ARG002 - Jinja's
        return lean_html(source)


def lean_html(html: str) -> str:
    """HTML, or a template of it, without empty lines and the blanks that lines begin with: all count as one blank."""
    parts = AS_WRITTEN.split(html)
    # What is between elements, the element, its name; and so on.
    parts[::3] = [re.sub(r"\n\s+", "\n", part) for part in parts[::3]]
    return "".join(part for number, part in enumerate(parts) if number % 3 != 2)


def lean_style(style: str) -> str:
    """A style sheet without comments and the blanks that lines begin with. No text in it may hold either."""
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*(?!!).*?\*/", "", style, flags=re.S)).strip() + "\n"


def lean(script: str) -> str:
    """A line still ends where one ended, unless a sign shows that the statement goes on: no semicolon is guessed."""
    parts: list[str] = []
    gap = ""
    for _, kind, value in JavascriptLexer().get_tokens_unprocessed(script):
        if kind in Comment and not value.startswith(LICENCE):
            gap += "\n" if "\n" in value else " "
        elif kind in Text or kind in Whitespace:
            gap += value
        elif value:
            if value in "})]" and parts[-1:] == [","] and parts[-2] not in LEFT_OUT:
                parts.pop()
            if gap and parts and (kept := _between(parts[-1][-1], value[0], gap)):
                parts.append(kept)
            parts.append(value)
            gap = ""
    return "".join(parts) + "\n"


def _between(before: str, after: str, gap: str) -> str:
    if "\n" in gap:
        return "" if before in OPENING or after in CLOSING else "\n"
    return "" if before in SIGNS or after in SIGNS else " "
