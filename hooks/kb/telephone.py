"""What a person could dial: numbers in digits, in words, with letters, and short ones beside a word that says so.

All of it works on a plain text, after whatever is allowed was taken out.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise

from kb.allowed import digits
from kb.disguise import blank
from kb.finding import Finding

FEWEST = 7
"""Digits that make a telephone number without a word that says so."""

NUMBER_WORDS = (  # noqa: SIM905 - a list would be a word a line
    "zero nought oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand double triple"
).split()
"""Words of which a spoken number is made."""
_WORD = f"(?:{'|'.join(NUMBER_WORDS)})"

_VALUES: Mapping[str, int] = {
    word: number
    for number, word in enumerate(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"))
}
"""Words for one digit: they show whether somebody counts."""

_SAID = r"(?:\b(?:kb|article|articles|bug|case|code|error|event|id|build|status|ticket|issue|aadsts)\s?[#:/]?\s?)"
_HARMLESS = re.compile(
    # Identifiers of requests, and error codes.
    r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"
    r"|\b0x[0-9a-f]{2,16}\b"
    # Dates, with or without times, as people and as programs write them.
    r"|(?<![\d./\-])(?:19|20|21)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![./\-]?\d)"
    r"|(?<![\d./\-])(?:19|20|21)\d\d-\d\d-\d\d(?:[T ][0-2]\d:[0-5]\d"
    r"(?::[0-5]\d(?:\.\d{1,7})?)?Z?)?(?![\d])"
    r"|(?<![\d./\-])(?:0?[1-9]|[12]\d|3[01])([./\-])(?:0?[1-9]|[12]\d|3[01])\1(?:19|20|21)\d\d(?![./\-]?\d)"
    r"|(?<![\d:])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])"
    # Several years.
    r"|(?<![\d./\-])(?:19|20|21)\d\d(?:(?: ?[\-/] ?|, | and )(?:19|20|21)\d\d)+(?![./\-]?\d)"
    # Thousands.
    r"|(?<![\d.,])\d{1,3},\d{3}(?:,\d{3})?(?![\d\-]|,\d)"
    r"|(?<![\d.,] )(?<!\d)\d{1,3}(?: 000)+(?! ?\d)"
    # Versions.
    r"|\b(?:v|version|versions|build|windows(?: 1[01])?|android|ios|ipados|macos|edge|chrome|firefox|release|python)"
    r"\s?v?\d+(?:\.\d+){1,3}\b"
    # Several error codes, of which only the first has its letters.
    r"|\baadsts\d{5,6}(?:(?:,| or| and| to|, or|, and) \d{5,6})+(?![\d\-(]| ?\(?\d)"
    rf"|{_SAID}\d{{3,8}}(?![\d\-(]| ?\(?\d)",
    re.I,
)
"""Numbers of other kinds, which these pages are full of; nothing longer than they are gets through with them."""

_RUN = re.compile(r"(?<![\d\x00])\+?\(?\d(?:[ ().\-/_,:;|=+'\"]{0,5}\d)+")
_GLUED = re.compile(r"\b(?:call|dial|tel|phone|fax|ring|sms|text|whatsapp)(?=\d{7})", re.I)
_MIXED = re.compile(r"(?<![A-Za-z0-9])\+?\(?[\dOoQIlSB]+(?:[ ().\-/]{1,3}[\dOoQIlSB]+){0,6}(?![A-Za-z0-9])")
_TOLL_FREE = r"(?:\+?1[\-. ]?)?\(?(?:8(?:00|33|44|55|66|77|88)|900|0800)\)?"
_VANITY = re.compile(rf"(?<![\w]){_TOLL_FREE}[\-. ](?P<name>[A-Z0-9]+(?:[\-. ][A-Z0-9]+){{0,2}})(?![\w])")
_CALLED = re.compile(
    r"\b(?:call|calls|calling|dial|dialling|dialing|phone|telephone|tel|ring|hotline|helpline|fax|whatsapp"
    r"|toll[ -]?free)\b\.?"
    r"(?:\s?[:\-]|\s+(?:us|me|them|it|on|at|now|number|no\.?|the number|support|microsoft|is|free))*\s*"
    r"(?P<dialled>\+?\(?\d(?:[ ().\-/]{0,3}\d){2,})"
    r"(?!\s*(?:%|minutes?|hours?|days?|times?|seconds?|people|attempts?|calls?|texts?))",
    re.I,
)
_EXTENSION = re.compile(
    r"\b(?:ext(?:n|ension)?\.?|durchwahl)\s*(?:number|no\.?)?\s*[:#]?\s*(?P<dialled>\d{2,6})\b", re.I
)
_SPOKEN = re.compile(
    rf"(?<![\w\-])(?:plus[\s,]+)?(?:{_WORD}|o|\d{{1,4}})(?:[\s,.()/\-]+(?:{_WORD}|o|dash|hyphen|\d{{1,4}}))+(?![\w])",
    re.I,
)
_PREFIX = re.compile(
    r"\bone[\s,\-]+eight[\s,\-]+(?:hundred|double\s+(?:oh|zero|o)|(?:zero|oh)[\s,\-]+(?:zero|oh))\b", re.I
)


def telephones(plain: str) -> Iterator[Finding]:
    plain = _HARMLESS.sub(blank, plain)
    for match in _RUN.finditer(plain):
        if _is_number(match[0], plain[: match.start()][-12:]):
            yield _finding(match)
    for pattern in (_CALLED, _EXTENSION):
        for match in pattern.finditer(plain):
            yield Finding(match.start("dialled"), "foreign-telephone", match[0])
    for pattern, part, judge in (
        (_VANITY, "name", _is_vanity),
        (_MIXED, 0, _is_disguised),
        (_SPOKEN, 0, _is_spoken),
    ):
        for match in pattern.finditer(plain):
            if judge(match[part]):
                yield _finding(match)
    for match in _PREFIX.finditer(plain):
        yield _finding(match)


def _finding(match: re.Match[str]) -> Finding:
    return Finding(match.start(), "foreign-telephone", match[0])


def _is_number(run: str, before: str) -> bool:
    count = len(digits(run))
    if count < (5 if run.startswith("+") else FEWEST):
        return False
    groups = re.findall(r"\d+", run)
    glued = before[-1:].isalpha()
    if len(groups) == 1:
        return not glued or bool(_GLUED.search(before + run)) or count >= 10
    if glued:
        # The first group belongs to the word before it, such as F051.
        return bool(_GLUED.search(before + run)) or len("".join(groups[1:])) >= FEWEST - 1
    return not _counts_up(map(int, groups))


def _counts_up(numbers: Iterable[int]) -> bool:
    """Whether it is a list such as 1, 2, 3 or 10, 60, 1440."""
    listed = list(numbers)
    return len(listed) > 2 and all(one < other for one, other in pairwise(listed)) and (max(listed) < 10_000)


def _is_vanity(name: str) -> bool:
    """Whether it is to be dialled by its letters, such as GO-APPLE."""
    name = re.sub(r"[\-. ]", "", name)
    return 7 <= len(name) <= 12 and sum(map(str.isalpha, name)) >= 2


def _is_disguised(run: str) -> bool:
    """Whether letters stand for digits, such as 8OO 555 O199."""
    groups = re.findall(r"[\dA-Za-z]+", run)
    count = len(digits(run))
    letters = sum(map(str.isalpha, run))
    if not letters or count < 5 or count + letters < FEWEST:
        return False
    if len(groups) == 1:
        return count + letters >= 10
    return all(any(map(str.isdigit, group)) or set(group) <= set("Oo") for group in groups)


def _is_spoken(run: str) -> bool:
    """Whether words, perhaps among digits, make as many digits as a number has."""
    count, words, values = 0, 0, []
    repeat = 1
    for part in re.findall(r"[a-z]+|\d+", run.lower()):
        if part in {"double", "triple"}:
            repeat = 2 if part == "double" else 3
            continue
        if part in {"plus", "dash", "hyphen"}:
            continue
        if part.isdigit():
            count += len(part)
            values.append(int(part))
        else:
            words += 1
            values.append(_VALUES.get(part, -1))
            count += {"hundred": 2, "thousand": 3}.get(part, repeat if part in _VALUES or part in {"oh", "o"} else 2)
        repeat = 1
    return words >= 2 and count >= FEWEST - 1 and not _counts_up(values)
