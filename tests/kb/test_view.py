"""What the templates show around the text of a page."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from kb import view
from kb.site import Site

if TYPE_CHECKING:
    from tests.kb.conftest import Compile, Text

GOOD = Path(__file__).parents[1] / "cases/_good/docs"
HUMAN = {
    "title": "I want somebody to look at it",
    "url": "problems/ask-shop/",
    "description": "How to find a workshop, and what to tell it about the bicycle.",
}


@pytest.fixture
def site(compiled: "Compile") -> Site:
    return compiled({})


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("find/index.md", "question"),
        ("problems/squeal.md", "problem"),
        ("remedies/pump-up.md", "remedy"),
        ("reference/valve-kinds.md", "reference"),
        ("symptoms/index.md", "index"),
        ("symptoms/wear.md", "index"),
        ("about.md", "page"),
        ("index.md", "page"),
    ],
)
def test_every_page_has_a_kind_and_a_way_to_a_human(name: str, kind: str, site: Site) -> None:
    found = view.page(site, name)
    assert found["kind"] == kind
    assert found["human"] == HUMAN


def test_the_home_page_names_the_most_common_problems_first(site: Site) -> None:
    titles = [link["title"] for link in view.page(site, "index.md")["common"]]
    assert titles[:2] == ["My tyre went flat all at once", "My tyre is soft every morning"]


def test_the_home_page_names_no_more_problems_than_it_may(real: Site) -> None:
    assert len(view.everywhere(real)["common"]) == view.MOST_COMMON


def test_the_most_common_problems_are_those_of_everybody(real: Site) -> None:
    """Whoever looks after others finds their own articles behind an answer."""
    by_url = {problem.url: problem for problem in real.knowledge.problems}
    named = [by_url[link["url"]] for link in view.everywhere(real)["common"]]
    assert [problem.slug for problem in named if real.knowledge.lexicon.audience(problem.facets)] == []
    assert named[0].weight == max(problem.weight for problem in by_url.values())


@pytest.mark.parametrize(("today", "shown"), [(date(2027, 3, 31), 1), (date(2027, 4, 1), 0)])
def test_the_home_page_announces_what_is_to_stand_there_up_to_its_last_day(
    today: date, shown: int, compiled: "Compile"
) -> None:
    words = (GOOD / "vocabulary.yml").read_text(encoding="utf-8")
    site = compiled({"vocabulary.yml": words.replace("  recall:\n", "  recall:\n    home: true\n")})
    news = [
        {
            "title": "Some brake pads were called back",
            "text": "Look at the number on the pad before you ride.",
            "url": "reference/valve-kinds/",
        }
    ]
    assert view.page(replace(site, today=today), "index.md")["news"] == news * shown


def test_the_home_page_announces_nothing_that_is_for_articles_alone(site: Site) -> None:
    assert view.page(site, "index.md")["news"] == []


def test_the_home_page_asks_the_first_question(site: Site) -> None:
    root = view.everywhere(site)["root"]
    assert (root["question"], root["url"]) == ("What is wrong with the bicycle?", "find/")
    assert root["groups"][0] == {
        "name": "wheels",
        "label": "The wheels",
        "answers": [{"label": "A tyre is soft", "url": "find/symptom-soft-tyre/"}],
    }
    assert (root["unsure"], root["none"]) == ("find/symptom-unsure/", "problems/ask-shop/")


def test_a_question_shows_what_was_answered_with_a_way_to_change_it_that_keeps_later_answers(site: Site) -> None:
    state = view.page(site, "find/symptom-soft-tyre/speed-unsure.md")["state"]
    assert state["answers"] == [
        {
            "question": "What is wrong with the bicycle?",
            "answer": "A soft tyre",
            "change_url": "find/#keep=speed-unsure",
        },
        {"question": "How fast does the air go?", "answer": None, "change_url": "find/symptom-soft-tyre/"},
    ]
    assert state["left"] == 0


def test_a_problem_shows_its_related_articles_and_its_values(site: Site) -> None:
    found = view.page(site, "problems/flat-tyre.md")
    assert [link["url"] for link in found["related"]] == ["problems/slow-leak/", "reference/valve-kinds/"]
    assert [(one["label"], [value["url"] for value in one["values"]]) for one in found["facets"]] == [
        ("What happens", ["symptoms/symptom/#soft-tyre"]),
        ("How fast", ["symptoms/speed/#at-once"]),
        ("What wore out", ["symptoms/wear/#tube"]),
        ("Find it by message", ["symptoms/messages/#tyre-pressure-low"]),
        ("Find it by who can mend it", ["symptoms/who/#rider", "symptoms/who/#workshop"]),
    ]


def test_a_remedy_shows_the_problems_that_name_it_the_most_common_first(site: Site) -> None:
    found = view.page(site, "remedies/mend-tube.md")
    assert [link["url"] for link in found["problems"]] == ["problems/flat-tyre/", "problems/slow-leak/"]


def test_an_article_shows_when_it_was_reviewed(site: Site) -> None:
    assert view.page(site, "problems/squeal.md")["article"]["reviewed"] == "2026-11-21"


def test_every_view_is_plain_data(site: Site) -> None:
    for name in (*site.by_page, *site.flow.by_page, *site.index_pages, "index.md"):
        found = view.page(site, name)
        assert json.loads(json.dumps(found)) == found


def test_every_value_that_a_real_problem_shows_is_a_section_of_an_index_or_a_number(real: Site) -> None:
    sections = {one.section_url(section.anchor) for one in real.indexes for section in one.sections}
    sections |= {f"symptoms/numbers/#{answer.anchor}" for group in real.numbers for answer in group.answers}
    for problem in real.knowledge.problems:
        shown: list[dict[str, Any]] = view.page(real, problem.page)["facets"]
        assert shown, problem.slug
        assert {value["url"] for one in shown for value in one["values"]} <= sections


def test_a_text_is_handed_over_as_it_was_written(compiled: "Compile", good: "Text") -> None:
    title = 'Brakes & "noise" {{ x }} *'
    site = compiled({"problems/squeal.md": good("problems/squeal.md", title=title)})
    assert view.page(site, "problems/squeal.md")["article"]["title"] == title
