"""What the scripts of a page know."""

from typing import TYPE_CHECKING

from kb import script, view
from kb.site import Site

if TYPE_CHECKING:
    from tests.kb.conftest import Compile


def test_a_problem_knows_its_remedies_in_order_with_what_they_need(compiled: "Compile") -> None:
    site = compiled({})
    told = script.problem(site, site.knowledge.problem("flat-tyre"))
    assert [remedy["id"] for remedy in told["remedies"]] == ["mend-tube", "visit-shop"]
    assert told["remedies"][0]["needs"] == [{"id": "pump", "label": "a pump"}, {"id": "tools", "label": "tools"}]
    assert told["messages"] == ["TYRE PRESSURE LOW"]


def test_a_question_knows_its_answers_with_their_addresses_and_what_they_lack(real: Site) -> None:
    state = next(state for state in real.flow.states if state.facet == "have")
    choices = {choice["value"]: choice for choice in script.question(real, state)["choices"]}
    assert choices["nothing"]["lacks"] == ["second-method", "signed-in"]
    assert choices["office-phone"]["url"] == "problems/phone-left-behind/"


def test_a_question_knows_what_was_answered_before_it(real: Site) -> None:
    state = real.flow.by_page["find/situation-not-arriving.md"]
    (given,) = script.question(real, state)["given"]
    assert (given["facet"], given["value"], given["answer"]) == ("situation", "not-arriving", "Nothing arrives")


def test_an_answer_that_was_none_is_said_in_words(real: Site) -> None:
    state = next(state for state in real.flow.states if any(given.answer is None for given in state.given))
    assert "I'm not sure" in [given["answer"] for given in script.question(real, state)["given"]]


def test_answers_given_for_somebody_else_are_not_told_to_scripts(real: Site) -> None:
    own, other = next(iter(real.flow.by_page)), next(iter(real.assist))
    assert "script" in view.page(real, own)
    assert "script" not in view.page(real, other)
