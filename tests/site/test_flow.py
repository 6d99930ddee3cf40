"""The flow as somebody without scripts walks it: every page of it is fetched, every answer followed."""

import re
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

import builder
import reader

ROOT = "find/"
UNSURE = "I'm not sure"
NONE = "None of these"


@dataclass(frozen=True, slots=True)
class State:
    """One page of the flow: what it asks, and where its buttons lead."""

    page: reader.Page
    answers: dict[str, str]
    """Label and address of each answer; with a list, of each article in it."""
    ways_out: dict[str, str]
    """The quieter buttons below."""
    changes: list[str]
    left: int
    """The number in "At most N questions left"; 0 where it does not stand."""

    @property
    def asks(self) -> bool:
        """Whether this is a question, not a list of what is left."""
        return UNSURE in self.ways_out

    @property
    def following(self) -> list[str]:
        """The states that follow, whatever is answered."""
        every = (*self.answers.values(), self.ways_out.get(UNSURE, ""))
        return [url for url in every if url.startswith(ROOT)]


@pytest.fixture(scope="module")
def states(served: str) -> dict[str, State]:
    """All pages that a person can come to from the first question."""
    connection = HTTPConnection(urlsplit(served).netloc)
    found: dict[str, State] = {}
    ahead = [ROOT]
    while ahead:
        url = ahead.pop()
        if url not in found:
            found[url] = _state(connection, url)
            ahead += found[url].following
    connection.close()
    return found


def test_the_answers_lead_to_every_article_of_the_flow(states: dict[str, State], catalogue: dict[str, Any]) -> None:
    ends = {url for state in states.values() for url in state.answers.values() if not url.startswith(ROOT)}
    by_id = {article["id"]: article for article in catalogue["articles"]}
    root = next(node for node in catalogue["flow"]["nodes"] if node["url"] == catalogue["flow"]["root"])
    assert ends == {by_id[one]["url"] for one in root["live"]}
    # Those that lead to a human are where "None of these" leads.
    ends |= {state.ways_out[NONE] for state in states.values()}
    assert {article["url"] for article in by_id.values() if article["kind"] == "problem"} <= ends


def test_the_walked_states_are_those_of_the_catalogue(states: dict[str, State], catalogue: dict[str, Any]) -> None:
    nodes = {node["url"]: node for node in catalogue["flow"]["nodes"]}
    assert catalogue["flow"]["root"] == ROOT
    assert set(states) == set(nodes)
    for url, state in states.items():
        said = {answer["label"]: answer["url"] for answer in nodes[url]["answers"]}
        assert said == state.answers, url
        assert state.ways_out.get(UNSURE) == nodes[url]["unsure"], url
        assert state.ways_out[NONE] == nodes[url]["none_of_these"], url
        assert state.left == nodes[url]["left"], url


def test_every_question_can_be_left_unsure_and_every_page_leads_to_the_human(
    states: dict[str, State], catalogue: dict[str, Any]
) -> None:
    problems = {article["url"] for article in catalogue["articles"] if article["kind"] == "problem"}
    for url, state in states.items():
        assert list(state.ways_out) in ([UNSURE, NONE], [NONE]), url
        assert state.ways_out[NONE] in problems, url
        assert len(state.answers) >= 2, url
    assert states[ROOT].asks


def test_no_page_asks_the_same_question_twice_on_one_route(states: dict[str, State]) -> None:
    for url in states:
        facets = [_facet(step) for step in _steps(url)]
        assert len(facets) == len(set(facets)), url


def test_each_answer_adds_one_answer_to_the_address(states: dict[str, State]) -> None:
    for url, state in states.items():
        for following in state.following:
            assert set(_steps(url)) < set(_steps(following)), (url, following)
            assert len(_steps(following)) == len(_steps(url)) + 1, (url, following)


def test_the_number_of_questions_left_is_true(states: dict[str, State]) -> None:
    longest: dict[str, int] = {}
    # Every step makes the address longer, so the longest addresses come first.
    for url in sorted(states, key=lambda one: -len(_steps(one))):
        state = states[url]
        longest[url] = max((longest[one] for one in state.following), default=0) + state.asks
    assert {url: (state.left, longest[url]) for url, state in states.items() if state.left != longest[url]} == {}


def test_every_answer_given_can_be_changed_on_the_page_that_asked_for_it(states: dict[str, State]) -> None:
    for url, state in states.items():
        assert len(state.changes) == len(_steps(url)), url
        for change in state.changes:
            assert states[change].asks, (url, change)
            assert set(_steps(change)) < set(_steps(url)), (url, change)


def test_the_title_of_every_state_starts_with_its_question(states: dict[str, State]) -> None:
    for url, state in states.items():
        (heading,) = state.page.headings
        assert state.page.title.startswith(heading), url


def _state(connection: HTTPConnection, url: str) -> State:
    connection.request("GET", builder.PREFIX + url)
    response = connection.getresponse()
    html = response.read().decode("utf-8")
    assert response.status == 200, url
    page = reader.parse(url, html)
    buttons = [link for link in _inside(page, "kb-answers") if "li." in link.inside]
    left = re.search(r"At most (\d+) questions? left", page.text)
    return State(
        page,
        answers={link.text: _target(link, url) for link in buttons if link.line < page.rule},
        ways_out={link.text: _target(link, url) for link in buttons if link.line > page.rule},
        changes=[_target(link, url) for link in _inside(page, "kb-given") if link.text.startswith("Change")],
        left=int(left[1]) if left else 0,
    )


def _inside(page: reader.Page, name: str) -> list[reader.Link]:
    """The links in the part of the page that has this class."""
    return [link for link in page.links if any(around.endswith(f".{name}") for around in link.inside)]


def _target(link: reader.Link, url: str) -> str:
    """Where the link leads, relative to the site's root, without fragment."""
    return urlsplit(urljoin("/" + url, link.address)).path.removeprefix("/")


def _steps(url: str) -> list[str]:
    return url.removeprefix(ROOT).strip("/").split("/") if url != ROOT else []


def _facet(step: str) -> str:
    return step.partition("-")[0]
