"""What is found gets words that a writer can act on."""

import pytest

from kb.finding import Finding

LIST = "docs/allowed.yml"


@pytest.mark.parametrize("code", ["foreign-host", "foreign-mail", "foreign-telephone"])
def test_what_could_be_allowed_is_shown_with_the_list(code: str) -> None:
    sentence, suggestion = Finding(0, code, "evil.example").words(LIST)
    assert "'evil.example'" in sentence
    assert LIST in suggestion


@pytest.mark.parametrize("code", ["hidden-character", "look-alike"])
def test_what_nobody_could_allow_says_nothing_of_the_list(code: str) -> None:
    sentence, suggestion = Finding(0, code, "U+200B").words(LIST)
    assert "U+200B" in sentence
    assert suggestion
    assert LIST not in suggestion


def test_what_is_shown_fits_on_a_line() -> None:
    sentence, _ = Finding(0, "foreign-telephone", f"800\0\n555 {'0' * 80}").words(LIST)
    assert sentence.startswith("'800 555 00")
    assert len(sentence) < 130


def test_findings_stand_in_the_order_of_the_text() -> None:
    found = [Finding(9, "foreign-host", "a"), Finding(2, "look-alike", "b"), Finding(2, "foreign-mail", "c")]
    assert [each.shown for each in sorted(found)] == ["c", "b", "a"]
