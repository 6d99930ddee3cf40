"""What people still have decides where they end, and the first remedy there asks for nothing else."""

from collections.abc import Iterator
from itertools import combinations

from kb import remaining
from kb.flow import State
from kb.site import Site


def ends(site: Site, state: State, left: frozenset[str], lacks: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Walk every route of a person to whom `left` is left, answering truthfully. Written apart from the engine."""
    facets = site.knowledge.vocabulary.facets
    answers = [answer for group in state.groups for answer in group.answers]
    values = facets[state.facet].values if state.facet else {}
    if any(value.has is not None for value in values.values()):
        true = [name for name, value in values.items() if name in left] or [
            name for name, value in values.items() if value.has == ()
        ]
        answers = [answer for answer in answers if answer.part == f"{state.facet}-{true[0]}"]
        assert answers, f"nobody with {sorted(left)} finds an answer on {state.page}"
        chosen = facets[state.facet or ""].values
        everything = {need for value in chosen.values() for need in value.has or ()}
        can = {need for name in left for need in chosen[name].has or ()}
        lacks |= everything - can
    for answer in answers:
        facet, _, name = answer.part.partition("-")
        more = lacks | set(facets[facet].values[name].lacks)
        if answer.page in site.flow.by_page:
            yield from ends(site, site.flow.by_page[answer.page], left, more)
        else:
            yield answer.page, more


def test_whatever_combination_is_left_the_first_remedy_needs_only_that(real: Site) -> None:
    facet = real.knowledge.vocabulary.facets["have"]
    things = [name for name, value in facet.values.items() if value.has]
    problems = {problem.page: problem for problem in real.knowledge.problems}
    walked = set()
    for count in range(len(things) + 1):
        for left in combinations(things, count):
            for page, lacks in ends(real, real.flow.root, frozenset(left), frozenset()):
                remedy, _ = real.knowledge.steps(problems[page])[0]
                assert not set(remedy.needs) & lacks, (left, page, remedy.slug)
                walked.add(page)
    assert len(things) >= 4
    assert walked == {problem.page for problem in problems.values() if problem.slug in real.flow.next_to}


def test_with_nothing_left_the_help_desk_comes_first(real: Site) -> None:
    page = next(
        answer.page
        for state in real.flow.states
        if state.facet == "have"
        for group in state.groups
        for answer in group.answers
        if answer.part == "have-nothing"
    )
    remedy, _ = real.knowledge.steps(real.knowledge.problem(page.split("/")[-1].removesuffix(".md")))[0]
    assert "help-desk" in remedy.who
    assert remedy.needs == ()


def test_the_real_site_leads_nobody_to_a_first_step_that_is_impossible(real: Site) -> None:
    assert list(remaining.check(real.knowledge, real.flow)) == []
