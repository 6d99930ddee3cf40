"""Telephone numbers, mail addresses and hosts in the content: only those that somebody allowed.

False support numbers are how locked-out people get robbed, so the check is of looks and not of truth: whatever a person
could dial, write to or open counts, in any disguise. Hints that cost little decide what is looked at closely.
"""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import pairwise, repeat
from pathlib import Path
from typing import Annotated
from urllib.parse import unquote

from pydantic import AfterValidator, Field

from kb import document, matter, schema, source, vocabulary
from kb.document import Document
from kb.fault import Fault
from kb.schema import Model, Text, refuse, unique
from kb.settings import Extra
from kb.source import Source

PATH = "allowed.yml"
FEWEST = 7
"""Digits that make a telephone number without a word that says so."""

_ADVICE = "Send people to their help desk instead, or have it put on the list in {list}."

_HOST_NAME = re.compile(r"(?:[a-z0-9](?:[a-z0-9\-]*[a-z0-9])?\.)+[a-z][a-z0-9\-]*[a-z0-9]", re.ASCII)
_MAIL_NAME = re.compile(r"[a-z0-9._%+\-]+@[a-z0-9.\-]+\.[a-z]{2,}", re.ASCII)


def _host(text: str) -> str:
    if not _HOST_NAME.fullmatch(text):
        refuse("bad-host", f"'{text}' is no host.", "Write it in small letters, without https:// and path.")
    return text


def _mail(text: str) -> str:
    if not _MAIL_NAME.fullmatch(text):
        refuse("bad-mail-address", f"'{text}' is no mail address.", "Write it in small letters, like help@example.org.")
    return text


def _telephone(text: str) -> str:
    if not re.fullmatch(r"\+?[0-9 ()./\-]+", text, re.ASCII) or not 3 <= len(_digits(text)) <= 15:
        refuse("bad-telephone", f"'{text}' is no telephone number.", "Write it like +44 20 7946 0000.")
    return text


class Allowed(Model):
    """Nothing matches a part of an entry, or what stands below a host."""

    hosts: Annotated[tuple[Annotated[Text, AfterValidator(_host)], ...], unique] = Field(
        (), description="hosts to which links may lead, each exactly."
    )
    telephones: Annotated[tuple[Annotated[Text, AfterValidator(_telephone)], ...], unique] = Field(
        (), description="telephone numbers that pages may say."
    )
    mails: Annotated[tuple[Annotated[Text, AfterValidator(_mail)], ...], unique] = Field(
        (), description="mail addresses that pages may say."
    )
    examples: Annotated[tuple[Text, ...], unique] = Field(
        (), description="exact texts that only look like one of these, such as examples."
    )


@dataclass(frozen=True, slots=True)
class List:
    """What may be said, ready for comparing."""

    path: str
    hosts: Set[str]
    mails: Set[str]
    telephones: Set[str]
    """Only their digits."""
    files: Set[str]
    """Names of files, which look like hosts where the ending is a country's too."""
    harmless: re.Pattern[str] | None
    """Finds the telephone numbers and the examples in a text."""


def make_list(
    path: str,
    *,
    hosts: Iterable[str] = (),
    mails: Iterable[str] = (),
    telephones: Iterable[str] = (),
    examples: Iterable[str] = (),
    files: Iterable[str] = (),
) -> List:
    numbers = frozenset(map(_digits, telephones))
    patterns = [
        rf"(?<![\w.@-]){re.escape(text)}(?![\w@-]|\.\w)" for text in sorted(set(examples), key=len, reverse=True)
    ]
    patterns += [rf"(?<!\d)\+?\(?{'[ ().-]{0,3}'.join(number)}(?!\d)" for number in sorted(numbers)]
    harmless = re.compile("|".join(patterns)) if patterns else None
    return List(path, frozenset(hosts), frozenset(mails), numbers, frozenset(files), harmless)


def check(docs: Path, settings: Extra) -> list[Fault]:
    """The faults of every Markdown file below docs, and of the vocabulary."""
    listed = _read_list(docs, settings)
    if isinstance(listed, list):
        return listed
    faults: list[Fault] = []
    for file in sorted([*docs.rglob("*.md"), docs / vocabulary.PATH]):
        text = source.read(file, f"{docs.name}/{file.relative_to(docs).as_posix()}")
        # Whatever cannot be read is reported by whoever needs it.
        if isinstance(text, Source):
            faults += scan(text, listed)
    return faults


