"""What people read in a file, passage by passage, with the place of every word in the file.

Marks of Markdown, addresses and code are not prose. Texts of front matter and of data files are, as far as they are
sentences or names for people; names of pages, dates and phrases are not.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from kb import document
from kb.document import Document
from kb.matter import Matter, Place
from kb.source import Source

Kind = Literal["title", "description", "because", "label", "heading", "paragraph", "item", "step", "cell"]
"""A `because` is the cause that a problem gives for a remedy; a `label` is a text of a data file."""

SENTENCES = frozenset[Kind]({"paragraph", "item", "step"})
"""Kinds that are made of sentences, and stand in the text of a page."""

CODE = "\ufffc"
"""Stands in a passage for a piece of code: a thing, not a word."""

_SENTENCE = re.compile(r"\S.*?(?:[.?!…][\"')\]]*(?=\s|$)|$)", re.S)
_WORD = re.compile(r"[^\W_]+(?:['’\-.][^\W_]+)*")


class Part(NamedTuple):
    """Where a run of letters of a passage stands in the file."""

    start: int
    place: Place


class Link(NamedTuple):
    """The words of a passage between `start` and `end` lead to an address."""

    start: int
    end: int
    target: str
    place: Place
    """Of the address."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A title, a paragraph, a step, a cell … as it is read: one line of plain text."""

    path: str
    kind: Kind
    text: str
    parts: tuple[Part, ...]
    links: tuple[Link, ...] = ()
    labels: tuple[range, ...] = ()
    """Where the letters in bold are: labels, as they stand on the screen."""

    def place(self, offset: int = 0) -> Place:
        """Where in the file the character at `offset` stands."""
        start, place = self.parts[max(bisect_right(self.parts, offset, key=lambda part: part.start) - 1, 0)]
        return Place(place.line, place.column + offset - start)

    def sentences(self) -> Iterator[tuple[int, str]]:
        """Each with its start. A full stop ends a sentence if a blank follows it."""
        for match in _SENTENCE.finditer(self.text):
            yield match.start(), match[0]


def words(text: str) -> list[str]:
    """The words of a text; a piece of code is one, and so is what a hyphen, a dot or an apostrophe joins."""
    return _WORD.findall(text.replace(CODE, " x "))


def of_article(source: Source) -> list[Passage]:
    """The prose of a Markdown file, front matter first. What cannot be parsed is somebody else's fault to report."""
    parsed = document.parse(source) if source.text.startswith("---") else None
    if not isinstance(parsed, Document):
        return list(_body(source.path, source.text, 1)) if parsed is None else []
    return [*_front(source, parsed.front), *_body(source.path, parsed.body, parsed.body_line)]


def of_data(source: Source, data: Matter) -> list[Passage]:
    """The texts of a YAML file, such as the vocabulary: whatever has a blank in it is for people."""
    lines = source.text.split("\n")
    return [
        _value(source.path, "label", text, data.place(where), lines)
        for where, text in _leaves(data.data)
        if " " in text.strip()
    ]


def _leaves(data: Any, where: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(data, str):
        yield where, data
        return
    items = data.items() if isinstance(data, Mapping) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from _leaves(value, (*where, key))


def _front(source: Source, front: Matter) -> Iterator[Passage]:
    lines = source.text.split("\n")
    for key in ("title", "description"):
        text = front.data.get(key)
        if isinstance(text, str) and text:
            yield _value(source.path, "title" if key == "title" else "description", text, front.place((key,)), lines)
    remedies = front.data.get("remedies")
    for number, entry in enumerate(remedies if isinstance(remedies, list) else ()):
        for slug, reason in entry.items() if isinstance(entry, dict) else ():
            inner = (slug, "cause") if isinstance(reason, dict) else (slug,)
            text = reason.get("cause") if isinstance(reason, dict) else reason
            if isinstance(text, str) and text:
                yield _value(source.path, "because", text, front.place(("remedies", number, *inner)), lines)


def _value(path: str, kind: Kind, text: str, place: Place, lines: list[str]) -> Passage:
    quoted = lines[place.line - 1][place.column - 1 : place.column] in {"'", '"'}
    return Passage(path, kind, text, (Part(0, Place(place.line, place.column + quoted)),))


def _body(path: str, text: str, first_line: int) -> Iterator[Passage]:
    # Text stays in the pieces in which it stands in the file, so that each can be found there again.
    tokens = MarkdownIt("commonmark").enable("table").disable("text_join").parse(text)
    lines = text.split("\n")
    around: list[str] = []
    cursor = _Cursor(lines)
    for token in tokens:
        if token.nesting:
            if token.nesting > 0:
                around.append(token.type.removesuffix("_open"))
            else:
                around.pop()
        elif token.type == "inline" and token.map is not None:
            cursor.go_to(token.map[0])
            passage = _inline(path, _kind(around), token, cursor, first_line)
            if passage.text.strip():
                yield passage


def _kind(around: list[str]) -> Kind:
    for name in reversed(around):
        match name:
            case "heading":
                return "heading"
            case "th" | "td":
                return "cell"
            case "ordered_list":
                return "step"
            case "bullet_list":
                return "item"
    return "paragraph"


class _Cursor:
    """Walks through the lines of a text, from one piece of it to the next."""

    def __init__(self, lines: list[str]) -> None:
        self.lines, self.line, self.column = lines, 0, 0

    @property
    def place(self) -> Place:
        return Place(self.line, self.column)

    def go_to(self, line: int) -> None:
        # The cells of a row are on one line.
        if line > self.line:
            self.line, self.column = line, 0

    def next_line(self) -> None:
        self.go_to(self.line + 1)

    def find(self, piece: str) -> Place:
        """The next place where the piece stands, counted from 0; the cursor is then behind it."""
        found = self.lines[self.line].find(piece, self.column)
        # A piece that was written in another way than it reads: stay, and be wrong by some characters.
        if found < 0:
            return self.place
        self.column = found + len(piece)
        return Place(self.line, found)


def _inline(path: str, kind: Kind, token: Token, cursor: _Cursor, first_line: int) -> Passage:
    def shown(place: Place) -> Place:
        return Place(place.line + first_line, place.column + 1)

    text, parts, links = "", list[Part](), list[Link]()
    labels: list[range] = []
    opened, bold = (0, ""), 0
    for child in token.children or ():
        match child.type:
            case "text" | "text_special":
                place = cursor.find(child.markup or child.content)
                if child.content:
                    parts.append(Part(len(text), shown(place)))
                    text += child.content
            case "softbreak" | "hardbreak":
                parts.append(Part(len(text), shown(cursor.place)))
                cursor.next_line()
                text += " "
            case "code_inline" | "image":
                parts.append(Part(len(text), shown(cursor.find(child.content))))
                text += CODE
            case "link_open":
                opened = (len(text), str(child.attrs.get("href", "")))
            case "link_close":
                start, target = opened
                if child.info == "auto":
                    # The address is the text: not prose.
                    place = parts[-1].place
                    text = text[:start] + CODE
                else:
                    place = shown(cursor.find(target))
                links.append(Link(start, len(text), target, place))
            case "strong_open":
                bold = len(text)
            case "strong_close":
                labels.append(range(bold, len(text)))
    if not parts:
        parts.append(Part(0, shown(cursor.place)))
    return Passage(path, kind, text, tuple(parts), tuple(links), tuple(labels))
