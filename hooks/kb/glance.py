"""The cheap look at a text: finds the lines that are worth a closer one.

It may take too much, never too little: whatever the closer look could find must hold one of the signs below. Most
articles have nothing of the kind but dates and links to other pages.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import repeat

from kb.address import DIALS, WRITES
from kb.telephone import NUMBER_WORDS

_TO_SHAPE = bytes(
    ord("0") if chr(sign).isdigit() else ord("a") if chr(sign).isalpha() else sign for sign in range(128)
) + bytes(range(128, 256))
"""Makes one digit and one letter of all: the search for a sign is many times faster than that for a choice of them."""
_DATE = re.compile(rb"2[01]\d\d-\d\d-\d\d(?=\n)")
"""Every article has two such dates, which are worth no closer look."""
_TO_SMALL = bytes(
    ord("0") if chr(sign).isdigit() else ord(chr(sign).lower()) if chr(sign).isalpha() else sign for sign in range(128)
) + bytes(range(128, 256))
"""Makes one digit of all, and small letters."""
# Each begins with a sign that is no choice, for the same reason.
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        # Three digits or more with few others between them, and a long number behind a letter.
        rb"0(?<![0a]0)(?:[^a]{0,8}?0){2}(?:[^a]{0,8}0)*",
        rb"0000000(?<=a0000000)",
        # Digits that markup takes apart.
        rb"0\[",
        rb"0\]\(",
        # The dot of a host in brackets, or after a blank within them.
        rb"\.(?<=[\[({<]\.)",
        rb"\.(?<=[\[({<] \.)",
        rb"@",
        # Characters that are written as escapes.
        rb"&",
        rb"\\",
        # Links that leave the site, and definitions of links.
        rb":/",
        rb"\]//",
        rb"\]\((?!/[a0]|#)",
        rb"\]:",
    )
)
"""What numbers, addresses and links look like when letters and digits are all the same."""
_SIGNS = tuple(
    re.compile(sign)
    for sign in (
        # A host or a mail address, with a dot or with the words for its signs.
        rb"\.(?!md[)#`])[a-z]{2}",
        rb"dot(?![a-z])",
        rb"at(?<=[\[({<\s]at)(?=[ ]?[\])}>])",
        # Short numbers, and letters that stand for digits.
        rb"ext(?:n|ension)?\.? ?(?:number|no\.?)? ?[:#]? ?00",
        rb"0[oqilsb]+[0 .\-]",
        rb"eight[ ,\-]+(?:hundred|double)",
        b":(?:%s)" % b"|".join(b"(?<=%s:)" % scheme.encode() for scheme in (*DIALS, *WRITES)),
    )
)
"""What only its letters give away, where they are small and digits all the same."""

_TO_WORDS = bytes(ord(chr(sign).lower()) if chr(sign).isalnum() else 32 for sign in range(128)) + b" " * 128
"""Leaves nothing but words in small letters and numbers, for splitting."""
_TO_NUMBER: Mapping[bytes, int] = {b"%d" % number: ord("d") for number in range(10_000)} | {
    word.encode(): ord("w") for word in (*NUMBER_WORDS, "o", "dash", "hyphen")
}
"""One letter for a number in digits or words, so that a short search sees several of them in a row."""
_SAID = frozenset(word for word, kind in _TO_NUMBER.items() if kind == ord("w"))
_SPELT = re.compile(rb"(?=[wd]{3})d*wd*w")
"""Three numbers in a row, two of them in words."""


def windows(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text that need a closer look: whole lines, with those around them."""
    data = text.encode("ascii", "replace")
    words = data.translate(_TO_WORDS).split()
    if not _SAID.isdisjoint(words) and _SPELT.search(bytes(map(_TO_NUMBER.get, words, repeat(0)))):
        # Where in the text they stand got lost.
        yield 0, len(text)
        return
    start, until = 0, -1
    for first, last in sorted(_spans(text, data)):
        if first >= until:
            if until >= 0:
                yield start, until
            start = _line_start(text, _line_start(text, first) - 1)
        until = max(until, _line_end(text, _line_end(text, last) + 1))
    if until >= 0:
        yield start, until


def _spans(text: str, data: bytes) -> Iterator[tuple[int, int]]:
    # A date keeps its length, so that positions stay.
    shapes = _DATE.sub(b"\n" * 10, data).translate(_TO_SHAPE)
    for pattern in _SHAPES:
        yield from (match.span() for match in pattern.finditer(shapes))
    small = data.translate(_TO_SMALL)
    for pattern in _SIGNS:
        yield from (match.span() for match in pattern.finditer(small))
    if not text.isascii():
        yield from (match.span() for match in re.finditer(r"[^\x00-\x7f]", text))


def _line_start(text: str, position: int) -> int:
    return text.rfind("\n", 0, max(position, 0)) + 1


def _line_end(text: str, position: int) -> int:
    found = text.find("\n", min(position, len(text)))
    return len(text) if found < 0 else found