def _read_list(docs: Path, settings: Extra) -> List | list[Fault]:
    path = f"{docs.name}/{PATH}"
    allowed = Allowed(hosts=(), telephones=(), mails=(), examples=())
    # Without the file nothing is allowed.
    if (docs / PATH).exists():
        text = source.read(docs / PATH, path)
        parsed = text if isinstance(text, Fault) else matter.parse(text)
        if isinstance(parsed, Fault):
            return [parsed]
        made = schema.validate(Allowed, path, parsed, parsed.data)
        if isinstance(made, list):
            return made
        allowed = made
    hosts, mails, telephones = set(allowed.hosts), set(allowed.mails), set(allowed.telephones)
    if own := settings.organisation:
        hosts.update(own.hosts)
        mails.update([own.mail.lower()] if own.mail else [])
        telephones.update([own.telephone] if own.telephone else [])
    return make_list(
        path,
        hosts=hosts,
        mails=mails,
        telephones=telephones,
        examples=allowed.examples,
        files=(file.name for file in docs.rglob("*.md")),
    )


def scan(text: Source, listed: List) -> Iterator[Fault]:
    """The faults of one file, each with its place."""
    windows = list(_windows(text.text))
    if not windows:
        return
    starts = [0, *(match.end() for match in re.finditer("\n", text.text))]
    front = _front_end(text)
    advice = _ADVICE.format(list=listed.path)
    seen: set[tuple[int, str]] = set()
    for found in sorted(each for start, end in windows for each in _findings(text.text, start, end, front, listed)):
        line = bisect_right(starts, found.start)
        if (line, found.code) in seen:
            continue
        seen.add((line, found.code))
        sentence, suggestion = _WORDS_FOR[found.code]
        shown = " ".join(found.shown.replace("\0", " ").split())[:60]
        yield Fault(
            text.path,
            line,
            found.start - starts[line - 1] + 1,
            found.code,
            sentence.format(shown=shown),
            suggestion or advice,
        )


@dataclass(frozen=True, slots=True, order=True)
class _Finding:
    start: int
    code: str
    shown: str


_WORDS_FOR: Mapping[str, tuple[str, str]] = {
    code: (sentence, suggestion)
    for code, sentence, suggestion in (
        ("foreign-host", "The host '{shown}' is not allowed here.", ""),
        ("foreign-mail", "The mail address '{shown}' is not allowed here.", ""),
        ("foreign-telephone", "'{shown}' looks like a telephone number, which is not allowed here.", ""),
        (
            "hidden-character",
            "There is a character here that nobody can see ({shown}).",
            "Delete the word and type it again.",
        ),
        (
            "look-alike",
            "'{shown}' has letters or digits that only look like ordinary ones.",
            "Type it again with the letters and digits of your keyboard.",
        ),
    )
}

# What may make a file worth a closer look. Most files have nothing of the kind but dates and links to other pages.
_NUMBER_WORDS = (  # noqa: SIM905 - a list would be a word a line
    "zero nought oh one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand double triple"
).split()
_WORD = f"(?:{'|'.join(_NUMBER_WORDS)})"

