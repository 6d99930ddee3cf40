"""The figures by which the knowledge base is judged."""

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kb import figures, flow
from kb.settings import Extra, FlowLimits
from kb.site import compile_site

if TYPE_CHECKING:
    from tests.kb.conftest import Compile, Write


def test_the_figures_count_what_is_there(compiled: "Compile") -> None:
    found = dict(figures.lines(compiled({})))
    assert found["problems, remedies, references"] == "5, 3, 1"
    assert found["facts told, rows of the ledger"] == "2, 4"
    assert found["problems that the flow reaches"] == "4 of 4 by answers, 1 by 'None of these'"
    assert found["pages of the flow"] == "4, at most 20000"
    assert found["error numbers"] == "0, 0 with advice of their own, 0 with an article of their own"


def test_a_bound_of_the_pages_is_told(write: "Write", monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flow, "FEW", 1)
    site = compile_site(write({}), Extra(flow=FlowLimits(pages=1.5)), date(2026, 12, 1))
    found = dict(figures.lines(site))["pages of the flow"]
    # Four problems behind questions; the fifth is for people whom none of them fits.
    assert found == "4, at most 20000, with lists behind 'I'm not sure' from 6 on"
    assert site.flow.figures.most == 6


def test_the_questions_are_counted_with_the_weights_as_written_and_with_equal_ones(compiled: "Compile") -> None:
    found = dict(figures.lines(compiled({})))
    assert found["questions on average, weights as written"].startswith("1.800; the least possible 1.800;")
    assert found["questions on average, all weights 1"].startswith("1.500; the least possible 1.500;")
    assert found["longest route, weights as written"] == "2 questions, 2 with 'I'm not sure'; exact"
