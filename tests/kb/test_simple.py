"""Texts that are taken apart at once become what the converter makes of them: pages are the same, only sooner."""

import re
from unittest.mock import patch
from xml.etree.ElementTree import Element, SubElement

import markdown
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor, ParagraphProcessor
from markdown.inlinepatterns import SimpleTagInlineProcessor
from markdown.treeprocessors import InlineProcessor

from kb.simple import SimpleExtension

EXTENSIONS = ["admonition", "attr_list", "tables", "toc", "pymdownx.blocks.html", "pymdownx.superfences"]
SIGNS = [*"aB1 ,.-()\n*_`[]{}<&\\|:#!?é", "  ", "\n\n", "    ", "\n- ", "\n1. ", "](", "**", "\\*", "\\[", "\n///\n"]
WORDS = [
    "word",
    "Two words",
    "it's",
    "http://a.b",
    "<http://a.b>",
    "&amp;",
    "`c`",
    "**b**",
    "**b c**",
    "(**b**)",
    "_e_",
]
LINKS = ["[a](/b.md)", "[a b](c.md#d)", "[a](/b_c_.md)", "[a][b]", "[^1]", "| a | b |", "{ .c }"]
BLOCKS = ["\n---", "\n===", "\n/// html | div\n", "\n!!! note\n    ", "\n: ", "\n[a]: /b", "\n## ", "\n```\n"]
TEXTS = st.lists(st.sampled_from(SIGNS + WORDS + LINKS + BLOCKS), max_size=16).map("".join)


def convert(text: str, *more: str | markdown.Extension) -> str:
    return markdown.markdown(text, extensions=[*EXTENSIONS, *more])


@pytest.mark.parametrize("more", [[], ["footnotes", "def_list"]])
@given(text=TEXTS)
@example("one  \ntwo")
@example("Mail a.b at c.d - or www.example.com")
@example("1. one\n2. two\n\n    three (four)")
@example("# One - two { #three }\n\nfour\n{ .five }")
@example("- [One \\- two](/a.md), **three** and [four](b.md#c): five\n- [six](/d.md)")
@example("- one\n\n- [two](/a.md)\n\n    three")
def test_a_page_is_the_same(more: list[str], text: str) -> None:
    page = convert(text, *more)
    # At times a number shows by which the converter knows what it has found.
    assume("zzwxh" not in page)
    assert convert(text, *more, SimpleExtension()) == page


def looked_at(text: str, *more: str | markdown.Extension) -> list[str]:
    """What the converter searched for markup."""
    seen: list[str] = []
    search = InlineProcessor._InlineProcessor__handleInline  # type: ignore[attr-defined]

    def noted(self: InlineProcessor, data: str, index: int = 0) -> str:
        if not isinstance(data, markdown.util.AtomicString):
            seen.append(data)
        return str(search(self, data, index))

    with patch.object(InlineProcessor, "_InlineProcessor__handleInline", noted):
        convert(text, *more)
    return [one for one in seen if one.strip()]


def test_words_links_and_bold_words_are_not_searched() -> None:
    text = "Open the [app](/a.md) (if you have it).\n\n- It's **done**, isn't it?\n- [Not](b.md) *yet*"
    assert looked_at(text) != []
    assert looked_at(text, SimpleExtension()) == ["[Not](b.md) *yet*", "Not", "yet"]


def test_a_sentence_is_tried_as_no_other_kind_of_block() -> None:
    tried: list[str] = []

    def noted(_: ParagraphProcessor, __: Element, block: str) -> bool:
        tried.append(block)
        return True

    with patch.object(ParagraphProcessor, "test", noted):
        convert("One [two](/a.md)\n**three**.\n\n- [four](b.md)\n- *five*", SimpleExtension())
    assert tried == ["*five*"]


class Arrows(markdown.Extension):
    """An extension for which hyphens are markup."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"()--(.+?)--", "del"), "del", 200)


@pytest.mark.parametrize("order", [1, -1])
def test_where_an_extension_knows_more_kinds_of_markup_all_is_searched(order: int) -> None:
    found = convert("one --two-- three", *[SimpleExtension(), Arrows()][::order])
    assert re.search("<del>two</del>", found)


def test_where_words_are_looked_for_all_is_searched() -> None:
    text = "The HTML of it\n\n*[HTML]: A language"
    assert convert(text, "abbr", SimpleExtension()) == convert(text, "abbr")
    assert "<abbr" in convert(text, "abbr", SimpleExtension())


class Shouts(BlockProcessor):
    """A kind of block that begins with a letter."""

    def test(self, _: Element, block: str) -> bool:
        return block.isupper()

    def run(self, parent: Element, blocks: list[str]) -> None:
        SubElement(parent, "h6").text = blocks.pop(0)


class Loud(markdown.Extension):
    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        md.parser.blockprocessors.register(Shouts(BlockParser(md)), "shouts", 20)


@pytest.mark.parametrize("order", [1, -1])
def test_where_an_extension_knows_more_kinds_of_block_all_are_tried(order: int) -> None:
    found = convert("one\n\nTWO\n\nthree", *[SimpleExtension(), Loud()][::order])
    assert re.search("<h6.*>TWO</h6>", found)