_KINDS = bytes(
    ord("0") if chr(sign).isdigit() else ord("a") if chr(sign).isalpha() else sign for sign in range(128)
) + bytes(range(128, 256))
"""Letters and digits as one letter and one digit: what is searched for by its shape is found much faster in bytes."""
_WORDS = bytes(ord(chr(sign).lower()) if chr(sign).isalnum() else 32 for sign in range(128)) + b" " * 128
_COUNTED: Mapping[bytes, int] = {b"%d" % number: ord("d") for number in range(10_000)} | {
    word.encode(): ord("w") for word in (*_NUMBER_WORDS, "o", "dash", "hyphen")
}
_SPELT = re.compile(rb"(?=[wd]{3})d*wd*w")
_DATE = re.compile(rb"2[01]\d\d-\d\d-\d\d(?=\n)")
# Each begins with one sign, for which Python's search is many times faster than for a choice of beginnings.
_SHAPES = tuple(
    re.compile(shape)
    for shape in (
        rb"0(?<![0a]0)(?:[^a]{0,8}?0){2}(?:[^a]{0,8}0)*",
        rb"0000000(?<=a0000000)",
        rb"0\[",
        rb"0\]\(",
        rb"\.(?<=[\[({<]\.)",
        rb" \.(?<=[\[({<] \.)",
        rb"@",
        rb"&",
        rb"\\",
        rb":/",
        rb"\]//",
        rb"\]\((?!/[a0]|#)",
        rb"\]:",
    )
)
_LOWER = bytes(sign + 32 if 65 <= sign <= 90 else sign for sign in range(256))
# Each begins with letters that are found fast.
_SIGNS = (
    re.compile(rb"dot(?![a-z])"),
    re.compile(rb"at(?=[ ]?[\])}>])"),
    re.compile(rb"\.(?!md[)#`])[a-z]{2}"),
    re.compile(rb"ext(?:n|ension)?\.? ?(?:number|no\.?)? ?[:#]? ?[0-9]{2}"),
    re.compile(rb"[0-9][oqilsb]+[0-9 .\-]"),
    re.compile(rb"eight[ ,\-]+(?:hundred|double)"),
    *(
        re.compile(scheme)
        for scheme in (
            rb"mailto:",
            rb"tel:",
            rb"sms:",
            rb"callto:",
            rb"facetime:",
            rb"skype:",
            rb"whatsapp:",
            rb"sip:",
            rb"xmpp:",
        )
    ),
)


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text that need a closer look: whole lines, with those around them."""
    data = text.encode("ascii", "replace")
    tokens = data.translate(_WORDS).split()
    if _SPELT.search(bytes(map(_COUNTED.get, tokens, repeat(0)))):
        yield 0, len(text)
        return
    kinds = _DATE.sub(b"\n" * 10, data).translate(_KINDS)
    spans = [match.span() for shape in _SHAPES for match in shape.finditer(kinds)]
    if not text.isascii():
        spans += [match.span() for match in re.finditer(r"[^\x00-\x7f]", text)]
    low = data.translate(_LOWER)
    for pattern in _SIGNS:
        spans += [match.span() for match in pattern.finditer(low)]
    until = -1
    start = 0
    for first, last in sorted(spans):
        if first >= until:
            if until >= 0:
                yield start, until
            start = _line_start(text, _line_start(text, first) - 1)
        until = max(until, _line_end(text, _line_end(text, last) + 1))
    if until >= 0:
        yield start, until


def _line_start(text: str, position: int) -> int:
    return text.rfind("\n", 0, max(position, 0)) + 1


def _line_end(text: str, position: int) -> int:
    found = text.find("\n", min(position, len(text)))
    return len(text) if found < 0 else found


_COMMON = (
    "com|net|org|info|biz|edu|gov|mil|int|app|dev|online|site|website|xyz|top|shop|store|live|support|help|tech|cloud|club|icu"
    "|vip|link|click|work|world|today|life|digital|agency|services|service|solutions|systems|company|email|center|care|guru"
    "|expert|experts|zone|network|host|space|press|pro|mobi|name|tel|asia|jobs|travel|post|aero|coop|bank|security|zip|mov|page"
    "|pages|blog|wiki|chat|contact|phone|call|team|group|global|international|foundation|academy|education|technology|software"
    "|computer|codes|direct|directory|domains|email|exchange|express|fun|fyi|gratis|land|lol|ltd|llc|inc|management|market|media"
    "|mobile|money|news|ninja|one|plus|pub|repair|rescue|review|reviews|rocks|run|school|show|social|studio|supply|tips|tools"
    "|training|uno|ventures|video|watch|win|wtf|example|test|onion|local|microsoft|office|google|windows|azure|skype|feedback"
)
_ODD = re.compile(
    r"\s*[\[({<]\s*(?P<at>at|@|ät|arroba)\s*[\])}>]\s*"
    r"|\s*[\[({<]\s*(?P<dot>dot|\.|punkt|point)\s*[\])}>]\s*"
    rf"|\s+(?P<spoken>dot)\s+(?=(?:{_COMMON})\b)"
    r"|\s+(?P<spaced>\.)\s*(?-i:(?=(?:com|net|org|info|help|support|online|app)\b))"
    r"|(?P<link>!?\]\(\s*<?[^)\s]*[^)\n]*\))"
    r"|(?P<bracket>!?\[|\](?!\())"
    r"|(?P<entity>&\#?\w+;)"
    r"|\\(?P<yaml>x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})"
    r"|\\(?P<escaped>[!-/:-@\[-`{-~])"
    r"|(?P<mark>[*`~]+)"
    r"|(?P<row>\|[ \t]*\n[ \t]*\|)"
    r"|(?P<line>\n(?:[ \t]*(?:[-*+>|\#]+|\d{1,2}[.)])(?=[ \t]))*[ \t]*)"
    r"|(?P<other>[^\x00-\x7f])",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Flat:
    """A text as a reader takes it in, without markup and disguise, and where each part of it came from."""

    text: str
    starts: list[int]
    origins: list[int]

    def origin(self, position: int) -> int:
        at = bisect_right(self.starts, position) - 1
        return self.origins[at] + position - self.starts[at]


def _flatten(text: str) -> _Flat:
    parts: list[str] = []
    starts, origins = [0], [0]
    length = last = 0
    for match in _ODD.finditer(text):
        kept = text[last : match.start()]
        plain = _plain(match.lastgroup or "", match[match.lastgroup or 0])
        parts += [kept, plain]
        starts.append(length + len(kept))
        origins.append(match.start())
        length += len(kept) + len(plain)
        last = match.end()
        starts.append(length)
        origins.append(last)
    parts.append(text[last:])
    return _Flat("".join(parts), starts, origins)


def _plain(kind: str, text: str) -> str:
    match kind:
        case "at":
            return "@"
        case "dot" | "spoken" | "spaced":
            return "."
        case "line":
            return " "
        case "row":
            return "\0"
        case "entity":
            return "".join(map(_fold, html.unescape(text)))
        case "yaml":
            number = int(text[1:], 16)
            return _fold(chr(number)) if number < 0x110000 else ""
        case "escaped":
            return text
        case "other":
            return _fold(text)
    return ""


def _fold(sign: str) -> str:
    """One character as the plain one that it looks like."""
    if sign.isascii():
        return sign if sign.isprintable() else " "
    category = unicodedata.category(sign)
    if category in {"Cf", "Mn", "Me", "Cc", "Co", "Cn"} or sign in _BLANKS:
        return ""
    if category == "Pd" or sign == "\u2212":
        return "-"
    if category.startswith("Z"):
        return " "
    if sign in "·•‧∙⋅․。．｡":
        return "."
    digit = unicodedata.digit(sign, None)
    if digit is not None:
        return str(digit)
    return unicodedata.normalize("NFKC", sign)


_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5")


def _findings(whole: str, start: int, end: int, front: int, listed: List) -> Iterator[_Finding]:
    for found in _found_in(whole[start:end], front - start, listed):
        yield _Finding(found.start + start, found.code, found.shown)


def _found_in(raw: str, front: int, listed: List) -> Iterator[_Finding]:
    """Up to the position `front` there is YAML."""
    if not raw.isascii():
        yield from _odd_characters(raw)
    yield from _escaped_characters(_LINK.sub(_blank, raw), front)
    for match in _LINK.finditer(raw):
        group = "inside" if match["inside"] is not None else "defined" if match["defined"] is not None else "auto"
        yield from _destination(match[group], match.start(group), listed)
    for match in _SPOKEN_MAIL.finditer(raw):
        yield _Finding(match.start(), "foreign-mail", match[0])
    flat = _flatten(raw)
    plain = flat.text
    if listed.harmless:
        plain = listed.harmless.sub(_blank, plain)
    plain, found = _mails(plain, listed)
    hosts = _hosts(plain, listed)
    plain = _HARMLESS.sub(_blank, plain)
    for finding in (*found, *hosts, *_telephones(plain)):
        yield _Finding(flat.origin(finding.start), finding.code, finding.shown)


def _front_end(text: Source) -> int:
    """Where front matter ends: there YAML has escapes of its own."""
    if not text.path.endswith(".md"):
        return len(text.text)
    parsed = document.parse(text) if text.text.startswith("---") else None
    if not isinstance(parsed, Document):
        return 0
    return sum(len(line) + 1 for line in text.text.split("\n")[: parsed.body_line - 1])


def _blank(match: re.Match[str]) -> str:
    """Something that ends words and numbers, of the same length."""
    return "\x00" * len(match[0])


def _digits(text: str) -> str:
    return "".join(sign for sign in text if sign.isdigit())


# Characters


def _odd_characters(raw: str) -> Iterator[_Finding]:
    for match in re.finditer(r"[^\x00-\x7f]", raw):
        if _is_hidden(match[0]) and not _joins(raw, match.start()):
            yield _Finding(match.start(), "hidden-character", f"U+{ord(match[0]):04X}")
    for match in re.finditer(r"\w*[^\W\x00-\x7f]\w*", raw):
        if _is_look_alike(match[0]):
            yield _Finding(match.start(), "look-alike", match[0])


def _is_hidden(sign: str) -> bool:
    if sign in _BLANKS:
        return True
    category = unicodedata.category(sign)
    # Signs that choose between a picture and a letter are category Mn.
    return category in {"Cf", "Co", "Cn"} or "\ufe00" <= sign <= "\ufe0e" or "\U000e0100" <= sign <= "\U000e01ef"


def _joins(raw: str, position: int) -> bool:
    """Some scripts, and pictures made of several, need joiners between their characters."""
    around = raw[position - 1 : position] + raw[position + 1 : position + 2]
    return raw[position] in "\u200c\u200d" and len(around) == 2 and not any(map(str.isascii, around))


def _escaped_characters(raw: str, front: int) -> Iterator[_Finding]:
    for match in re.finditer(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})|&#?\w+;", raw):
        text = match[0]
        if text.startswith("\\"):
            shown = "" if match.start() >= front else chr(min(int(match[1][1:], 16), 0x10FFFF))
        else:
            shown = html.unescape(text)
            shown = "" if shown == text else shown
        if shown and (shown.isalnum() and shown.isascii()):
            yield _Finding(match.start(), "look-alike", text)
        elif shown and not shown.isascii() and any(map(_is_hidden, shown)):
            yield _Finding(match.start(), "hidden-character", text)


def _is_look_alike(word: str) -> bool:
    scripts: set[str] = set()
    for sign in word:
        if sign.isascii():
            if sign.isalpha():
                scripts.add("LATIN")
            continue
        if unicodedata.category(sign) == "Nd" or unicodedata.decomposition(sign).startswith(_DRESSED):
            return True
        if sign.isalpha():
            scripts.add(unicodedata.name(sign, "?").split()[0])
    # Japanese and Korean are written in several scripts, none of which could be mistaken for Latin.
    return "LATIN" in scripts and bool(scripts & _SIMILAR)


_DRESSED = ("<wide>", "<font>", "<circle>", "<narrow>", "<small>")
_SIMILAR = frozenset(
    {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU", "GEORGIAN", "HEBREW", "OGHAM", "DESERET"}
)


# Hosts and mail addresses

_LINK = re.compile(
    r"\]\(\s*<?(?P<inside>[^)\s>]+)|^[ \t]*\[[^\]\n]+\]:\s*<?(?P<defined>[^\s>]+)"
    r"|(?<![(\w])(?P<auto>(?:[a-z][a-z0-9+.\-]*:[\\/]{1,3}"
    r"|(?:mailto|tel|sms|callto|facetime|skype|whatsapp|xmpp|sip):)[^\s<>()\"'`\]]+)",
    re.I | re.M,
)
_WEB = frozenset({"http", "https", "ftp", "ftps", "ws", "wss"})
_SLASHES = re.compile(r"[^:]*:[\\/]{2}")
_AUTHORITY = re.compile(r"(?:(?P<scheme>[a-z][a-z0-9+.\-]*):)?[\\/]*(?P<authority>[^/\\?#]*)", re.I)
_MAIL = re.compile(r"[\w.+%\-]+ ?@ ?(?:[\w\-]+\.)+[^\W\d_][\w\-]*")
_SPOKEN_MAIL = re.compile(r"\b[\w.+\-]+ +at +[\w\-]+(?: +dot +[\w\-]+)+", re.I)
_BARE = re.compile(r"(?<![\w@.\-])(?:[\w\-]+\.)+(?P<top>[^\W\d][\w\-]+)(?![\w@\-])")
_FILES = frozenset(
    (  # noqa: SIM905 - a list would be a word a line
        "yml yaml csv css js mjs html htm json txt png svg jpg jpeg gif webp xml ico toml ini cfg log pdf docx xlsx "
        "exe dll msi ps1 woff2 lock"
    ).split()
)
_PERHAPS = frozenset(["md", "py", "sh"])
_TOP = re.compile(rf"[a-z]{{2}}|xn--[a-z0-9\-]+|{_COMMON}", re.I)


def _destination(raw: str, start: int, listed: List) -> Iterator[_Finding]:
    """Where a link leads, if it leaves the site."""
    target = unquote(html.unescape(raw)).strip().rstrip(".,;:!?*_")
    if target.startswith("#") or (target.startswith("/") and target[1:2] not in {"/", "\\"}):
        return
    match = _AUTHORITY.match(target)
    scheme = (match["scheme"] or "").lower() if match else ""
    if scheme in {"tel", "sms", "callto", "facetime", "whatsapp", "skype", "sip"}:
        if _digits(target) not in listed.telephones:
            yield _Finding(start, "foreign-telephone", raw)
        return
    if scheme in {"mailto", "xmpp"}:
        named = re.findall(r"[^\s,;?&=:]+@[^\s,;?&=]+", target)
        if not named or any(mail.lower() not in listed.mails for mail in named):
            yield _Finding(start, "foreign-mail", raw)
        return
    if scheme and scheme not in _WEB and not _SLASHES.match(target):
        # What such a link does is judged elsewhere.
        return
    if not match or not (scheme or target.startswith(("//", "\\", "/\\"))):
        return
    authority = match["authority"]
    host = re.sub(r":\d*$", "", authority).rstrip(".").lower()
    # Nothing but a scheme, as a text about addresses may name it, is no link.
    if host not in listed.hosts and (host or not raw.startswith(("http", "<http"))):
        yield _Finding(start, "foreign-host", authority or raw)


def _mails(plain: str, listed: List) -> tuple[str, list[_Finding]]:
    """The text without its mail addresses, and those that are not allowed."""
    found = [
        _Finding(match.start(), "foreign-mail", match[0])
        for match in _MAIL.finditer(plain)
        if match[0].replace(" ", "").lower() not in listed.mails
    ]
    return _MAIL.sub(_blank, plain), found


def _hosts(plain: str, listed: List) -> list[_Finding]:
    found = []
    for match in _BARE.finditer(plain):
        name, top = match[0].rstrip("."), match["top"].lower()
        known = unicodedata.normalize("NFKC", name).lower()
        if known in listed.hosts or top in _FILES:
            continue
        followed = plain[match.end() : match.end() + 1] == "/"
        if top in _PERHAPS and (
            name in listed.files or (plain[match.start() - 1 : match.start()] == "/" and not followed)
        ):
            continue
        if _TOP.fullmatch(top) or not top.isascii() or known.startswith("www.") or followed:
            found.append(_Finding(match.start(), "foreign-host", name))
    return found


# Telephone numbers

_SAID = r"(?:\b(?:kb|article|articles|bug|case|code|error|event|id|build|status|ticket|issue|aadsts)\s?[#:/]?\s?)"
_HARMLESS = re.compile(
    r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b"
    r"|\b0x[0-9a-f]{2,16}\b"
    # Dates, with or without times, as people and as programs write them.
    r"|(?<![\d./\-])(?:19|20|21)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?![./\-]?\d)"
    r"|(?<![\d./\-])(?:19|20|21)\d\d-\d\d-\d\d(?:[T ][0-2]\d:[0-5]\d"
    r"(?::[0-5]\d(?:\.\d{1,7})?)?Z?)?(?![\d])"
    r"|(?<![\d./\-])(?:0?[1-9]|[12]\d|3[01])([./\-])(?:0?[1-9]|[12]\d|3[01])\1(?:19|20|21)\d\d(?![./\-]?\d)"
    r"|(?<![\d:])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])"
    r"|(?<![\d./\-])(?:19|20|21)\d\d(?:(?: ?[\-/] ?|, | and )(?:19|20|21)\d\d)+(?![./\-]?\d)"
    r"|(?<![\d.,])\d{1,3},\d{3}(?:,\d{3})?(?![\d\-]|,\d)"
    r"|(?<![\d.,] )(?<!\d)\d{1,3}(?: 000)+(?! ?\d)"
    r"|\b(?:v|version|versions|build|windows(?: 1[01])?|android|ios|ipados|macos|edge|chrome|firefox|release|python)"
    r"\s?v?\d+(?:\.\d+){1,3}\b"
    rf"|{_SAID}\d{{3,8}}(?![\d\-(]| ?\(?\d)",
    re.I,
)
_BETWEEN = r"[ ().\-/_,:;|=+'\"\x00]"
_RUN = re.compile(r"(?<![\d\x00])\+?\(?\d(?:[ ().\-/_,:;|=+'\"]{0,5}\d)+")
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
_GLUED = re.compile(r"\b(?:call|dial|tel|phone|fax|ring|sms|text|whatsapp)(?=\d{7})", re.I)
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


def _telephones(plain: str) -> Iterator[_Finding]:
    for match in _RUN.finditer(plain):
        if _is_number(match[0], plain[: match.start()][-12:]):
            yield _Finding(match.start(), "foreign-telephone", match[0])
    for pattern in (_CALLED, _EXTENSION):
        for match in pattern.finditer(plain):
            yield _Finding(match.start("dialled"), "foreign-telephone", match[0])
    for match in _VANITY.finditer(plain):
        name = re.sub(r"[\-. ]", "", match["name"])
        if 7 <= len(name) <= 12 and sum(map(str.isalpha, name)) >= 2:
            yield _Finding(match.start(), "foreign-telephone", match[0])
    for match in _MIXED.finditer(plain):
        if _is_disguised(match[0]):
            yield _Finding(match.start(), "foreign-telephone", match[0])
    for match in _SPOKEN.finditer(plain):
        if _is_spoken(match[0]):
            yield _Finding(match.start(), "foreign-telephone", match[0])
    for match in _PREFIX.finditer(plain):
        yield _Finding(match.start(), "foreign-telephone", match[0])


def _is_number(run: str, before: str) -> bool:
    digits = _digits(run)
    if len(digits) < (5 if run.startswith("+") else FEWEST):
        return False
    groups = re.findall(r"\d+", run)
    glued = before[-1:].isalpha()
    if len(groups) == 1:
        return not glued or bool(_GLUED.search(before + run)) or len(digits) >= 10
    if glued:
        # The first group belongs to the word before it, such as F051.
        return bool(_GLUED.search(before + run)) or len("".join(groups[1:])) >= FEWEST - 1
    return not _counts_up(map(int, groups))


def _counts_up(numbers: Iterable[int]) -> bool:
    """Whether it is a list such as 1, 2, 3 or 10, 60, 1440."""
    listed = list(numbers)
    return len(listed) > 2 and all(one < other for one, other in pairwise(listed)) and (max(listed) < 10_000)


def _is_disguised(run: str) -> bool:
    groups = re.findall(r"[\dA-Za-z]+", run)
    digits = len(_digits(run))
    letters = sum(map(str.isalpha, run))
    if not letters or digits < 5 or digits + letters < FEWEST:
        return False
    if len(groups) == 1:
        return digits + letters >= 10
    return all(any(map(str.isdigit, group)) or set(group) <= set("Oo") for group in groups)


_VALUES: Mapping[str, int] = {
    word: number
    for number, word in enumerate(("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"))
}


def _is_spoken(run: str) -> bool:
    digits, words, values = 0, 0, []
    repeat = 1
    for part in re.findall(r"[a-z]+|\d+", run.lower()):
        if part in {"double", "triple"}:
            repeat = 2 if part == "double" else 3
            continue
        if part in {"plus", "dash", "hyphen"}:
            continue
        if part.isdigit():
            digits += len(part)
            values.append(int(part))
        else:
            words += 1
            values.append(_VALUES.get(part, -1))
            digits += {"hundred": 2, "thousand": 3}.get(part, repeat if part in _VALUES or part in {"oh", "o"} else 2)
        repeat = 1
    return words >= 2 and digits >= FEWEST - 1 and not _counts_up(values)
