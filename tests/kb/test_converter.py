"""A converter that is used again makes of each text what a new one makes of it."""

from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions import Extension

from kb import converter
from kb.converter import Converter
from kb.ladder import LadderExtension
from kb.plain import PlainExtension
from kb.simple import SimpleExtension

NAMES = sorted(converter._FORGETFUL)
SETTINGS = {"toc": {"permalink": True}, "tables": {"use_align_attribute": True}}
# Whatever extensions may remember: anchors, definitions, footnotes, fences, blocks.
PARTS = (
    "# Title",
    "# Title { #here .remedy }",
    "### One { #one .remedy }",
    "[a]: /b.md",
    "See [a][] and [b](/c.md).",
    "Note[^1].",
    "[^1]: It is here.",
    "```python\nx = 1\n```",
    "````\n```\n",
    "```",
    "!!! note\n    Text.",
    "word\n:   what it means",
    "| a | b |\n| --- | :-: |\n| 1 | 2 |",
    "/// html | div.x",
    "///",
    "`code` *and* &amp; <b>",
    "[TOC]",
    "{ .x }",
)


def ours() -> list[str | Extension]:
    return [*NAMES, LadderExtension(), SimpleExtension(), PlainExtension()]


@given(st.lists(st.lists(st.sampled_from(PARTS)).map("\n\n".join), min_size=2, max_size=4))
def test_each_text_becomes_what_a_new_one_makes_of_it(texts: list[str]) -> None:
    again = Converter(ours(), SETTINGS)
    for text in texts:
        md, new = again.next(), Markdown(extensions=ours(), extension_configs=SETTINGS)
        assert md.convert(text) == new.convert(text)
        assert md.toc_tokens == new.toc_tokens  # type: ignore[attr-defined]


def test_it_is_the_same_one_as_long_as_all_extensions_forget() -> None:
    again = Converter(ours(), SETTINGS)
    assert again.next() is again.next()


def test_with_an_extension_that_may_remember_it_is_a_new_one_each_time() -> None:
    again = Converter([*ours(), "abbr"], SETTINGS)
    assert again.next() is not again.next()
