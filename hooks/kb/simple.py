"""Texts of words, links and bold words alone, such as most sentences and lists, are taken apart at once.

The converter tries a dozen kinds of block on each text, then searches it for a dozen kinds of markup one after another,
and what it finds once more: a third of its time. Here such a text becomes the elements that it would have become. Every
other one is left to the converter.
"""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import ETX, STX, AtomicString

_SIGNS = r"\\`*_!&<>\[\]"
_MARKUP = re.compile(rf"[{_SIGNS}]|  \n")
"""Signs that may begin or end markup, or two blanks at the end of a line, which break it."""
_PART = re.compile(
    # A link whose words are no markup and whose address means what it says; bold words that stand by themselves.
    rf"(?<!!)\[([^{_SIGNS}]+)\]\(([A-Za-z0-9/.:#_-]+)\)|(?<![^\s(])\*\*(?!\s)([^{_SIGNS}]+)(?<!\s)\*\*(?![\w*])"
)
_PARAGRAPH = re.compile(r"(?:(?:[^\W\d_]|\*\*[^\W\d_]|\[[^\[\]\n]*\]\()[^\n]*(?:\n|\Z))+\Z")
"""Each line begins with a letter, or with one that is bold or in a link: no other block does."""
_BLOCKS = frozenset(
    {
        "markdown.blockprocessors",
        "markdown.extensions.def_list",
        "markdown.extensions.footnotes",
        "markdown.extensions.tables",
        "pymdownx.superfences",
    }
)
"""Modules whose kinds of block are looked for after ours, and begin otherwise."""
_AFTERWARDS = frozenset({"abbr"})
"""What looks for words once markup has been found, and leaves what we leave alone."""


class _Paragraph(ParagraphProcessor):
    alone = False
    """Whether all kinds of block are known that this one comes before."""

    def test(self, _: Element, block: str) -> bool:
        return self.alone and _PARAGRAPH.match(block) is not None


class _TakeApart(Treeprocessor):
    alone = False
    """Whether all kinds of markup are known."""
    escapes: re.Pattern[str]

    def run(self, root: Element) -> None:
        if self.alone:
            for element in list(root.iter()):
                if element.text and not isinstance(element.text, AtomicString):
                    self._take_apart(element, element.text)

    def _take_apart(self, element: Element, text: str) -> None:
        # Code comes before escapes.
        if "`" in text:
            return
        if "\\" in text:
            text = self.escapes.sub(_as_number, text)
        before, *parts = _PART.split(text)
        if any(_MARKUP.search(words) for words in (before, *parts[3::4])):
            return
        element.text = AtomicString(before)
        for place, (words, address, bold, after) in enumerate(zip(*[iter(parts)] * 4, strict=True)):
            part = Element("a", {"href": address}) if address else Element("strong")
            part.text, part.tail = AtomicString(words or bold), AtomicString(after)
            element.insert(place, part)


def _as_number(escape: re.Match[str]) -> str:
    """An escaped sign as the converter notes it until all markup has been found."""
    return f"{STX}{ord(escape[1])}{ETX}"


class SimpleExtension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the converter's name for it
        self._md, self._paragraph, self._take_apart = md, _Paragraph(md.parser), _TakeApart(md)
        self._markup = frozenset(kind.pattern for kind in Markdown().inlinePatterns)
        # After those that hold what stands in them, whatever it is.
        md.parser.blockprocessors.register(self._paragraph, "simple", 86)
        # Right before the converter looks for markup within lines.
        md.treeprocessors.register(self._take_apart, "simple", 21)
        md.registerExtension(self)

    def reset(self) -> None:
        """Before each text, when all extensions are there: one of them may take any word for markup."""
        md, blocks = self._md, self._md.parser.blockprocessors
        known = {kind.pattern for kind in md.inlinePatterns} <= self._markup
        self._take_apart.alone = known and not any(name in md.treeprocessors for name in _AFTERWARDS)
        self._take_apart.escapes = re.compile(rf"\\([{re.escape(''.join(md.ESCAPED_CHARS))}])")
        later = list(blocks)[blocks.get_index_for_name("simple") + 1 :]
        self._paragraph.alone = all(type(kind).__module__ in _BLOCKS for kind in later)
