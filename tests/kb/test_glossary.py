"""The words that people stumble over: what finds them, and where articles say them."""

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import glossary
from kb.site import Site

if TYPE_CHECKING:
    from tests.kb.conftest import Load


def found(spellings: list[str], text: str) -> list[str]:
    return [match[0] for match in glossary.pattern(spellings).finditer(text)]


def file(**terms: Any) -> dict[str, str]:
    return {"glossary.yml": json.dumps({"index": {"title": "Words", "intro": "Words about bicycles."}, "terms": terms})}


def test_a_word_is_found_as_it_is_written_and_at_the_start_of_a_sentence() -> None:
    made = glossary.Glossary.model_validate(
        json.loads(file(tube={"means": "A hose."}, RCS={"means": "A text."})["glossary.yml"])
    )
    assert found(list(made.spellings), "A tube, Tube or TUBE") == ["tube", "Tube"]
    assert found(list(made.spellings), "rcs, Rcs and RCS") == ["RCS"]


def test_only_whole_words_are_found() -> None:
    assert found(["tube"], "tubes, tube-less, in-tube, a tube; tube's") == ["tube", "tube"]


def test_the_longest_spelling_wins_and_may_go_over_two_lines() -> None:
    assert found(["tube", "inner tube", "inner"], "an inner\ntube") == ["inner\ntube"]


def test_what_html_writes_for_a_sign_is_no_word() -> None:
    assert found(["amp", "x27"], "this &amp; that &#x27; amp") == ["amp"]


def test_no_spelling_finds_nothing() -> None:
    assert found([], "some text") == []


NAMES = st.text("abAB -.+", min_size=1).map(lambda text: " ".join(text.split())).filter(bool)


@given(st.lists(NAMES, min_size=1), st.text("abAB -.+"))
def test_every_match_belongs_to_a_spelling(spellings: list[str], text: str) -> None:
    for match in glossary.pattern(spellings).finditer(text):
        spelling = glossary.spelled(match, {one: one for one in spellings})
        assert spelling == " ".join(match[0].split())


def test_articles_say_a_word_in_text_title_or_phrases(load: "Load") -> None:
    changes = file(
        rim={"means": "The edge of a wheel."},
        puncture={"means": "A hole in a tyre."},
        chain={"means": "It turns the wheel."},
    )
    said = load(changes).said
    assert "flat-tyre" in said["rim"]
    assert said["puncture"] == ("flat-tyre", "slow-leak")
    assert "chain-off" in said["chain"]


def test_a_site_without_the_file_explains_nothing(load: "Load") -> None:
    known = load({})
    assert known.glossary is None
    assert known.said == {}


@pytest.mark.parametrize("text", ["One. Two.", "One! Two?", "It is version 1.2 of it. Two."])
def test_two_sentences_may_explain_a_word(text: str) -> None:
    assert glossary.Term.model_validate({"means": text}).means == text


def test_every_word_of_this_site_says_where_it_is_known_from(real: Site) -> None:
    known = real.knowledge.glossary
    assert known is not None
    assert 20 <= len(known.terms) <= 40
    assert [name for name, term in known.terms.items() if term.mark and not term.facts] == []
