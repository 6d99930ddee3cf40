"""YAML as plain data with the place of every key and value.

Every scalar stays text: what it means is the schema's to say, so `yes`, `42` and `2026-11-21` are no surprises.
Anchors, aliases and tags are refused; nobody needs them here, and nested aliases can blow a small file up.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

import yaml
from yaml import MappingEndEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from kb.fault import Fault
from kb.source import Source

DEEPEST = 8
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\ufffe\uffff]")
_QUOTED_VALUE = re.compile(r"""[ \t]*(?:- +)?(?:[\w-]+: +)?(?=["'])""")
_QUOTED = re.compile(r"""\"(?:[^"\\]|\\.)*\"|'(?:[^']|'')*'""")
_CUT = re.compile(r"[ \t]+#")
_WORD = re.compile(r"[a-z0-9.\-]*")
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})

Path = tuple[str | int, ...]


class Place(NamedTuple):
    """Where something stands in its file; both count from 1."""

    line: int
    column: int


START = Place(1, 1)


class Places:
    """Where keys and values stand in a text. It reads the text once more, but only if somebody asks: few ever do."""

    def __init__(self, text: str, offset: int) -> None:
        self._text, self._offset = text, offset
        self._root: Any = None

    def find(self, path: Path, *, of_key: bool = False) -> Place:
        """The place of what is at `path`, or of the nearest thing around it."""
        if not path:
            return START
        self._root = node = self._root or yaml.compose(self._text, Loader=_LOADER)
        key = value = None
        for part in path:
            if isinstance(node, yaml.MappingNode):
                entry = next((entry for entry in node.value if entry[0].value == part), None)
            elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
                entry = (node.value[part], node.value[part])
            else:
                entry = None
            if entry is None:
                break
            (key, value), node = entry, entry[1]
        found = key if of_key else value
        if found is None:
            return START
        return Place(found.start_mark.line + 1 + self._offset, found.start_mark.column + 1)


@dataclass(frozen=True, slots=True)
class Matter:
    """The data of one YAML mapping, and where it stands."""

    data: Mapping[str, Any]
    places: Places

    def place(self, path: Path, *, of_key: bool = False) -> Place:
        """The place of what is at a path such as ("remedies", 0), or of the nearest thing around it."""
        return self.places.find(path, of_key=of_key)


class _RefusedError(Exception):
    def __init__(self, mark: Any, code: str, sentence: str, suggestion: str = "") -> None:
        self.mark, self.code, self.sentence, self.suggestion = mark, code, sentence, suggestion


class _Builder:
    """Turns the parser's events into data. One for each document."""

    def __init__(self, text: str, offset: int, *, lenient: bool) -> None:
        self.text = text
        # Not yaml.parse: two calls of Python for each event take as long as libyaml itself.
        self.next: Callable[[], Any] = _LOADER(text).get_event
        self.offset = offset
        self.lenient = lenient
        self.may_be_cut = not lenient and (" #" in text or "\t#" in text)

    def place(self, mark: Any) -> Place:
        return Place(mark.line + 1 + self.offset, mark.column + 1)

    def document(self) -> Any:
        """The data of the only document; None where there is none."""
        self.next()
        if isinstance(self.next(), yaml.StreamEndEvent):
            return None
        data = self.build(self.next(), 0)
        ending = self.next()
        # MkDocs takes "..." for the end of front matter, and what follows for text.
        following = ending if ending.explicit and not self.lenient else self.next()
        if not isinstance(following, yaml.StreamEndEvent):
            raise _RefusedError(
                following.start_mark,
                "second-document",
                "A second YAML document begins here.",
                "Take the line '---' or '...' out.",
            )
        return data

    def build(self, event: Any, depth: int) -> Any:
        # An alias has an anchor too.
        if event.anchor:
            raise _RefusedError(
                event.start_mark,
                "yaml-anchor",
                "'&' and '*' at the start of a value make YAML anchors, which are not used here.",
                "Put the text in quotes.",
            )
        if event.tag and not self.lenient:
            raise _RefusedError(
                event.start_mark,
                "yaml-tag",
                "'!' at the start of a value makes a YAML tag, which is not used here.",
                "Put the text in quotes.",
            )
        if depth > DEEPEST:
            raise _RefusedError(event.start_mark, "nested-too-deep", f"This is nested more than {DEEPEST} levels deep.")
        if isinstance(event, ScalarEvent):
            value, plain = event.value, event.implicit[0]
            # Elsewhere it would have been seen in the text; between double quotes it can be an escape.
            if event.style == '"' and (escaped := CONTROL.search(value)):
                raise _RefusedError(
                    event.start_mark,
                    "control-character",
                    f"The text that begins here holds an invisible control character (U+{ord(escaped[0]):04X}).",
                    "Take it out.",
                )
            end: Any = event.end_mark
            if self.may_be_cut and plain and not _WORD.fullmatch(value) and _CUT.match(self.text, end.index):
                raise _RefusedError(
                    end,
                    "cut-by-hash",
                    "YAML takes everything after ' #' as a comment, so the text ends before it.",
                    "Put the whole text in quotes, or the comment on a line of its own.",
                )
            return None if plain and value in _NULLS else value
        if isinstance(event, SequenceStartEvent):
            return self.sequence(depth + 1)
        return self.mapping(depth + 1)

    def sequence(self, depth: int) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := self.next(), SequenceEndEvent):
            items.append(self.build(event, depth))
        return items

    def mapping(self, depth: int) -> dict[str, Any]:
        items: dict[str, Any] = {}
        marks: dict[str, Any] = {}
        while not isinstance(event := self.next(), MappingEndEvent):
            if not isinstance(event, ScalarEvent) or event.anchor or event.tag:
                raise _RefusedError(
                    event.start_mark, "bad-key", "A key must be a plain word.", "Write it like 'title: …'."
                )
            key = event.value
            if key in items:
                raise _RefusedError(
                    event.start_mark,
                    "duplicate-key",
                    f"'{key}' stands here a second time; the first is in line {self.place(marks[key]).line}.",
                    "Keep one of the two.",
                )
            marks[key] = event.start_mark
            items[key] = self.build(self.next(), depth)
        return items


