"""The facets, read and used."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from kb import vocabulary
from kb.article import RESERVED
from kb.fault import Fault
from kb.site import Site
from kb.source import Source
from kb.vocabulary import Vocabulary

GOOD = Path(__file__).parents[1] / "cases/_good/docs/vocabulary.yml"


def read(*changes: tuple[str, str]) -> Vocabulary | list[Fault]:
    text = GOOD.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    found = vocabulary.parse(Source("vocabulary.yml", text), RESERVED)
    return found if isinstance(found, list) else found[0]


def good(*changes: tuple[str, str]) -> Vocabulary:
    found = read(*changes)
    assert isinstance(found, Vocabulary), found
    return found


def only(*changes: tuple[str, str]) -> Fault:
    found = read(*changes)
    assert isinstance(found, list)
    assert len(found) == 1, found
    return found[0]


def test_facets_and_values_keep_the_order_in_which_they_were_written() -> None:
    words = good()
    assert list(words.facets) == ["symptom", "speed", "wear"]
    assert list(words.facets["symptom"].values) == ["soft-tyre", "chain", "noise"]


def test_the_words_of_a_button_are_the_answer_or_else_the_label() -> None:
    values = good().facets["symptom"].values
    assert values["soft-tyre"].button == "A tyre is soft"
    assert values["chain"].button == "The chain"


def test_what_is_not_said_has_its_ordinary_value() -> None:
    facet = good().facets["wear"]
    assert (facet.question, facet.first, facet.required, facet.max_answers, facet.effort) == (
        None,
        False,
        False,
        7,
        1.0,
    )


@pytest.mark.parametrize(
    ("answers", "article"),
    [({}, "ask-shop"), ({"symptom": "noise"}, "ask-shop"), ({"symptom": "chain"}, "ask-smith")],
)
def test_none_of_these_leads_to_the_first_line_that_fits(answers: Mapping[str, str], article: str) -> None:
    two_lines = "none_of_these:\n  - {when: {symptom: [chain]}, article: ask-smith}\n"
    words = good(("none_of_these:\n", two_lines))
    assert words.escape(answers) == article


def test_a_condition_of_two_facets_holds_only_when_both_do() -> None:
    line = "none_of_these:\n  - {when: {symptom: [chain, noise], speed: [at-once]}, article: ask-smith}\n"
    words = good(("none_of_these:\n", line))
    assert words.escape({"symptom": "noise"}) == "ask-shop"
    assert words.escape({"symptom": "noise", "speed": "at-once"}) == "ask-smith"


def test_the_articles_that_lead_to_a_human_are_those_of_all_lines() -> None:
    words = good(("none_of_these:\n", "none_of_these:\n  - {when: {symptom: [chain]}, article: ask-smith}\n"))
    assert words.escapes == {"ask-shop", "ask-smith"}


def test_a_notice_goes_to_articles_with_one_of_its_values() -> None:
    words = good()
    assert [notice.until for notice in words.notices_for({"wear": ("tube", "pads")})] == [date(2027, 3, 31)]
    assert words.notices_for({"wear": ("tube",)}) == []
    assert words.notices_for({}) == []


def test_a_notice_without_a_condition_goes_nowhere() -> None:
    assert good(("    when: {wear: [pads]}\n", "")).notices_for({"wear": ("pads",)}) == []


@pytest.mark.parametrize("name", ["two-words", "Big", "größe", "a_b", "''"])
def test_a_facet_is_called_by_one_plain_word(name: str) -> None:
    # An address such as speed-at-once is taken apart at its first hyphen.
    assert (
        only(("  wear:\n    label", f"  {name}:\n    label"), ("when: {wear: [pads]}", "when: {}")).code
        == "bad-facet-name"
    )


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_no_facet_takes_the_name_of_a_key_of_front_matter(name: str) -> None:
    changes = ("  wear:\n    label", f"  {name}:\n    label"), ("when: {wear: [pads]}", "when: {}")
    found = read(*changes)
    assert isinstance(found, list)
    assert {fault.code for fault in found} <= {"reserved-facet", "bad-facet-name"}


def test_the_name_of_the_answer_i_am_not_sure_is_kept_for_it() -> None:
    assert only(("      chain:\n", "      unsure:\n")).code == "reserved-value"


def test_a_condition_may_ask_for_i_am_not_sure() -> None:
    assert good(("symptom: [soft-tyre]", "symptom: [soft-tyre, unsure]")).facets["speed"].when == {
        "symptom": ("soft-tyre", "unsure")
    }


def test_a_condition_on_a_value_that_is_not_there_stands_at_that_value() -> None:
    found = only(("symptom: [soft-tyre]", "symptom: [soft-tyre, soft-tire]"))
    assert (found.line, found.column, found.code) == (33, 28, "unknown-value")
    assert found.suggestion == "Did you mean 'soft-tyre'?"


def test_who_can_still_meet_one_need_lacks_the_others_that_were_asked_for(real: Site) -> None:
    have = real.knowledge.vocabulary.facets["have"]
    assert have.lacking("office-phone") == {"signed-in"}
    assert have.lacking("signed-in") == {"second-method"}
    assert have.lacking("nothing") == {"signed-in", "second-method"}
    assert have.lacking("unsure") == frozenset()
