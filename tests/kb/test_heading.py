"""Headings and their anchors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions.toc import slugify

from kb import heading

TEXTS = [
    "How to tell",
    "Is it *really* `safe`, or **not**?",
    "See [the app](/remedies/use-app-code.md) first",
    "Ends with signs ##",
    "A snake_case word and _emphasis_",
    "Über Öl & Co",
    "Half - and half",
    "2026",
]


@given(st.text())
def test_a_plain_heading_gets_the_anchor_that_the_converter_gives_it(text: str) -> None:
    plain = "".join(char for char in text if char not in "_&][")
    assert heading.anchor(plain) == slugify(plain, "-")


@pytest.mark.parametrize("text", TEXTS)
def test_a_heading_with_markup_gets_the_anchor_that_the_converter_gives_it(text: str) -> None:
    converter = Markdown(extensions=["toc"])
    converter.convert(f"## {text}\n")
    (token,) = converter.toc_tokens  # type: ignore[attr-defined]
    assert list(heading.anchors(f"## {text}\n", ())) == [token["id"]]


def test_a_heading_whose_anchor_is_taken_gets_a_number() -> None:
    assert list(heading.anchors("## One\n\n## Two\n\n### Two\n\n## …\n", ["one"])) == ["one_1", "two", "two_1", "_1"]


def test_what_looks_like_a_heading_in_a_block_of_code_is_none() -> None:
    body = "## Real\n\n````\n```\n## Code\n````\n\n~~~\n## Code\n~~~\n\n## Also real\n"
    assert list(heading.anchors(body, ()).values()) == ["Real", "Also real"]
