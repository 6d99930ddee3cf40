"""What a browser may do with the site: its Content-Security-Policy and the headers that go with it.

It says nothing about encryption, which only the host knows about.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

SCRIPT = re.compile(r"<script>(.*?)</script>", re.S)
"""A script that stands in the page itself, as templates write it. Not data, which has a type, and no file, which has an
address."""
LASTING = re.compile(r"assets/.+\.[0-9a-f]{8,}\.(min\.)?[a-z0-9]+")
"""The path of a file whose name holds a digest of what is in it: other content would have another name."""
OTHERS = (
    ("X-Content-Type-Options", "nosniff"),
    # The addresses of questions hold the person's answers: they are nobody else's business.
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
)


@dataclass(frozen=True, slots=True)
class Policy:
    """The Content-Security-Policy, as it may stand in a page and as a header."""

    in_page: str

    @property
    def in_header(self) -> str:
        """Whether another site may show this one in a frame can only be said in a header."""
        return f"{self.in_page}; frame-ancestors 'none'"

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """All headers of every answer, by name."""
        return (("Content-Security-Policy", self.in_header), *OTHERS)


def allowing(html: str) -> Policy:
    """The policy under which nothing runs but the site's own files and the scripts that stand in this HTML.

    A digest is taken of exactly what stands between the tags, as Content Security Policy Level 3 has it (section 8.3).
    Give it templates and never pages: what has slipped into a page would be allowed with the rest.
    """
    return Policy("; ".join(_directives(map(digest, SCRIPT.findall(html)))))


def digest(script: str) -> str:
    """A script as a source of the policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def lasting(paths: Iterable[str]) -> tuple[str, ...]:
    """Those of the paths, relative to the root of the site, whose content never changes; sorted."""
    return tuple(sorted(path for path in paths if LASTING.fullmatch(path)))


def _directives(scripts: Iterable[str]) -> Iterable[str]:
    yield "default-src 'none'"
    yield " ".join(["script-src 'self'", *sorted(set(scripts))])
    yield "style-src 'self'"
    # The theme's icons stand as data in its stylesheet.
    yield "img-src 'self' data:"
    yield "font-src 'self'"
    # What the search knows, and what may stand on a screen.
    yield "connect-src 'self'"
    yield "worker-src 'self'"
    yield "form-action 'self'"
    yield "base-uri 'none'"
