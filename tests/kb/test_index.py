"""The symptom indexes."""

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb import index
from kb.index import Index
from kb.knowledge import Knowledge
from kb.site import Site

if TYPE_CHECKING:
    from tests.kb.conftest import Load, Text


def by_name(known: Knowledge) -> dict[str, Index]:
    return {one.name: one for one in index.compile_all(known)}


def articles(one: Index) -> dict[str, list[str]]:
    return {section.anchor: [article.slug for article in section.articles] for section in one.sections}


def test_facets_come_first_in_the_order_of_the_vocabulary(load: "Load") -> None:
    assert list(by_name(load({}))) == ["symptom", "speed", "wear", "messages", "who", "phrases"]


def test_a_value_lists_its_problems_the_most_common_first(load: "Load") -> None:
    assert articles(by_name(load({}))["symptom"]) == {
        "soft-tyre": ["flat-tyre", "slow-leak"],
        "chain": ["chain-off"],
        "noise": ["squeal"],
    }


def test_a_value_without_problems_is_not_shown(load: "Load", good: "Text") -> None:
    known = load({"problems/squeal.md": good("problems/squeal.md", wear=None)})
    assert "pads" not in articles(by_name(known)["wear"])


def test_a_reference_stands_in_no_facet_index(load: "Load") -> None:
    assert articles(by_name(load({}))["wear"])["tube"] == ["flat-tyre"]


def test_an_index_of_nothing_is_not_made(load: "Load", good: "Text") -> None:
    files = {f"problems/{slug}.md": good(f"problems/{slug}.md", messages=None) for slug in ("flat-tyre", "chain-off")}
    assert "messages" not in by_name(load(dict(files)))


def test_a_section_says_what_the_value_means_and_in_which_group_it_stands(load: "Load") -> None:
    first, second, _ = by_name(load({}))["symptom"].sections
    assert (first.label, first.means, first.group) == ("A soft tyre", "There is little air in the tyre.", "The wheels")
    assert (second.means, second.group) == ("", "Everything else")


def test_neighbours_are_the_values_of_other_facets_that_occur_most_often_together(load: "Load", good: "Text") -> None:
    known = load(
        {
            "problems/slow-leak.md": good("problems/slow-leak.md", wear=["tube"]),
            "problems/flat-tyre.md": good("problems/flat-tyre.md", wear=["pads", "tube"]),
        }
    )
    soft, _, noise = by_name(known)["symptom"].sections
    # Both speeds occur once; the first of the vocabulary is named.
    assert [(near.index, near.anchor, near.label) for near in soft.neighbours] == [
        ("wear", "tube", "The inner tube"),
        ("speed", "at-once", "At once"),
    ]
    assert [near.anchor for near in noise.neighbours] == ["pads"]


def test_who_lists_problems_by_who_can_carry_out_one_of_their_remedies(load: "Load") -> None:
    assert articles(by_name(load({}))["who"]) == {
        "rider": ["flat-tyre", "slow-leak"],
        "workshop": ["flat-tyre", "slow-leak", "ask-shop", "squeal", "chain-off"],
    }


def test_messages_are_sorted_without_case_and_link_to_their_problems(load: "Load", good: "Text") -> None:
    known = load({"problems/squeal.md": good("problems/squeal.md", messages=["drive lost", "Tyre soft"])})
    found = by_name(known)["messages"]
    assert [section.label for section in found.sections] == [
        "drive lost",
        "ERROR 7: NO DRIVE",
        "TYRE PRESSURE LOW",
        "Tyre soft",
    ]
    assert articles(found)["error-7-no-drive"] == ["chain-off"]


def test_phrases_stand_under_their_letter_in_order_with_figures_last(load: "Load") -> None:
    found = by_name(load({}))["phrases"]
    assert [(section.anchor, section.label) for section in found.sections] == [
        ("f", "F"),
        ("p", "P"),
        ("s", "S"),
        ("digits", "0–9"),
    ]
    assert found.entries
    assert [entry.phrase for entry in found.entries["s"]] == ["schrader", "screeching", "slow puncture"]
    assert [entry.article.slug for entry in found.entries["p"]] == ["valve-kinds", "flat-tyre"]


def test_page_and_addresses_of_an_index(load: "Load") -> None:
    found = by_name(load({}))["speed"]
    assert (found.src_uri, found.url) == ("symptoms/speed.md", "symptoms/speed/")
    assert found.section_url("at-once") == "symptoms/speed/#at-once"


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("You've hit our limit", "youve-hit-our-limit"),
        ("  «Später» & 7", "spater-7"),
        ("'quoted' text", "quoted-text"),
        ("…", "message"),
        ("é", "e"),
    ],
)
def test_an_anchor_is_made_of_the_words_of_a_text(text: str, anchor: str) -> None:
    assert index.anchor(text) == anchor


@given(st.text())
def test_an_anchor_can_stand_in_an_address(text: str) -> None:
    found = index.anchor(text)
    assert found
    assert len(found) <= 80
    assert all(part.isascii() and part.isalnum() and part == part.lower() for part in found.split("-"))


@given(st.text())
def test_words_are_sorted_without_case_and_accents(other: str) -> None:
    assert index.sort_key("É" + other) == index.sort_key("e" + other)


def test_sections_of_messages_that_read_alike_have_anchors_of_their_own(load: "Load", good: "Text") -> None:
    alike = ["Error", "error!", "Error 2", "error 2?", "Error-2!"]
    known = load({"problems/squeal.md": good("problems/squeal.md", messages=alike)})
    anchors = [section.anchor for section in by_name(known)["messages"].sections]
    assert len(anchors) == len(set(anchors))


def test_every_problem_of_the_real_site_stands_in_an_index_with_all_its_values(real: Site) -> None:
    found = {one.name: articles(one) for one in real.indexes}
    facets = real.knowledge.vocabulary.facets
    for problem in real.knowledge.problems:
        assert any(problem.slug in slugs for sections in found.values() for slugs in sections.values())
        for facet, values in problem.facets.items():
            if facets[facet].index:
                assert all(problem.slug in found[facet][value] for value in values)


def many(load: "Load", good: "Text", count: int) -> Knowledge:
    """With so many problems more that have a symptom in common, and two phrases each."""
    more = {
        f"problems/squeal-{number}.md": good(
            "problems/squeal.md",
            title=f"My brakes squeal {number}",
            description=f"What to do about brakes that squeal in way {number} of them all.",
            phrases=[f"squeal {number}", f"noise {number}"],
            weight=1 + number % 50,
        )
        for number in range(count)
    }
    return load(dict(more))


def test_a_section_names_the_most_common_articles_and_counts_the_others(
    load: "Load", good: "Text", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "MOST_LISTED", 3)
    (section,) = [one for one in by_name(many(load, good, 9))["symptom"].sections if one.anchor == "noise"]
    assert section.listed == section.articles[:3]
    assert section.more == 7
    assert len(section.articles) == 10


def test_phrases_stand_on_one_page_as_long_as_they_fit(
    load: "Load", good: "Text", monkeypatch: pytest.MonkeyPatch
) -> None:
    phrases = by_name(many(load, good, 4))["phrases"]
    count = sum(map(len, (phrases.entries or {}).values()))
    monkeypatch.setattr(index, "WHOLE", count)
    assert phrases.pages == ("symptoms/phrases.md",)
    monkeypatch.setattr(index, "WHOLE", count - 1)
    assert phrases.pages[0] == "symptoms/phrases.md"
    assert {"symptoms/phrases/n.md", "symptoms/phrases/s.md"} <= {*phrases.pages}
    assert [*phrases.letters] == [section.anchor for section in phrases.sections]
