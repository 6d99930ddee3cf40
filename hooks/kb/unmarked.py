"""Leaves text alone in which nothing can be markup, such as most sentences.

The converter searches each text for a dozen kinds of markup, one after another: a tenth of the time of a page.
"""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

_MARKUP = re.compile(r"[^A-Za-z0-9 ,.;?'’“”–·()\n-]|  \n")
"""Signs that may begin markup, or two blanks at the end of a line, which break it."""
_AFTERWARDS = frozenset({"abbr"})
"""What looks for words once markup has been found, and leaves what we leave alone."""


class _LeaveAlone(Treeprocessor):
    def __init__(self, md: Markdown, own: frozenset[str]) -> None:
        super().__init__(md)
        self._own = own

    def run(self, root: Element) -> None:
        known: Markdown = self.md
        # An extension may take any word for markup.
        if {kind.pattern for kind in known.inlinePatterns} <= self._own and not any(
            name in known.treeprocessors for name in _AFTERWARDS
        ):
            for element in root.iter():
                if element.text and not _MARKUP.search(element.text):
                    element.text = AtomicString(element.text)
                if element.tail and not _MARKUP.search(element.tail):
                    element.tail = AtomicString(element.tail)


class UnmarkedExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the converter's name for it
        own = frozenset(kind.pattern for kind in Markdown().inlinePatterns)
        # Right before the converter looks for markup within lines.
        md.treeprocessors.register(_LeaveAlone(md, own), "unmarked", 21)
