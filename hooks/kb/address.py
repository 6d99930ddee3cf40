"""Hosts, mail addresses and links that leave the site, unless they are allowed."""

import html
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from kb.allowed import List, digits
from kb.disguise import ENDINGS, blank
from kb.finding import Finding

DIALS = ("tel", "sms", "callto", "facetime", "skype", "whatsapp", "sip")
"""Schemes of links that ring somebody up."""
WRITES = ("mailto", "xmpp")
"""Schemes of links that write to somebody."""
_OPENS = frozenset({"http", "https", "ftp", "ftps", "ws", "wss"})
"""Schemes that a browser opens even without the slashes."""

_LINK = re.compile(
    r"\]\(\s*<?(?P<inside>[^)\s>]+)|^[ \t]*\[[^\]\n]+\]:\s*<?(?P<defined>[^\s>]+)"
    r"|(?<![(\w])(?P<auto>(?:[a-z][a-z0-9+.\-]*:[\\/]{1,3}"
    rf"|(?:{'|'.join((*DIALS, *WRITES))}):)[^\s<>()\"'`\]]+)",
    re.I | re.M,
)
_OWN = re.compile(r"^( {0,3}\[[^\]\n]+\]: *)(<?/(?!/)[a-z0-9/\-]+\.md(?:#[\w\-]*)?)(?=[>\s]|\Z)", re.M)
"""The definition of a link to a page of ours: where it leads is an address, and not for people to read."""
_SLASHES = re.compile(r"[^:]*:[\\/]{2}")
_AUTHORITY = re.compile(r"(?:(?P<scheme>[a-z][a-z0-9+.\-]*):)?[\\/]*(?P<authority>[^/\\?#]*)", re.I)

_MAIL = re.compile(r"[\w.+%\-]+ ?@ ?(?:[\w\-]+\.)+[^\W\d_][\w\-]*")
_SPOKEN_MAIL = re.compile(r"\b[\w.+\-]+ +at +[\w\-]+(?: +dot +[\w\-]+)+", re.I)

_HOST = re.compile(r"(?<![\w@.\-])(?:[\w\-]+\.)+(?P<ending>[^\W\d][\w\-]+)(?![\w@\-])")
_ENDING = re.compile(rf"[a-z]{{2}}|xn--[a-z0-9\-]+|{ENDINGS}", re.I)
_FILES = frozenset(
    (  # noqa: SIM905 - a list would be a word a line
        "yml yaml csv css js mjs html htm json txt png svg jpg jpeg gif webp xml ico toml ini cfg log pdf docx xlsx "
        "exe dll msi ps1 woff2 lock"
    ).split()
)
"""Endings of files, which no country and nobody else has for hosts."""
_FILES_OR_COUNTRIES = frozenset(["md", "py", "sh"])
"""Endings of files here that are Moldova's, Paraguay's and Saint Helena's too, so what stands around must tell."""


def without_links(raw: str) -> str:
    return _LINK.sub(blank, raw)


def without_own_pages(raw: str) -> str:
    return _OWN.sub(lambda match: match[1] + "\x00" * len(match[2]), raw)


def without_mails(plain: str) -> str:
    return _MAIL.sub(blank, plain)


def links(raw: str, listed: List) -> Iterator[Finding]:
    """Links that leave the site, in a text with its markup."""
    for match in _LINK.finditer(raw):
        group = match.lastgroup or ""
        code, shown = _judge(match[group], listed)
        if code:
            yield Finding(match.start(group), code, shown)


def _judge(raw: str, listed: List) -> tuple[str, str]:
    """The fault of a link and what to show of it; nothing for one that may be there."""
    allowed = "", ""
    target = unquote(html.unescape(raw)).strip().rstrip(".,;:!?*_")
    if target.startswith("#") or (target.startswith("/") and target[1:2] not in {"/", "\\"}):
        return allowed
    match = _AUTHORITY.match(target)
    scheme = (match["scheme"] or "").lower() if match else ""
    if scheme in DIALS:
        return allowed if digits(target) in listed.telephones else ("foreign-telephone", raw)
    if scheme in WRITES:
        named = re.findall(r"[^\s,;?&=:]+@[^\s,;?&=]+", target)
        known = bool(named) and all(mail.lower() in listed.mails for mail in named)
        return allowed if known else ("foreign-mail", raw)
    if scheme and scheme not in _OPENS and not _SLASHES.match(target):
        # What such a link does is judged elsewhere.
        return allowed
    if not match or not (scheme or target.startswith(("//", "\\", "/\\"))):
        return allowed
    authority = match["authority"]
    host = re.sub(r":\d*$", "", authority).rstrip(".").lower()
    # Nothing but a scheme, as a text about addresses may name it, is no link.
    if host in listed.hosts or (not host and raw.startswith(("http", "<http"))):
        return allowed
    return "foreign-host", authority or raw


def spoken_mails(raw: str) -> Iterator[Finding]:
    """Mail addresses that are spelt out in words, which no list allows."""
    for match in _SPOKEN_MAIL.finditer(raw):
        yield Finding(match.start(), "foreign-mail", match[0])


def mails(plain: str, listed: List) -> Iterator[Finding]:
    for match in _MAIL.finditer(plain):
        if match[0].replace(" ", "").lower() not in listed.mails:
            yield Finding(match.start(), "foreign-mail", match[0])


def hosts(plain: str, listed: List) -> Iterator[Finding]:
    """Names of hosts in a plain text without mail addresses."""
    for match in _HOST.finditer(plain):
        name, ending = match[0], match["ending"].lower()
        known = unicodedata.normalize("NFKC", name).lower()
        if known in listed.hosts or ending in _FILES:
            continue
        before, after = plain[match.start() - 1 : match.start()], plain[match.end() : match.end() + 1]
        if ending in _FILES_OR_COUNTRIES and (name in listed.files or (before == "/" and after != "/")):
            continue
        if _ENDING.fullmatch(ending) or not ending.isascii() or known.startswith("www.") or after == "/":
            yield Finding(match.start(), "foreign-host", name)
