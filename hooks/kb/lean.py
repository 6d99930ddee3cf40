"""Leaves out of a script what only its readers need: comments, and the blanks around signs."""

from pygments.lexers.javascript import JavascriptLexer  # type: ignore[import-untyped]
from pygments.token import Comment, Text, Whitespace  # type: ignore[import-untyped]

SIGNS = frozenset("{}()[];,:?=<>&|!")
OPENING = frozenset("{([,;")
CLOSING = frozenset("})].")


def lean(script: str) -> str:
    """A line still ends where one ended, unless a sign shows that the statement goes on: no semicolon is guessed."""
    parts: list[str] = []
    gap = ""
    for _, kind, value in JavascriptLexer().get_tokens_unprocessed(script):
        if kind in Comment:
            gap += "\n" if "\n" in value else " "
        elif kind in Text or kind in Whitespace:
            gap += value
        elif value:
            if gap and parts:
                parts.append(_between(parts[-1][-1], value[0], gap))
            parts.append(value)
            gap = ""
    return "".join(parts) + "\n"


def _between(before: str, after: str, gap: str) -> str:
    if "\n" in gap:
        return "" if before in OPENING or after in CLOSING else "\n"
    return "" if before in SIGNS or after in SIGNS else " "
