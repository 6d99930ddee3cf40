"""The flow in the words for somebody who helps another person."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from kb import assist, catalogue, view
from kb.flow import State
from kb.site import Site, generated_pages

if TYPE_CHECKING:
    from tests.kb.conftest import Compile

WORDS = Path(__file__).parents[1] / "cases/_good/docs/vocabulary.yml"
ONESELF = re.compile(r"\b(?:I|me|my|mine|myself|you|your|yours)\b", re.IGNORECASE)


@pytest.fixture
def site(compiled: "Compile") -> Site:
    """The good site with words for helpers, though not for everything."""
    words: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    symptom = words["facets"]["symptom"]
    symptom["helper_question"] = "What is wrong with their bicycle?"
    symptom["helper_groups"] = {"wheels": "Their wheels"}
    symptom["values"]["soft-tyre"]["helper_answer"] = "Their tyre is soft"
    words["helpers"] = {"link": "For somebody else", "back": "For yourself", "group": "wheels"}
    return compiled({"vocabulary.yml": yaml.safe_dump(words, sort_keys=False)})


def buttons(state: State) -> dict[str, str]:
    return {answer.label: answer.page for group in state.groups for answer in group.answers}


def test_the_questions_are_put_in_the_words_for_helpers_or_else_in_the_ordinary_ones(site: Site) -> None:
    first = site.assist["assist/index.md"]
    assert (first.question, first.hint) == ("What is wrong with their bicycle?", "Take what you notice first.")
    assert [group.label for group in first.groups] == ["Their wheels", "Everything else"]
    assert buttons(first) == {
        "Their tyre is soft": "assist/symptom-soft-tyre.md",
        "The chain": "problems/chain-off.md",
        "It makes a noise": "problems/squeal.md",
    }


def test_answers_given_are_told_in_the_words_for_helpers_and_can_be_changed_among_helpers(site: Site) -> None:
    first, second = site.assist["assist/symptom-soft-tyre/speed-unsure.md"].given
    assert (first.question, first.answer, first.change) == (
        "What is wrong with their bicycle?",
        "Their tyre is soft",
        "assist/index.md",
    )
    assert (second.answer, second.change, second.part) == (None, "assist/symptom-soft-tyre.md", "speed-unsure")


def test_a_list_names_the_same_articles(site: Site) -> None:
    name = "symptom-soft-tyre/speed-unsure.md"
    assert site.assist[f"assist/{name}"].groups == site.flow.by_page[f"find/{name}"].groups


@pytest.mark.parametrize("name", ["site", "real"])
def test_helpers_walk_the_same_flow_at_the_same_addresses_below_another_root(
    name: str, request: pytest.FixtureRequest
) -> None:
    site: Site = request.getfixturevalue(name)
    assert list(site.assist) == [assist.moved(state.page) for state in site.flow.states]
    for own, other in zip(site.flow.states, site.assist.values(), strict=True):
        assert list(buttons(other).values()) == [assist.moved(page) for page in buttons(own).values()]
        assert other.unsure == (assist.moved(own.unsure) if own.unsure else None)
        assert (other.none_of_these, other.left, other.live) == (own.none_of_these, own.left, own.live)
        parts = [[answer.part for group in one.groups for answer in group.answers] for one in (own, other)]
        assert parts[0] == parts[1]


def test_only_states_of_the_flow_move() -> None:
    assert assist.moved("find/index.md") == "assist/index.md"
    assert assist.moved("find/have-nothing.md") == "assist/have-nothing.md"
    assert assist.moved("problems/find.md") == "problems/find.md"
    assert assist.moved("finder/index.md") == "finder/index.md"


def test_without_words_for_helpers_there_is_nothing_for_them(compiled: "Compile") -> None:
    site = compiled({})
    assert site.assist == {}
    assert not any(page.startswith("assist/") for page in generated_pages(site))
    assert view.everywhere(site)["helpers"] is None
    assert view.page(site, "find/index.md")["state"]["other"] is None


def test_the_first_questions_lead_to_each_other_and_later_ones_do_not(site: Site) -> None:
    own, other = (view.page(site, f"{folder}/index.md")["state"] for folder in ("find", "assist"))
    assert (own["other"]["title"], own["other"]["url"]) == ("For somebody else", "assist/")
    assert (other["other"]["title"], other["other"]["url"]) == ("For yourself", "find/")
    assert (own["start"], other["start"]) == ("find/", "assist/")
    later = view.page(site, "assist/symptom-soft-tyre.md")["state"]
    assert (later["other"], later["start"], later["helping"]) == (None, "assist/", True)


def test_the_home_page_names_the_group_below_which_the_way_for_helpers_stands(site: Site) -> None:
    shown = view.everywhere(site)
    assert shown["helpers"] == {"title": "For somebody else", "url": "assist/", "group": "wheels"}
    assert "wheels" in [group["name"] for group in shown["root"]["groups"]]


def test_the_flow_that_other_programs_read_is_the_one_for_oneself(site: Site) -> None:
    nodes = json.loads(catalogue.text(site))["flow"]["nodes"]
    assert all(node["url"].startswith("find/") for node in nodes)


def test_helpers_are_never_asked_about_themselves(real: Site) -> None:
    """A new question or answer that says "I" or "your" needs helper_question, helper_hint or helper_answer."""
    messages = {message for problem in real.knowledge.problems for message in problem.messages}
    said = set()
    for state in real.assist.values():
        if state.question:
            said |= {state.question, state.hint or "", *buttons(state), *(group.label for group in state.groups)}
        said |= {text for given in state.given for text in (given.question, given.answer or "")}
    assert len(said) > 50
    assert sorted(text for text in said if ONESELF.search(text) and text not in messages) == []
