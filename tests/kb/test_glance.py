"""The cheap look takes whole lines, and lets ordinary pages go."""

from itertools import pairwise

import pytest

from kb import glance

QUIET = "---\ntitle: Words\nreviewed: 2026-11-21\n---\n\nRead [more](/x.md). Wait 24 hours.\n\n1. Wait.\n2. Look.\n"


def test_an_ordinary_page_needs_no_closer_look() -> None:
    assert list(glance.windows(QUIET)) == []


@pytest.mark.parametrize(
    "sign",
    [
        "800 555",
        "a8005550199",
        "8[0]",
        "ext. 42",
        "8oo 55",
        "eight hundred",
        "evil.com",
        "evil dot com",
        "a (at) b",
        "a@b",
        "&#49;",
        "\\x31",
        "tel:1",
        "[x](y)",
        "[x]: y",
        "é",
    ],
)
def test_a_sign_is_found_with_the_lines_around_it(sign: str) -> None:
    text = f"{QUIET}Before.\nSome {sign} words.\nAfter.\nLater.\n{QUIET}"
    ((start, end),) = glance.windows(text)
    assert "Before.\n" in text[start:end]
    assert text[start:end].rstrip("\n").endswith("After.")
    assert start == 0 or text[start - 1] == "\n"


def test_numbers_in_words_take_the_whole_text() -> None:
    text = f"{QUIET}five five five\n"
    assert list(glance.windows(text)) == [(0, len(text))]


def test_windows_come_in_order_and_do_not_overlap() -> None:
    text = "".join(f"Line {sign}\n\nx\n\nx\n\nx\n\n" for sign in ("a@b", "tel:1", "evil.com", "&amp;"))
    found = list(glance.windows(text))
    assert len(found) == 4
    assert all(one[1] <= other[0] for one, other in pairwise(found))
