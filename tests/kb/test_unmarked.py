"""Text that is left alone would have been found to be plain: pages are the same, only sooner."""

import re
from unittest.mock import patch

import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown.inlinepatterns import SimpleTagInlineProcessor
from markdown.treeprocessors import InlineProcessor

from kb.unmarked import _MARKUP, UnmarkedExtension

EXTENSIONS = ["admonition", "attr_list", "tables", "toc", "pymdownx.blocks.html", "pymdownx.superfences"]
SIGNS = "".join(sign for sign in map(chr, range(0x20, 0x2100)) if not _MARKUP.search(sign))
TEXTS = st.text(st.sampled_from(SIGNS + "\n")) | st.text(st.sampled_from("aB1 ,.-()\n*_`[]{}<&\\|:#"))


def convert(text: str, *more: str | markdown.Extension) -> str:
    return markdown.markdown(text, extensions=[*EXTENSIONS, *more])


@given(TEXTS)
@example("one  \ntwo")
@example("Mail a.b at c.d - or www.example.com")
@example("1. one\n2. two\n\n    three (four)")
@example("# One - two { #three }\n\nfour\n{ .five }")
def test_a_page_is_the_same(text: str) -> None:
    assert convert(text, UnmarkedExtension()) == convert(text)


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


def test_a_sentence_is_not_searched() -> None:
    text = "Open the app (if you have it).\n\n- It's done; isn't it?\n- **Not** yet"
    assert looked_at(text) != []
    assert looked_at(text, UnmarkedExtension()) == ["**Not** yet", "Not"]


class Arrows(markdown.Extension):
    """An extension for which hyphens are markup."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"()--(.+?)--", "del"), "del", 200)


@pytest.mark.parametrize("order", [1, -1])
def test_where_an_extension_knows_more_kinds_of_markup_all_is_searched(order: int) -> None:
    found = convert("one --two-- three", *[UnmarkedExtension(), Arrows()][::order])
    assert re.search("<del>two</del>", found)


def test_where_words_are_looked_for_all_is_searched() -> None:
    text = "The HTML of it\n\n*[HTML]: A language"
    assert convert(text, "abbr", UnmarkedExtension()) == convert(text, "abbr")
    assert "<abbr" in convert(text, "abbr", UnmarkedExtension())
