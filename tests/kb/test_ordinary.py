"""Markdown that any generator reads, made of what our own reads."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown as converted
from markdown_it import MarkdownIt

from kb.ordinary import ordinary
from kb.render import escape_markdown

PAGE = "problems/squeal.md"


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("/// html | div.notice\n    attrs: {role: note}\n\nText\n\n///\n\nMore\n", "Text\n\nMore\n"),
        ("//// html | section.remedy\n\n/// html | div\n\nText\n\n///\n\n////\n", "Text\n"),
        ("Text\n\n{ .quiet }\n\nMore\n", "Text\n\nMore\n"),
        ('Text\n\nTick it\n{ .tick data-search-exclude="" }\n\nMore\n', "Text\n\nMore\n"),
        ("- One\n\n- Two **b**\n\n{ #two }\n    - More\n", '- One\n\n- <a id="two"></a>Two **b**\n\n    - More\n'),
        ("    attrs: {a: b}\n", "attrs: {a: b}\n"),
    ],
    ids=["block", "blocks", "class", "control", "item", "no-block"],
)
def test_blocks_and_attributes_go_and_what_they_hold_stays(ours: str, theirs: str) -> None:
    assert ordinary(ours, PAGE) == theirs


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("## How to tell\n", "## How to tell {#how-to-tell}\n"),
        ("### Mend it { #mend-tube }\n", "### Mend it {#mend-tube}\n"),
        ("## Twice\n\n## Twice\n", "## Twice {#twice}\n\n## Twice {#twice_1}\n"),
        ("## Same\n\n## Other { #same }\n", "## Same {#same_1}\n\n## Other {#same}\n"),
        ("- Item\n\n{ #item }\n\n## Item\n", '- <a id="item"></a>Item\n\n## Item {#item_1}\n'),
        ("## With signs ##\n", "## With signs {#with-signs}\n"),
        ("## Error \\#50\\-1\n", "## Error \\#50-1 {#error-50-1}\n"),
    ],
)
def test_every_heading_says_the_anchor_that_our_own_converter_gives_it(ours: str, theirs: str) -> None:
    assert ordinary(ours, PAGE) == theirs


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("[a](/problems/flat-tyre.md#how-to-tell)", "[a](flat-tyre.md#how-to-tell)"),
        ("[a](/remedies/pump-up.md)", "[a](../remedies/pump-up.md)"),
        ("[a](/index.md) or [b](</problems/squeal.md>)", "[a](../index.md) or [b](<squeal.md>)"),
        ("![Valve](/assets/valve.png)", "![Valve](../assets/valve.png)"),
        ("[a][b]\n\n[b]: /remedies/pump-up.md", "[a][b]\n\n[b]: ../remedies/pump-up.md"),
        ("[a](https://bicycles.example/) [b](#here)", "[a](https://bicycles.example/) [b](#here)"),
    ],
)
def test_links_lead_from_file_to_file(ours: str, theirs: str) -> None:
    assert ordinary(ours, PAGE) == f"{theirs}\n"


def test_a_page_at_the_top_links_without_steps_up() -> None:
    assert ordinary("[a](/find/index.md)", "index.md") == "[a](find/index.md)\n"


def test_code_stays_as_it_is() -> None:
    text = (
        "Write `[a](/b.md)` and `x\\-y`.\n\n```text\n/// html | div\n# No heading\n\n\n{ .x }\n[a](/b.md) x\\-y\n```\n"
    )
    assert ordinary(text, PAGE) == text


def test_a_plain_text_has_no_escapes_that_change_nothing() -> None:
    text = escape_markdown("Two-step verification (by text). It's 5-0.")
    assert ordinary(text, PAGE) == "Two-step verification (by text). It's 5-0.\n"


@given(st.text("ab1 -.()[]#!*_`\\<>&|:+", min_size=1).map(str.strip).filter(bool))
def test_without_needless_escapes_every_text_still_shows_as_it_stands(text: str) -> None:
    escaped = escape_markdown(text)
    readable = ordinary(escaped, PAGE)
    assert converted(readable) == converted(escaped)
    assert MarkdownIt().render(readable) == MarkdownIt().render(f"{escaped}\n")
