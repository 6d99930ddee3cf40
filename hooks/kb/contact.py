"""Telephone numbers, mail addresses and hosts in the content: only those that somebody allowed.

False support numbers are how locked-out people get robbed, so the check is of looks and not of truth: whatever a person
could dial, write to or open counts, in any disguise. A glance that costs little decides what is looked at closely.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from os.path import splitext
from pathlib import Path

from kb import address, allowed, disguise, document, glance, glossary, lexicon, numbers, source, telephone, vocabulary
from kb.allowed import List
from kb.document import Document
from kb.fault import Fault
from kb.finding import Finding
from kb.matter import Matter, Place
from kb.memo import Memo
from kb.settings import Extra
from kb.source import Source

_NAMING = ("remedies", "related", "redirects", "facts")
"""Keys whose values are names of pages and facts, never words for people."""
_NAME = re.compile(r"[a-z0-9][a-z0-9_/#\-]*", re.I)
"""Has no dot, so no host can pass for a name."""


def check(docs: Path, pages: Mapping[str, Source | Fault], settings: Extra, memo: Memo | None = None) -> list[Fault]:
    """The faults of every page below docs and of the texts beside them: vocabulary, error numbers, glossary, search."""
    listed = allowed.read(docs, settings, pages)
    if isinstance(listed, list):
        return listed
    memo = memo or Memo()
    # The same list as before, not an equal one, spares comparing it for each file.
    listed = memo.of("contacts", lambda same: same, listed)
    faults: list[Fault] = []
    texts = (vocabulary.PATH, numbers.PATH, glossary.PATH, lexicon.PATH)
    data = (source.read(docs / name, f"{docs.name}/{name}") for name in texts)
    for text in (*pages.values(), *data):
        # Whatever cannot be read is reported by whoever needs it.
        if isinstance(text, Source):
            faults += memo.of(f"contacts {text.path}", _scanned, text, listed)
    return faults


def _scanned(text: Source, listed: List) -> list[Fault]:
    return list(scan(text, listed))


def scan(text: Source, listed: List) -> Iterator[Fault]:
    """The faults of one file, each with its place; one of a kind for each line."""
    windows = list(glance.windows(text.text))
    if not windows:
        return
    front = _front(text)
    findings = _search(text.text, windows, front, listed)
    if not findings:
        return
    starts = [0, *(match.end() for match in re.finditer("\n", text.text))]
    # What front matter says and where costs much, and is hardly ever needed.
    if any(found.code == "foreign-telephone" and found.start < front for found in findings):
        parsed = document.parse(text)
        if isinstance(parsed, Document):
            findings = _search(_without_names(text.text, parsed.front, starts), windows, front, listed)
    seen: set[tuple[int, str]] = set()
    for found in sorted(findings):
        line = bisect_right(starts, found.start)
        if (line, found.code) not in seen:
            seen.add((line, found.code))
            column = found.start - starts[line - 1] + 1
            yield Fault(text.path, line, column, found.code, *found.words(listed.path))


def _front(text: Source) -> int:
    """Where front matter ends: it has escapes and names, which the body has not."""
    if splitext(text.path)[1] not in source.MARKDOWN:  # noqa: PTH122 - a path of its own takes ten times as long
        return len(text.text)
    parts = document.split(text)
    if isinstance(parts, Fault):
        return 0
    before = text.text.split("\n", parts.body_line - 1)
    return len(text.text) - len(before[-1]) if len(before) == parts.body_line else len(text.text)


def _without_names(text: str, front: Matter, starts: list[int]) -> str:
    """The text without the names of pages and facts in its front matter, whose digits nobody dials."""
    for place, name in _names(front):
        start = starts[place.line - 1] + place.column - 1
        start += text[start] in "\"'"
        if text.startswith(name, start):
            text = text[:start] + "\x00" * len(name) + text[start + len(name) :]
    return text


def _names(front: Matter) -> Iterator[tuple[Place, str]]:
    for key in _NAMING:
        items = front.data.get(key)
        for number, item in enumerate(items if isinstance(items, list) else ()):
            # The name of a remedy may be a key, with words for people as its value.
            named = isinstance(item, dict)
            for name in item if named else [item]:
                if isinstance(name, str) and _NAME.fullmatch(name):
                    yield front.place((key, number, name) if named else (key, number), of_key=named), name


def _search(text: str, windows: list[tuple[int, int]], front: int, listed: List) -> list[Finding]:
    return [
        Finding(found.start + start, found.code, found.shown)
        for start, end in windows
        for found in _findings(text[start:end], max(front - start, 0), listed)
    ]


def _findings(raw: str, front: int, listed: List) -> Iterator[Finding]:
    """What is found in a part of a text, where up to the position `front` there is YAML."""
    yield from disguise.characters(raw)
    yield from disguise.escapes(address.without_links(raw), front)
    yield from address.links(raw, listed)
    yield from address.spoken_mails(raw)
    flat = disguise.flatten(raw[:front] + address.without_own_pages(raw[front:]))
    plain = listed.harmless.sub(disguise.blank, flat.text) if listed.harmless else flat.text
    nameless = address.without_mails(plain)
    for found in (*address.mails(plain, listed), *address.hosts(nameless, listed), *telephone.telephones(nameless)):
        yield Finding(flat.origin(found.start), found.code, found.shown)
