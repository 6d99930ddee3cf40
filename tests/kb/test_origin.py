"""The sources of the facts."""

from kb import origin
from kb.origin import COLUMNS, Origin
from kb.site import Site
from kb.source import Source


def test_a_row_becomes_a_source() -> None:
    row = "book,Bicycles,2020-01-01,A house,,CC BY 4.0,https://x.test/,Its writers,,read twice"
    assert origin.parse(Source("sources.csv", f"{','.join(COLUMNS)}\n{row}\n")) == (
        Origin(
            "book",
            "Bicycles",
            "2020-01-01",
            "A house",
            "",
            "CC BY 4.0",
            "https://x.test/",
            "Its writers",
            "",
            "read twice",
        ),
    )


def test_every_fact_of_the_real_ledger_has_a_source_and_every_source_has_facts(real: Site) -> None:
    named = {fact.source for fact in real.knowledge.facts}
    assert named == {source.key for source in real.knowledge.origins}
