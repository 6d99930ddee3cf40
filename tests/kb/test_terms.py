"""What is not said any more is found in other letters and over two lines; capitals keep names and words apart."""

from typing import Any

import pytest

from kb import prose, terms
from kb.source import Source
from kb.terms import Terms

FIRST = {
    "terms": [{"old": ["Fraud Alert", "old word"], "now": "New Name"}, {"old": ["simply"], "instead": "Leave it out."}]
}


def found(text: str, data: dict[str, Any] = FIRST, path: str = "docs/problems/x.md") -> list[str]:
    passages = prose.of_article(Source(path, text))
    return [
        f"{one.line}:{one.column} {one.sentence}" for one in terms.check(passages, Terms.model_validate(data), "docs")
    ]


def mended(text: str, data: dict[str, Any] = FIRST) -> str:
    passages = prose.of_article(Source("docs/problems/x.md", text))
    return terms.mend(text, passages, Terms.model_validate(data), "docs")


def test_small_letters_match_any_and_capitals_only_capitals() -> None:
    assert found("Old Word, OLD WORD and old word.") == [
        "1:1 'Old Word' is not said here.",
        "1:11 'OLD WORD' is not said here.",
        "1:24 'old word' is not said here.",
    ]
    assert found("A fraud alert is no Fraud Alert.") == ["1:21 'Fraud Alert' is not said here."]


def test_a_term_may_go_over_two_lines_and_a_link() -> None:
    assert found("This is an old\nword, and an [old word](/problems/y.md).") == [
        "1:12 'old word' is not said here.",
        "2:15 'old word' is not said here.",
    ]


@pytest.mark.parametrize(
    "text", ["An old wording.", "A very-old word.", "`old word`", "<https://example.org/old-word>"]
)
def test_a_part_of_a_word_and_code_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_the_longest_of_several_terms_is_the_one_that_counts() -> None:
    data = {"terms": [{"old": ["Works"], "now": "A"}, {"old": ["Old Works"], "now": "B"}]}
    assert found("The Old Works.", data) == ["1:5 'Old Works' is not said here."]


def test_phrases_and_messages_may_say_what_they_like() -> None:
    assert found('---\nphrases: [old word]\nmessages: ["Fraud Alert"]\n---\n') == []


def test_the_pages_that_explain_old_terms_may_say_them() -> None:
    data = {**FIRST, "pages": ["reference/old.md"]}
    assert found("An old word.", data, "docs/reference/old.md") == []
    assert mended("An old word.", data) == "An New Name."


def test_only_what_is_written_exactly_so_is_mended() -> None:
    assert mended("An old word, an Old Word, simply an old\nword.") == "An New Name, an Old Word, simply an old\nword."


def test_an_address_is_mended_in_links_only_and_with_all_below_it() -> None:
    data = {"links": [{"old": "https://old.example.org/", "now": "https://example.org/"}]}
    text = "[a](https://old.example.org/x) and `https://old.example.org/y`, or <https://old.example.org/z>."
    assert mended(text, data) == text.replace("(https://old.", "(https://").replace("<https://old.", "<https://")
    assert found(text, data) == [
        "1:5 'https://old.example.org/' has moved.",
        "1:69 'https://old.example.org/' has moved.",
    ]


def test_each_kind_of_page_has_limits_of_its_own() -> None:
    data = Terms.model_validate({"limits": {"remedy": {"sentence": 9}, "page": {"sentence": 7}}})
    sentences = {
        path: data.limits_of(path)[1].sentence for path in ("docs/remedies/x.md", "docs/about.md", "docs/problems/x.md")
    }
    assert sentences == {"docs/remedies/x.md": 9, "docs/about.md": 7, "docs/problems/x.md": 40}
