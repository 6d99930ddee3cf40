"""Keeps Markdown plain: no raw HTML, no element, link or attribute that runs.

The net below the checks of markup.py, which name the line. Whatever they miss is shown as text or loses its power here,
on every page, whoever wrote it.
"""

import html
import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

_SAFE_SCHEMES = frozenset({"https", "http", "mailto", "tel"})
_ACTIVE = frozenset(
    {"script", "style", "iframe", "frame", "object", "embed", "base", "meta", "link", "form", "svg", "math"}
)
_ACTS = frozenset({"style", "srcdoc", "formaction"})
_LEADS = frozenset({"href", "src", "action"})
_PLACEHOLDER = re.compile("\x02(\\d+)\x03")
_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):")
_NO_SCHEME = frozenset("/#.?")
"""Whatever begins with one of these leads somewhere on this site, or to another host: no scheme can follow."""
_IGNORED_BY_BROWSERS = re.compile(r"[\x00-\x20\x7f-\xa0]")


def is_safe(address: str) -> bool:
    """Whether a browser that follows the address runs nothing."""
    if address[:1] in _NO_SCHEME:
        return True
    bare = _IGNORED_BY_BROWSERS.sub("", html.unescape(html.unescape(address))).lower()
    scheme = _SCHEME.match(bare)
    return scheme is None or scheme[1] in _SAFE_SCHEMES


class _Disarm(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in list(root.iter()):
            for child in [child for child in element if str(child.tag).lower() in _ACTIVE]:
                element.remove(child)
            # Most have no attributes at all.
            for name, value in list(element.attrib.items()) if element.attrib else ():
                known = name.lower()
                acts = known.startswith("on") or known in _ACTS
                if acts or (known in _LEADS and not is_safe(self._text(value))):
                    del element.attrib[name]

    def _text(self, value: str) -> str:
        """The value without the converter's placeholders for escaped characters."""
        return _PLACEHOLDER.sub(lambda match: chr(int(match[1])), value) if "\x02" in value else value


class PlainExtension(Extension):
    """Switches raw HTML off, and disarms elements and attributes after all other extensions have set theirs."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the converter's name for it
        md.preprocessors.deregister("html_block", strict=False)
        md.inlinePatterns.deregister("html", strict=False)
        md.treeprocessors.register(_Disarm(md), "disarm", -10)
