"""A text as a reader takes it in: without markup, with plain characters; and the characters that deceive a reader."""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from kb.finding import Finding

ENDINGS = (
    "com|net|org|info|biz|edu|gov|mil|int|app|dev|online|site|website|xyz|top|shop|store|live|support|help|tech|cloud|club|icu"
    "|vip|link|click|work|world|today|life|digital|agency|services|service|solutions|systems|company|email|center|care|guru"
    "|expert|experts|zone|network|host|space|press|pro|mobi|name|tel|asia|jobs|travel|post|aero|coop|bank|security|zip|mov|page"
    "|pages|blog|wiki|chat|contact|phone|call|team|group|global|international|foundation|academy|education|technology|software"
    "|computer|codes|direct|directory|domains|exchange|express|fun|fyi|gratis|land|lol|ltd|llc|inc|management|market|media"
    "|mobile|money|news|ninja|one|plus|pub|repair|rescue|review|reviews|rocks|run|school|show|social|studio|supply|tips|tools"
    "|training|uno|ventures|video|watch|win|wtf|example|test|onion|local|microsoft|office|google|windows|azure|skype|feedback"
)
"""The longer endings of hosts that swindlers use: all there are would make hosts of ordinary words."""

_DISGUISE = re.compile(
    r"\s*[\[({<]\s*(?P<at>at|@|ät|arroba)\s*[\])}>]\s*"
    r"|\s*[\[({<]\s*(?P<dot>dot|\.|punkt|point)\s*[\])}>]\s*"
    rf"|\s+(?P<spoken>dot)\s+(?=(?:{ENDINGS})\b)"
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
"""Whatever a reader takes for something else, or does not see; each group's name says what `_plain` makes of it."""

_BLANKS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u17b4\u17b5")
"""Letters by their category, but nothing is to be seen of them."""

_DRESSED = ("<wide>", "<font>", "<circle>", "<narrow>", "<small>")
"""How Unicode marks ordinary letters and digits in another dress."""

_SIMILAR = frozenset(
    {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU", "GEORGIAN", "HEBREW", "OGHAM", "DESERET"}
)
"""Scripts with letters that could be mistaken for Latin. Japanese and Korean mix scripts that could not."""


def blank(match: re.Match[str]) -> str:
    """Something that ends words and numbers, of the same length."""
    return "\x00" * len(match[0])


@dataclass(frozen=True, slots=True)
class Flat:
    """A text as a reader takes it in, and where each part of it came from."""

    text: str
    starts: list[int]
    origins: list[int]

    def origin(self, position: int) -> int:
        at = bisect_right(self.starts, position) - 1
        return self.origins[at] + position - self.starts[at]


def flatten(text: str) -> Flat:
    parts: list[str] = []
    starts, origins = [0], [0]
    length = last = 0
    for match in _DISGUISE.finditer(text):
        kept = text[last : match.start()]
        plain = _plain(match.lastgroup or "", match[match.lastgroup or 0])
        parts += [kept, plain]
        starts.append(length + len(kept))
        # What is kept of it as it stands, such as the title of a link, comes from where it stands.
        origins.append(match.start() + max(0, match[0].find(plain)))
        length += len(kept) + len(plain)
        last = match.end()
        starts.append(length)
        origins.append(last)
    parts.append(text[last:])
    return Flat("".join(parts), starts, origins)


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
        case "link":
            # A reader takes in the title behind an address, but not the address.
            _, _, title = text.partition(" ")
            return f" {title.rstrip(')')}" if title else ""
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


def characters(raw: str) -> Iterator[Finding]:
    """Characters that nobody sees, and words that look like others."""
    if raw.isascii():
        return
    for match in re.finditer(r"[^\x00-\x7f]", raw):
        if _is_hidden(match[0]) and not _joins(raw, match.start()):
            yield Finding(match.start(), "hidden-character", f"U+{ord(match[0]):04X}")
    for match in re.finditer(r"\w*[^\W\x00-\x7f]\w*", raw):
        if _is_look_alike(match[0]):
            yield Finding(match.start(), "look-alike", match[0])


def escapes(raw: str, front: int) -> Iterator[Finding]:
    """The same, written as escapes. Those that begin with a backslash are YAML's, up to the position `front`."""
    for match in re.finditer(r"\\(x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8})|&#?\w+;", raw):
        text = match[0]
        if text.startswith("\\"):
            shown = "" if match.start() >= front else chr(min(int(match[1][1:], 16), 0x10FFFF))
        else:
            shown = html.unescape(text)
            shown = "" if shown == text else shown
        if shown and (shown.isalnum() and shown.isascii()):
            yield Finding(match.start(), "look-alike", text)
        elif shown and not shown.isascii() and any(map(_is_hidden, shown)):
            yield Finding(match.start(), "hidden-character", text)


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
    return "LATIN" in scripts and bool(scripts & _SIMILAR)
