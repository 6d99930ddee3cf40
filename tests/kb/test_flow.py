"""The decision flow as pages."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from mkdocs.structure.files import File

from kb import flow, knowledge, solver
from kb.flow import Flow, State, page_url
from kb.knowledge import Knowledge
from kb.settings import FlowLimits
from kb.site import Site

if TYPE_CHECKING:
    from tests.kb.conftest import Compile, Load, Text

GOOD = Path(__file__).parents[1] / "cases/_good/docs"


def buttons(state: State) -> dict[str, str]:
    return {answer.label: answer.page for group in state.groups for answer in group.answers}


def test_the_flow_begins_with_the_question_that_is_to_come_first(compiled: "Compile") -> None:
    root = compiled({}).flow.root
    assert (root.page, root.url) == ("find/index.md", "find/")
    assert (root.facet, root.question, root.hint) == (
        "symptom",
        "What is wrong with the bicycle?",
        "Take what you notice first.",
    )


def test_answers_stand_in_their_groups_and_lead_to_states_or_articles(compiled: "Compile") -> None:
    groups = compiled({}).flow.root.groups
    assert [group.label for group in groups] == ["The wheels", "Everything else"]
    assert buttons(compiled({}).flow.root) == {
        "A tyre is soft": "find/symptom-soft-tyre.md",
        "The chain": "problems/chain-off.md",
        "It makes a noise": "problems/squeal.md",
    }


def test_a_group_without_answers_is_not_shown(compiled: "Compile", good: "Text") -> None:
    site = compiled(
        {
            "problems/flat-tyre.md": good("problems/flat-tyre.md", symptom=["chain"]),
            "problems/slow-leak.md": good("problems/slow-leak.md", symptom=["noise"], speed=None, wear=None),
            "problems/chain-off.md": None,
            "problems/squeal.md": None,
        }
    )
    assert [group.label for group in site.flow.root.groups] == ["Everything else"]


def test_a_list_shows_what_is_left_with_what_each_article_says_of_itself(compiled: "Compile") -> None:
    state = compiled({}).flow.by_page["find/symptom-soft-tyre/speed-unsure.md"]
    assert (state.question, state.unsure, state.unsure_given) == (None, None, True)
    assert [(answer.label, answer.means) for answer in state.groups[0].answers] == [
        ("My tyre went flat all at once", "What to do about a tyre that lost all its air within a minute."),
        ("My tyre is soft every morning", "What to do about a tyre that loses its air while nobody rides."),
    ]


def test_a_list_behind_an_answer_that_nobody_was_sure_of_names_the_best_and_counts_the_others(
    load: "Load", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "MOST_LISTED", 1)
    state = flow.compile_flow(load({})).by_page["find/symptom-soft-tyre/speed-unsure.md"]
    assert [answer.page for answer in state.groups[0].answers] == ["problems/flat-tyre.md"]
    assert (state.more, state.live) == (1, ("flat-tyre", "slow-leak"))


def test_a_small_flow_is_not_cut_however_few_problems_it_has(load: "Load", monkeypatch: pytest.MonkeyPatch) -> None:
    known = load({})
    assert flow.compile_flow(known, pages=1.0).figures.most == flow.FEW
    monkeypatch.setattr(flow, "FEW", 0)
    assert flow.compile_flow(known, pages=1.0).figures.most == len(flow.live_problems(known))
    assert flow.compile_flow(known).figures.most == solver.MAX_STATES


def test_a_list_of_what_nothing_tells_apart_is_whole(
    load: "Load", good: "Text", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "MOST_LISTED", 1)
    known = load({"problems/flat-tyre.md": good("problems/flat-tyre.md", speed=None, weight=100)})
    found = flow.compile_flow(known).by_page["find/symptom-soft-tyre/speed-overnight.md"]
    assert (len(found.groups[0].answers), found.more) == (2, 0)


def test_the_articles_that_lead_to_a_human_are_behind_none_of_these_and_behind_no_answer(compiled: "Compile") -> None:
    site = compiled({})
    assert {state.none_of_these for state in site.flow.states} == {"problems/ask-shop.md"}
    assert all("problems/ask-shop.md" not in buttons(state).values() for state in site.flow.states)


def test_each_answer_given_leads_back_to_where_it_was_asked(compiled: "Compile") -> None:
    first, second = compiled({}).flow.by_page["find/symptom-soft-tyre/speed-unsure.md"].given
    assert (first.question, first.answer, first.change) == (
        "What is wrong with the bicycle?",
        "A soft tyre",
        "find/index.md",
    )
    assert (second.answer, second.change, second.part) == (None, "find/symptom-soft-tyre.md", "speed-unsure")


def test_how_many_questions_are_left_counts_this_one(compiled: "Compile") -> None:
    left = {state.page: state.left for state in compiled({}).flow.states}
    assert left["find/index.md"] == 2
    assert left["find/symptom-soft-tyre.md"] == 1
    assert left["find/symptom-soft-tyre/speed-unsure.md"] == 0


def test_what_names_an_answer_given_comes_before_what_merely_allows_it(load: "Load", good: "Text") -> None:
    known = load({"problems/flat-tyre.md": good("problems/flat-tyre.md", speed=None, weight=100)})
    found = flow.compile_flow(known).by_page["find/symptom-soft-tyre/speed-overnight.md"]
    assert [answer.page for group in found.groups for answer in group.answers] == [
        "problems/slow-leak.md",
        "problems/flat-tyre.md",
    ]


@pytest.mark.parametrize(
    ("longest", "mean", "codes"),
    [
        (2, 2.0, []),
        (1, 2.0, ["flow-too-long"]),
        (2, 1.5, ["flow-too-slow"]),
        (1, 1, ["flow-too-long", "flow-too-slow"]),
    ],
)
def test_a_flow_that_asks_more_than_the_limits_is_a_fault(
    longest: int, mean: float, codes: list[str], compiled: "Compile"
) -> None:
    site = compiled({})
    found = flow.check(site.knowledge, site.flow, FlowLimits(longest=longest, mean=mean), "mkdocs.yml")
    assert [fault.code for fault in found] == codes


def test_two_articles_that_nothing_tells_apart_are_named_once_as_a_pair(load: "Load", good: "Text") -> None:
    known = load({"problems/slow-leak.md": good("problems/slow-leak.md", speed=["at-once", "overnight"])})
    (found,) = flow.check(known, flow.compile_flow(known), FlowLimits(), "mkdocs.yml")
    assert found.code == "not-told-apart"
    assert "'slow-leak' and 'flat-tyre'" in found.sentence
    assert "'speed'" in found.suggestion


def test_where_no_facet_has_a_question_that_is_what_is_missing(load: "Load", root: Path) -> None:
    words = yaml.safe_load((root / "tests/cases/_good/docs/vocabulary.yml").read_text(encoding="utf-8"))
    for facet in words["facets"].values():
        for key in ("question", "first", "when"):
            facet.pop(key, None)
    known = load({"vocabulary.yml": yaml.safe_dump(words, sort_keys=False)})
    found = list(flow.check(known, flow.compile_flow(known), FlowLimits(), "mkdocs.yml"))
    assert "question" in found[0].suggestion


def test_if_every_problem_were_equally_common_the_weights_would_not_matter(load: "Load", good: "Text") -> None:
    heavy = load({"problems/squeal.md": good("problems/squeal.md", weight=100)})
    light = flow.equal_figures(heavy)
    assert light.mean == 1.5
    assert flow.compile_flow(heavy).figures.mean < 1.2


names = st.from_regex(r"(?!unsure\b)[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,2}", fullmatch=True)
parts = st.lists(names | st.sampled_from(["index", "README", "readme", "a.b"]), min_size=1, max_size=4)


@given(parts)
def test_the_address_of_a_page_is_the_one_that_mkdocs_gives_it(path: list[str]) -> None:
    page = "/".join(path) + ".md"
    url = File(page, "docs", "site", use_directory_urls=True).url
    assert page_url(page) == ("" if url == "./" else url)


# Small domains of any shape: facets with values, and problems with some of them.


@st.composite
def domains(draw: st.DrawFn) -> tuple[dict[str, Any], list[dict[str, list[str]]]]:
    facets: dict[str, Any] = {}
    words: list[str] = draw(st.lists(st.from_regex(r"[a-z]{1,3}", fullmatch=True), min_size=1, max_size=4, unique=True))
    for name in words:
        values: list[str] = draw(st.lists(names, min_size=1, max_size=4, unique=True))
        first: bool = draw(st.booleans())
        facets[f"f{name}"] = {
            "label": name,
            "question": f"Which {name}?",
            "first": first,
            "values": {value: {"label": value} for value in values},
        }
        others = sorted(set(facets) - {f"f{name}"})
        if draw(st.booleans()) and others:
            other = draw(st.sampled_from(others))
            facets[f"f{name}"]["when"] = {other: [draw(st.sampled_from([*facets[other]["values"], "unsure"]))]}
    problems = []
    for _ in range(draw(st.integers(1, 7))):
        given_values = {
            facet: draw(st.lists(st.sampled_from(list(facets[facet]["values"])), min_size=1, unique=True))
            for facet in draw(st.sets(st.sampled_from(sorted(facets))))
        }
        problems.append(given_values)
    return facets, problems


def write(docs: Path, facets: dict[str, Any], problems: list[dict[str, list[str]]]) -> Knowledge:
    shutil.rmtree(docs, ignore_errors=True)
    words = yaml.safe_load((GOOD / "vocabulary.yml").read_text(encoding="utf-8"))
    del words["notices"]
    (docs / "problems").mkdir(parents=True)
    (docs / "remedies").mkdir()
    shutil.copy(GOOD / "remedies/visit-shop.md", docs / "remedies")
    shutil.copy(GOOD / "problems/ask-shop.md", docs / "problems")
    (docs / "vocabulary.yml").write_text(yaml.safe_dump(words | {"facets": facets}, sort_keys=False))
    text = (GOOD / "problems/ask-shop.md").read_text(encoding="utf-8")
    for number, values in enumerate(problems):
        lines = "".join(f"{facet}: {values[facet]}\n" for facet in values).replace("'", '"')
        changed = text.replace("I want", f"{number} I want").replace("How to", f"{number} How to")
        (docs / f"problems/problem-{number}.md").write_text(changed.replace("remedies:", f"{lines}remedies:"))
    return knowledge.load(docs)


@settings(max_examples=40)
@given(domains(), st.sampled_from([None, 1.0, 1.5]))
def test_a_flow_of_any_domain_holds_its_promises_however_it_is_bounded(
    tmp_path_factory: pytest.TempPathFactory,
    domain: tuple[dict[str, Any], list[dict[str, list[str]]]],
    pages: float | None,
) -> None:
    facets, problems = domain
    known = write(tmp_path_factory.getbasetemp() / "domain" / "docs", facets, problems)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flow, "FEW", 1)
        compiled = flow.compile_flow(known, pages)
    every_address_is_unique_and_made_in_the_order_of_the_vocabulary(compiled, list(facets))
    every_link_leads_on(compiled)
    every_problem_is_reached(compiled, len(problems))


def every_address_is_unique_and_made_in_the_order_of_the_vocabulary(compiled: Flow, facets: list[str]) -> None:
    urls = [state.url for state in compiled.states]
    assert len(set(urls)) == len(urls)
    for state in compiled.states:
        asked = [part.partition("-")[0] for part in state.url.split("/")[1:-1]]
        assert asked == [name for name in facets if name in asked]
        assert len(asked) == len(state.given)


def every_link_leads_on(compiled: Flow) -> None:
    for state in compiled.states:
        targets = [*buttons(state).values(), *([state.unsure] if state.unsure else [])]
        for page in (*targets, *(answer.change for answer in state.given)):
            assert page in compiled.by_page or page.startswith("problems/")
        assert state.none_of_these
        assert bool(state.unsure) == bool(state.question)
        if state.question:
            following = [compiled.by_page[page].left for page in targets if page in compiled.by_page]
            assert state.left > max(following, default=0)


def every_problem_is_reached(compiled: Flow, count: int) -> None:
    ends = {page for state in compiled.states for page in buttons(state).values() if page.startswith("problems/")}
    assert ends == {f"problems/problem-{number}.md" for number in range(count)}


def test_the_real_flow_holds_its_promises(real: Site) -> None:
    every_address_is_unique_and_made_in_the_order_of_the_vocabulary(real.flow, list(real.knowledge.vocabulary.facets))
    every_link_leads_on(real.flow)


def test_with_all_weights_1_the_real_flow_is_shorter_than_one_made_by_hand_and_as_short_as_can_be(real: Site) -> None:
    figures = flow.equal_figures(real.knowledge)
    assert figures.exact
    assert figures.mean < 2.85
    assert figures.optimum is not None
    assert figures.mean == pytest.approx(figures.optimum)
    assert figures.longest <= 4
