"""Checks the body of an article for markup that could harm a reader or break a page.

A look at the text, line by line, so that a fault has a place. It need not be complete: the Markdown converter runs
without raw HTML (see plain.py), so what slips through here is shown as text.
"""

import re
from collections.abc import Iterator

from kb.document import Document
from kb.fault import Fault
from kb.matter import CONTROL

_SUSPICIOUS_START = re.compile(r"#|[ \t]*(?:///|```|~~~|\[)|(?:=+|-+) *$")
_FENCE = re.compile(r"^\s*(```+|~~~+)")
_CODE = re.compile(r"(`+)(?:(?!\1).)+?\1")
_TAG = re.compile(r"</?[A-Za-z][^>]*>?|<!--|<[!?]")
_AUTOLINK = re.compile(r"<(?:https?|mailto|tel):[^<>\s]*>")
_BLOCK = re.compile(r"^\s*///")
_ATTRIBUTES = re.compile(r"\{[:.#\s]*[^{}\n]*\}")
_DESTINATION = re.compile(r"\]\(\s*<?([^\s)>]*)|^\s*\[[^]]+\]:\s*<?(\S+?)>?(?:\s|$)")
_ABSOLUTE = re.compile(r"^(https|mailto|tel):", re.I)
_SCHEME = re.compile(r"^[\s\x00-\x20]*([A-Za-z][A-Za-z0-9+.\-]*|[^/#?]*&[^/]*)\s*(?::|&colon;)", re.I)
_UNDERLINE = re.compile(r"^(?:=+|-+) *$")
_HEADING = re.compile(r"^(#{1,6})")


def check(document: Document, *, headings: bool) -> list[Fault]:
    """`headings` says whether this kind of article may have headings of its own (level 2 and below)."""
    return list(_faults(document, headings=headings))


def _faults(document: Document, *, headings: bool) -> Iterator[Fault]:
    body, fence, opened = document.body, "", 0
    for match in CONTROL.finditer(body):
        yield Fault(
            document.path,
            document.body_line + body.count("\n", 0, match.start()),
            match.start() - body.rfind("\n", 0, match.start()),
            "control-character",
            f"There is an invisible control character (U+{ord(match[0]):04X}) here.",
            "Delete it and type the text again.",
        )
    if not body.strip():
        yield Fault(
            document.path,
            1,
            1,
            "no-text",
            "There is no text below the front matter.",
            "Write the article, or delete it.",
        )
    for number, start, line in _suspicious_lines(document):
        # Also where this loop sees a block of code: the converter knows better which fences count.
        if _BLOCK.match(line):
            yield Fault(
                document.path,
                number,
                1,
                "raw-html",
                "'///' begins a block that only the engine may use.",
                "Write Markdown.",
            )
        opening = _FENCE.match(line)
        if opening:
            mark = opening[1]
            if not fence:
                fence, opened = mark, number
            elif mark.startswith(fence):
                fence = ""
            continue
        if fence:
            continue
        if _UNDERLINE.match(line) and body[: max(start - 1, 0)].rpartition("\n")[2].strip():
            yield Fault(
                document.path,
                number,
                1,
                "underlined-heading",
                "This line makes a heading of the one above it.",
                "Write a heading as '## …'. A rule needs an empty line above it.",
            )
        text = _CODE.sub(lambda match: " " * len(match[0]), line) if "`" in line else line
        yield from _line_faults(document.path, number, text, headings=headings)
    if fence:
        yield Fault(
            document.path,
            opened,
            1,
            "unclosed-code",
            "The block of code that begins here never ends.",
            f"Put a line '{fence}' below it.",
        )


def _suspicious_lines(document: Document) -> Iterator[tuple[int, int, str]]:
    """The lines worth a closer look, each with its number in the file and its start in the body. Most are not."""
    start = 0
    for number, line in enumerate(document.body.split("\n"), document.body_line):
        if "](" in line or "<" in line or "{" in line or _SUSPICIOUS_START.match(line):
            yield number, start, line
        start += len(line) + 1


def _line_faults(path: str, number: int, text: str, *, headings: bool) -> Iterator[Fault]:
    for match in _TAG.finditer(_AUTOLINK.sub(lambda link: " " * len(link[0]), text)) if "<" in text else ():
        yield Fault(
            path,
            number,
            match.start() + 1,
            "raw-html",
            f"'{match[0][:30]}' is HTML, which articles may not hold.",
            "Write Markdown. For the sign itself put it in backticks.",
        )
    for match in _ATTRIBUTES.finditer(text) if "{" in text else ():
        yield Fault(
            path,
            number,
            match.start() + 1,
            "attributes",
            f"'{match[0][:30]}' sets HTML attributes, which articles may not do.",
            "Take it out.",
        )
    for match in _DESTINATION.finditer(text):
        destination = match[1] if match[1] is not None else match[2]
        column = match.start(1 if match[1] is not None else 2) + 1
        yield from _destination_faults(path, number, column, destination)
    heading = _HEADING.match(text)
    if heading and not headings:
        yield Fault(
            path,
            number,
            1,
            "heading-in-remedy",
            "A remedy has no headings: it is shown inside other pages.",
            "Make it a sentence.",
        )
    elif heading and len(heading[1]) == 1:
        yield Fault(path, number, 1, "second-title", "The title is the only heading of level 1.", "Begin with '## '.")


def _destination_faults(path: str, number: int, column: int, destination: str) -> Iterator[Fault]:
    if _ABSOLUTE.match(destination):
        return
    if destination.lower().startswith("http:"):
        yield Fault(
            path, number, column, "insecure-link", f"'{destination[:60]}' is not encrypted.", "Begin it with https://."
        )
    elif destination.startswith("//") or _SCHEME.match(destination):
        yield Fault(
            path,
            number,
            column,
            "unsafe-link",
            f"A link may not lead to '{destination[:60]}'.",
            "Use https, mailto, or a page such as /problems/….md.",
        )
    elif destination and not destination.startswith(("/", "#")):
        yield Fault(
            path,
            number,
            column,
            "relative-link",
            f"'{destination[:60]}' is written from this file.",
            "Write it from the top of docs, such as /remedies/….md.",
        )
