"""A text is read as a person reads it, and every part of it still knows where it came from."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb import disguise


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1-**800**-`555`", "1-800-555"),
        ("[1-800](/problems/x.md)-555", "1-800-555"),
        ("1\\-800&#45;555", "1-800-555"),
        ("- 800\n- 555", "- 800 555"),
        ("| 800 |\n| 555 |", "| 800 \0 555 |"),
        ("evil (dot) com", "evil.com"),
        ("evil dot com", "evil.com"),
        ("the dot at the end", "the dot at the end"),
        ("a [at] evil.com", "a@evil.com"),
        ("8\u200b0\u00ad0", "800"),
        ("1–800\u00a0555", "1-800 555"),
        ("８００ ⑤ ⁵", "800 5 5"),
        ("evil。com", "evil.com"),
        ("\\x38\\u0030", "80"),
    ],
)
def test_it_is_read_without_markup_and_disguise(text: str, read: str) -> None:
    assert disguise.flatten(text).text == read


@given(st.text(alphabet="ab8. \n*[]()&;#\\x@|–\u200b", max_size=40))
@example("]( a)")
def test_what_is_kept_comes_from_where_it_stood(text: str) -> None:
    flat = disguise.flatten(text)
    origins = [flat.origin(position) for position in range(len(flat.text))]
    assert origins == sorted(origins)
    assert all(text[origin] == sign for sign, origin in zip(flat.text, origins, strict=True) if sign in "ab")


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Plain.", []),
        ("Café, Привет, 日本語のテスト", []),
        ("\U0001f468\u200d\U0001f469", []),
        ("Sup\u200dport", ["hidden-character"]),
        ("Micrоsoft", ["look-alike"]),
        ("Ｓupport", ["look-alike"]),
    ],
)
def test_characters_that_deceive_are_found(text: str, codes: list[str]) -> None:
    assert [found.code for found in disguise.characters(text)] == codes


@pytest.mark.parametrize(
    ("text", "front", "codes"),
    [
        ("a&#49;b", 0, ["look-alike"]),
        ("a&ZeroWidthSpace;b", 0, ["hidden-character"]),
        ("fish &amp; chips &unknown;", 0, []),
        ("\\x31", 4, ["look-alike"]),
        ("\\u200b", 6, ["hidden-character"]),
        ("\\x31", 0, []),
    ],
)
def test_escapes_that_deceive_are_found(text: str, front: int, codes: list[str]) -> None:
    assert [found.code for found in disguise.escapes(text, front)] == codes