def parse(source: Source, text: str | None = None, offset: int = 0, *, lenient: bool = False) -> Matter | Fault:
    """Parse a YAML mapping. `text` may be a part of the source that begins `offset` lines below its first.

    `lenient` is for MkDocs' own file: values may have tags, which change nothing here, and comments behind them.
    """
    text = source.text if text is None else text
    control = CONTROL.search(text)
    if control:
        line = text.count("\n", 0, control.start()) + 1 + offset
        column = control.start() - text.rfind("\n", 0, control.start())
        return Fault(
            source.path,
            line,
            column,
            "control-character",
            f"There is an invisible control character (U+{ord(control.group()):04X}) here.",
            "Delete it and type the text again.",
        )
    builder = _Builder(text, offset, lenient=lenient)
    try:
        data = builder.document()
    except _RefusedError as refused:
        return Fault(source.path, *builder.place(refused.mark), refused.code, refused.sentence, refused.suggestion)
    except yaml.MarkedYAMLError as error:
        return _syntax_fault(source.path, text, offset, error)
    except yaml.YAMLError as error:
        return Fault(source.path, 1 + offset, 1, "invalid-yaml", f"This is not valid YAML: {error}.")
    if data is None:
        return Matter({}, Places(text, offset))
    if not isinstance(data, dict):
        return Fault(
            source.path,
            1 + offset,
            1,
            "invalid-yaml",
            "There are no 'key: value' lines here.",
            "Write a key, a colon, a space and the value.",
        )
    return Matter(MappingProxyType(data), Places(text, offset))


def _syntax_fault(path: str, text: str, offset: int, error: yaml.MarkedYAMLError) -> Fault:
    """Say in a writer's words what the YAML parser found."""
    mark: Any = error.problem_mark or error.context_mark
    lines = text.split("\n")
    row = min(mark.line, len(lines) - 1)
    line = lines[row]
    line_number, column = row + 1 + offset, mark.column + 1
    if opened := _open_quote(lines[:row]):
        return _unclosed_quote(path, opened.line + offset, opened.column)
    tab = line.find("\t")
    if tab >= 0 and not line[:tab].strip():
        return Fault(
            path, line_number, tab + 1, "tab", "There is a tab character here.", "YAML is indented with spaces only."
        )
    if error.problem and "mapping values are not allowed" in error.problem:
        key, _, value = line.partition(": ")
        example = (
            f' Write {key.strip()}: "{value.strip()}".' if key.strip() and value.strip() and '"' not in value else ""
        )
        return Fault(
            path,
            line_number,
            column,
            "unquoted-colon",
            "A colon and a space inside a text make YAML see a new key.",
            f"Put the whole text in quotes.{example}",
        )
    if error.problem and (
        "unexpected end of stream" in error.problem or "while scanning a quoted scalar" in (error.context or "")
    ):
        start: Any = error.context_mark or mark
        return _unclosed_quote(path, start.line + 1 + offset, start.column + 1)
    problem = error.problem or "the YAML parser cannot read it"
    return Fault(
        path,
        line_number,
        column,
        "invalid-yaml",
        f"This is not valid YAML: {problem}.",
        "Put texts with special characters in quotes, and indent with two spaces.",
    )


def _unclosed_quote(path: str, line: int, column: int) -> Fault:
    return Fault(
        path, line, column, "unclosed-quote", "The quote that opens here is never closed.", "Close it on the same line."
    )


def _open_quote(lines: list[str]) -> Place | None:
    """The first value that begins with a quote and has no second one in its line.

    YAML ends it at the next quote in some later line, and finds fault with what follows that one.
    """
    for number, line in enumerate(lines, 1):
        value = _QUOTED_VALUE.match(line)
        if value and not _QUOTED.match(line, value.end()):
            return Place(number, value.end() + 1)
    return None
