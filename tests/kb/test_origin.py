"""The sources of the facts."""

from typing import TYPE_CHECKING

import pytest

from kb import origin
from kb.fault import FaultsError
from kb.origin import COLUMNS, Origin
from kb.site import Site
from kb.source import Source

if TYPE_CHECKING:
    from tests.kb.conftest import Load, Text

HEAD = ",".join(COLUMNS)


def sources(handbook: str) -> str:
    """A sources.csv of the good site, with how certain its handbook is."""
    return f"{HEAD}\nhandbook,A book,,,,,,,,,{handbook},\nleaflet,A leaflet,,,,,,,,,firm,\n"


def test_a_row_becomes_a_source() -> None:
    row = "book,Bicycles,2020-01-01,A house,,CC BY 4.0,https://x.test/,Its writers,shelf,page 3,firm,read twice"
    assert origin.parse(Source("sources.csv", f"{HEAD}\n{row}\n")) == (
        Origin(
            "book",
            "Bicycles",
            "2020-01-01",
            "A house",
            "",
            "CC BY 4.0",
            "https://x.test/",
            "Its writers",
            "shelf",
            "page 3",
            "firm",
            "read twice",
        ),
    )


def test_every_real_fact_has_a_source_and_every_source_has_facts_or_the_error_numbers(real: Site) -> None:
    assert real.knowledge.numbers
    named = {fact.source for fact in real.knowledge.facts} | set(real.knowledge.numbers.sources)
    assert named == {source.key for source in real.knowledge.origins}


@pytest.mark.parametrize("certainty", ["", "Firm", "sure"])
def test_a_source_says_in_one_of_three_words_how_certain_it_is(certainty: str) -> None:
    found = origin.parse(Source("sources.csv", sources(certainty)))
    assert isinstance(found, list)
    assert [(fault.line, fault.code) for fault in found] == [(2, "unknown-certainty")]


@pytest.mark.parametrize("certainty", ["old", "second-hand"])
@pytest.mark.parametrize(("review_by", "faults"), [("2027-02-21", 0), ("2027-02-22", 1)])
def test_what_is_not_firm_is_looked_at_again_within_a_quarter(
    certainty: str, review_by: str, faults: int, load: "Load", good: "Text"
) -> None:
    changes = {
        "sources.csv": sources(certainty),
        "problems/slow-leak.md": good("problems/slow-leak.md", review_by="2027-01-01"),
        "problems/flat-tyre.md": good("problems/flat-tyre.md", review_by=review_by),
    }
    found = []
    try:
        load(changes)
    except FaultsError as error:
        found = [(fault.path, fault.code) for fault in error.faults]
    assert found == [("docs/problems/flat-tyre.md", "review-too-late")] * faults


def test_what_is_firm_may_wait(load: "Load") -> None:
    assert load({"sources.csv": sources("firm")}).origins[0].certainty == "firm"
