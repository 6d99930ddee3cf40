"""The figures by which the knowledge base is judged, as lines for people."""

from collections.abc import Iterator

from kb.flow import equal_figures, live_problems
from kb.site import Site
from kb.solver import MAX_STATES, Figures


def lines(site: Site) -> Iterator[tuple[str, str]]:
    """Pairs of a name and a value."""
    knowledge, figures = site.knowledge, site.flow.figures
    problems = live_problems(knowledge)
    led_to = {answer.page for state in site.flow.states for group in state.groups for answer in group.answers}
    reached = [problem for problem in problems if problem.page in led_to]
    lists = [state for state in site.flow.states if state.question is None and not state.unsure_given]
    yield (
        "problems, remedies, references",
        f"{len(knowledge.problems)}, {len(knowledge.remedies)}, {len(knowledge.references)}",
    )
    yield "facts told, rows of the ledger", f"{sum(fact.live for fact in knowledge.facts)}, {len(knowledge.facts)}"
    answers = [answer for group in site.numbers for answer in group.answers]
    own = (sum(bool(answer.advice) for answer in answers), sum(bool(answer.targets) for answer in answers))
    yield "error numbers", f"{len(answers)}, {own[0]} with advice of their own, {own[1]} with an article of their own"
    yield (
        "problems that the flow reaches",
        f"{len(reached)} of {len(problems)} by answers, {len(knowledge.vocabulary.escapes)} by 'None of these'",
    )
    yield "lists of problems that nothing tells apart", str(len(lists))
    yield from _flow("weights as written", figures)
    yield from _flow("all weights 1", equal_figures(knowledge))
    cut = f"; {figures.cut} of them lists that a limit made" if figures.cut else ""
    early = f", with lists behind 'I'm not sure' from {figures.most} on" if figures.most < MAX_STATES else ""
    yield "pages of the flow", f"{figures.states}, at most {MAX_STATES}{early}{cut}"


def _flow(name: str, figures: Figures) -> Iterator[tuple[str, str]]:
    optimum = "too costly to find" if figures.optimum is None else f"{figures.optimum:.3f}"
    yield (
        f"questions on average, {name}",
        f"{figures.mean:.3f}; the least possible {optimum}; none below {figures.floor:.3f}",
    )
    yield (
        f"longest route, {name}",
        f"{figures.longest} questions, {figures.longest_unsure} with 'I'm not sure'; "
        + ("exact" if figures.exact else "partly greedy"),
    )
