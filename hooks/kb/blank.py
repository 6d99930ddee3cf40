"""The blanks that a new article leaves for its writer, as faults that say what belongs there."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from kb.article import Kind
from kb.document import Document
from kb.fault import Fault, did_you_mean
from kb.keys import keys
from kb.matter import Path, Place
from kb.vocabulary import Vocabulary

BLANK = "…"

_LINE = re.compile(rf"^[ \t]*(?:[-*+]|\d+\.)?[ \t]*({BLANK})[ \t]*$", re.M)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)", re.M)


def check(kind: Kind, document: Document, vocabulary: Vocabulary) -> list[Fault]:
    """One fault for each blank. An ellipsis among other words, or in a block of code, is none."""
    purposes = {key.name: f"{key.purpose} {did_you_mean('', key.values)}" for key in keys(kind, vocabulary)}
    faults: list[Fault] = []
    for where in _blanks(document.front.data):
        name = str(where[0])
        place = document.front.place(where)
        faults.append(_fault(document.path, place, f"'{name}' is", purposes.get(name, "").rstrip()))
    for match in _LINE.finditer(document.body):
        before = document.body[: match.start(1)]
        if len(_FENCE.findall(before)) % 2:
            continue
        place = Place(document.body_line + before.count("\n"), match.start(1) - before.rfind("\n"))
        faults.append(_fault(document.path, place, "Some of the text is", ""))
    return faults


def _fault(path: str, place: Place, what: str, purpose: str) -> Fault:
    return Fault(path, *place, "to-write", f"{what} still to be written, in the place of '{BLANK}'.", purpose)


def _blanks(value: Any, where: Path = ()) -> Iterator[Path]:
    if value == BLANK:
        yield where
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from [(*where, key)] if key == BLANK else _blanks(inner, (*where, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _blanks(inner, (*where, number))
