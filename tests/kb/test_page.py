"""The Markdown of pages that the engine makes or completes."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kb import index, origin, page
from kb.render import Renderer
from kb.site import Site

if TYPE_CHECKING:
    from tests.kb.conftest import Compile, Text


@pytest.fixture
def renderer(root: Path) -> Renderer:
    return Renderer(root / "overrides/markdown")


def text_of(site: Site, slug: str, renderer: Renderer) -> str:
    return page.article_markdown(site, site.knowledge.by_slug[slug], renderer)


def texts(site: Site, renderer: Renderer) -> dict[str, str]:
    """Of the pages that nobody writes, by path."""
    return {one.path: one.text(renderer) for one in page.generated(site)}


@pytest.mark.parametrize(
    ("body", "intro", "rest"),
    [
        ("One.\n\n## Two\n\nThree.\n", "One.", "## Two\n\nThree.\n"),
        ("One.\n", "One.", ""),
        ("## Two\n\nThree.\n", "", "## Two\n\nThree.\n"),
        ("One.\n\n### Small\n", "One.\n\n### Small", ""),
        ("One.\n\n```\n## no heading\n```\n\n## Two\n", "One.\n\n```\n## no heading\n```", "## Two\n"),
    ],
)
def test_the_intro_is_what_stands_before_the_first_heading(body: str, intro: str, rest: str) -> None:
    assert page.split_intro(body) == (intro, rest)


def test_a_problem_shows_its_remedies_whole_and_in_order_between_intro_and_rest(
    compiled: "Compile", renderer: Renderer
) -> None:
    text = text_of(compiled({}), "flat-tyre", renderer)
    parts = [
        "# My tyre went flat all at once",
        "Stop riding",
        "### Mend the tube { #mend-tube .remedy }",
        "a thorn went through the tube",
        "1. Take the tube out.",
        "### Take it to a workshop { #visit-shop .remedy }",
        "1. Push the bicycle there.",
        "## How to tell",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_a_remedy_without_a_cause_gives_no_reason(compiled: "Compile", renderer: Renderer) -> None:
    assert text_of(compiled({}), "flat-tyre", renderer).count("because") == 1
    assert "because" not in text_of(compiled({}), "chain-off", renderer)


def test_a_remedy_says_who_how_long_what_it_needs_and_whether_it_can_be_undone(
    compiled: "Compile", renderer: Renderer
) -> None:
    text = text_of(compiled({}), "mend-tube", renderer)
    for part in ("You or A workshop", "30 minutes", "a pump and tools", "easy to undo"):
        assert part in text


def test_a_reference_is_shown_below_its_title(compiled: "Compile", renderer: Renderer) -> None:
    text = text_of(compiled({}), "valve-kinds", renderer)
    assert text.startswith("# Kinds of valves\n")
    assert text.rstrip().endswith("They have a nut on top.")


def test_a_notice_stands_above_the_text_with_a_link_to_what_says_more(compiled: "Compile", renderer: Renderer) -> None:
    text = text_of(compiled({}), "squeal", renderer)
    notice = text.index("Some brake pads were called back")
    assert text.index("# My brakes squeal") < notice < text.index("It is loud")
    assert "(/reference/valve-kinds.md)" in text


def test_no_word_of_a_title_becomes_markup(compiled: "Compile", good: "Text", renderer: Renderer) -> None:
    changed = good("problems/squeal.md", title="# [My](x.md) *brakes* { .squeal }")
    text = text_of(compiled({"problems/squeal.md": changed}), "squeal", renderer)
    assert text.lstrip().startswith(r"# \# \[My\]\(x\.md\) \*brakes\* \{ \.squeal \}")


def test_the_front_matter_for_the_templates_is_plain_data(compiled: "Compile") -> None:
    site = compiled({})
    found = page.meta(site, site.knowledge.by_slug["squeal"])
    assert found["title"] == "My brakes squeal"
    assert found["template"] == "problem.html"
    assert found["lastmod"] == "2026-11-21"


def test_a_page_is_as_new_as_the_newest_remedy_that_it_tells(compiled: "Compile", good: "Text") -> None:
    remedy = good("remedies/visit-shop.md", reviewed="2026-11-24")
    site = compiled({"remedies/visit-shop.md": remedy})
    assert page.meta(site, site.knowledge.by_slug["squeal"])["lastmod"] == "2026-11-24"
    assert page.meta(site, site.knowledge.by_slug["mend-tube"])["lastmod"] == "2026-11-21"


def test_a_message_that_no_heading_says_gets_one(compiled: "Compile", good: "Text", renderer: Renderer) -> None:
    problem = good("problems/squeal.md", messages=["SQUEAK 7", "take it to a WORKSHOP", "Brake | worn"])
    text = text_of(compiled({"problems/squeal.md": problem}), "squeal", renderer)
    assert "## Also when the screen says “SQUEAK 7” or “Brake &#124; worn” { #other-messages }" in text
    assert "other-messages" not in text_of(compiled({}), "squeal", renderer)


def test_every_remedy_stands_once_on_the_list_of_all(compiled: "Compile", renderer: Renderer) -> None:
    site = compiled({})
    text = texts(site, renderer)["remedies/index.md"]
    assert [text.count(f"(/{remedy.page})") for remedy in site.knowledge.remedies] == [1] * len(site.knowledge.remedies)


def test_every_state_and_index_gets_a_page_of_its_own(compiled: "Compile", renderer: Renderer) -> None:
    site = compiled({})
    made = texts(site, renderer)
    assert len(made) == len(list(page.generated(site)))
    assert set(made) == {
        *(state.page for state in site.flow.states),
        "map.md",
        "remedies/index.md",
        "symptoms/index.md",
        *(f"symptoms/{name}.md" for name in ("symptom", "speed", "wear", "messages", "phrases", "who")),
        "contributing/facts.md",
        "contributing/sources.md",
        "contributing/freshness.md",
    }


def test_a_question_links_to_its_answers_and_to_the_ways_out(compiled: "Compile", renderer: Renderer) -> None:
    text = texts(compiled({}), renderer)["find/index.md"]
    for link in (
        "[A tyre is soft](/find/symptom-soft-tyre.md)",
        "[The chain](/problems/chain-off.md)",
        "[I'm not sure](/find/symptom-unsure.md)",
        "[None of these](/problems/ask-shop.md)",
    ):
        assert link in text


def test_only_states_after_an_answer_are_kept_from_search_engines(compiled: "Compile", renderer: Renderer) -> None:
    robots = {one.path: one.front(renderer).get("robots") for one in page.generated(compiled({}))}
    assert robots["find/index.md"] is None
    assert {said for name, said in robots.items() if name.startswith("find/symptom")} == {"noindex"}


def test_the_page_of_facts_says_for_each_where_it_is_told_or_why_not(compiled: "Compile", renderer: Renderer) -> None:
    text = texts(compiled({}), renderer)["contributing/facts.md"]
    rows = {row.split(" | ")[0].strip("| "): row for row in text.splitlines() if row.startswith("| B")}
    assert "[flat-tyre](/problems/flat-tyre.md)" in rows["B001"]
    assert "[slow-leak](/problems/slow-leak.md)" in rows["B002"]
    assert rows["B003"].endswith("| B001 |")
    assert "superseded" in rows["B004"]
    assert "harms the seals" in rows["B004"]


def test_the_page_of_facts_says_how_certain_each_is(compiled: "Compile", renderer: Renderer, good: "Text") -> None:
    head = ",".join(origin.COLUMNS)
    soon = {"review_by": "2027-01-01"}
    site = compiled(
        {
            "sources.csv": f"{head}\nhandbook,Talk,,,,,,,shop,counter,second-hand,\nleaflet,L,1998,,,,,,,,firm,\n",
            "problems/flat-tyre.md": good("problems/flat-tyre.md", **soon),
            "problems/slow-leak.md": good("problems/slow-leak.md", **soon),
        }
    )
    made = texts(site, renderer)
    assert re.search(r"^\| B001 \| .* \| second-hand \| ", made["contributing/facts.md"], re.M)
    assert "undated" in made["contributing/sources.md"]
    assert "Certainty: second-hand. Read in shop, counter." in made["contributing/sources.md"]
    assert "Certainty: firm.\n" in made["contributing/sources.md"]


def test_a_fact_that_holds_and_is_told_nowhere_is_listed_with_its_reason(
    compiled: "Compile", renderer: Renderer, root: Path
) -> None:
    rows = (root / "tests/cases/_good/docs/ledger.csv").read_text(encoding="utf-8").replace("superseded", "untold")
    text = texts(compiled({"ledger.csv": rows}), renderer)["contributing/facts.md"]
    told_nowhere = text.partition("## Told nowhere")[2].partition("## No longer true")[0]
    assert re.search(r"^\| --- .*\n\| B004 \| .* \| harms the seals \|$", told_nowhere, re.M)
    none = texts(compiled({}), renderer)["contributing/facts.md"]
    assert "Every fact that holds is told." in none


def test_the_page_of_sources_says_for_each_section_where_it_went(compiled: "Compile", renderer: Renderer) -> None:
    text = texts(compiled({}), renderer)["contributing/sources.md"]
    rows = [row for row in text.splitlines() if row.startswith(("| Tyres", "| Chain"))]
    # The leaflet's fact about tyres is told under the handbook's number.
    assert "flat-tyre" in rows[0]
    assert "slow-leak" in rows[0]
    assert "flat-tyre" in rows[1]
    assert rows[2].split("|")[2].strip() == ""
    assert "B004" in rows[2]


def test_a_fact_merged_in_a_circle_does_not_hold_the_build_up(compiled: "Compile", renderer: Renderer) -> None:
    head = "id,source,section,audience,kind,fact,status,merged_into,note\n"
    rows = (
        "B001,a,b,,,x,current,,\nB002,a,b,,,y,current,,\nB003,a,c,,,z,duplicate,B004,\nB004,a,c,,,z,duplicate,B003,\n"
    )
    assert "B003" in texts(compiled({"ledger.csv": head + rows}), renderer)["contributing/sources.md"]


def test_the_page_of_what_to_look_at_again_groups_by_the_day_of_the_build(
    compiled: "Compile", good: "Text", renderer: Renderer
) -> None:
    site = compiled({"problems/squeal.md": good("problems/squeal.md", review_by="2026-12-20")})
    sections = {}
    for day in (date(2026, 12, 1), date(2026, 12, 21), date(2026, 11, 1)):
        text = texts(replace(site, today=day), renderer)["contributing/freshness.md"]
        sections[day] = next(part.splitlines()[0] for part in text.split("\n## ") if "/problems/squeal.md)" in part)
        assert f"As of {day}." in text
        assert "Some brake pads were called back" in text
    assert sections == {
        date(2026, 12, 1): "Due by 2026-12-31",
        date(2026, 12, 21): "Overdue",
        date(2026, 11, 1): "Due later",
    }


def test_where_phrases_are_many_each_letter_has_a_page(
    compiled: "Compile", renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = compiled({})
    whole = texts(site, renderer)["symptoms/phrases.md"]
    monkeypatch.setattr(index, "WHOLE", 0)
    made = texts(site, renderer)
    letters = {path: text for path, text in made.items() if path.startswith("symptoms/phrases/")}
    entries = [line for line in whole.splitlines() if ": [" in line]
    assert sorted(line for text in letters.values() for line in text.splitlines() if ": [" in line) == sorted(entries)
    assert "- [3 phrases](/symptoms/phrases/s.md)" in made["symptoms/phrases.md"]
    assert "# A to Z: S\n" in letters["symptoms/phrases/s.md"]
    assert not [line for line in made["symptoms/phrases.md"].splitlines() if ": [" in line]


def test_a_section_that_names_not_all_says_where_the_others_are(
    compiled: "Compile", renderer: Renderer, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = compiled({})
    monkeypatch.setattr(index, "MOST_LISTED", 1)
    text = texts(site, renderer)["symptoms/symptom.md"]
    assert "; 1 more fit. [A few questions](/find/index.md) lead to each of them." in text
    assert text.count("- [My") == 3
