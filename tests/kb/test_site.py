"""Everything that follows from the knowledge base."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from kb.fault import FaultsError
from kb.site import Site, generated_pages

if TYPE_CHECKING:
    from tests.kb.conftest import Compile, Text


def test_articles_are_found_by_the_path_of_their_file(compiled: "Compile") -> None:
    found = compiled({}).by_page
    assert found["problems/squeal.md"].slug == "squeal"
    assert found["reference/valve-kinds.md"].slug == "valve-kinds"
    assert len(found) == 9


@pytest.mark.parametrize(("today", "shown"), [(date(2027, 3, 31), 1), (date(2027, 4, 1), 0)])
def test_a_notice_is_shown_up_to_its_last_day(today: date, shown: int, compiled: "Compile") -> None:
    site = replace(compiled({}), today=today)
    assert len(site.notices(site.by_page["problems/squeal.md"])) == shown


def test_a_notice_is_shown_only_where_its_condition_holds(compiled: "Compile") -> None:
    site = compiled({})
    assert site.notices(site.by_page["problems/flat-tyre.md"]) == []


def test_a_remedy_shows_a_notice_that_all_its_problems_show_and_no_other(compiled: "Compile", good: "Text") -> None:
    site = compiled({"problems/slow-leak.md": good("problems/slow-leak.md", wear=["pads"])})
    assert len(site.notices(site.by_page["remedies/pump-up.md"])) == 1
    assert site.notices(site.by_page["remedies/mend-tube.md"]) == []


def test_a_reference_shows_the_notices_of_its_facets(compiled: "Compile", good: "Text") -> None:
    site = compiled({"reference/valve-kinds.md": good("reference/valve-kinds.md", wear=["pads"])})
    assert len(site.notices(site.by_page["reference/valve-kinds.md"])) == 1


def test_the_generated_pages_are_all_different(real: Site) -> None:
    pages = generated_pages(real)
    assert len(pages) == len(set(pages))


@pytest.mark.parametrize(
    "page",
    [
        "find/index.md",
        "find/symptom-soft-tyre/speed-unsure.md",
        "symptoms/index.md",
        "symptoms/phrases.md",
        "contributing/facts.md",
        "contributing/sources.md",
        "contributing/freshness.md",
    ],
)
def test_a_written_page_at_the_address_of_a_generated_one_is_refused(page: str, compiled: "Compile") -> None:
    with pytest.raises(FaultsError) as raised:
        compiled({page: "# Mine\n"})
    (found,) = raised.value.faults
    assert (found.path, found.code) == (f"docs/{page}", "generated-address")


def test_without_a_ledger_there_are_no_pages_of_facts_and_somebody_may_write_them(compiled: "Compile") -> None:
    site = compiled({"ledger.csv": None, "contributing/facts.md": "# Mine\n"})
    assert [page for page in generated_pages(site) if page.startswith("contributing/")] == ["contributing/freshness.md"]


def test_faults_of_flow_addresses_and_redirects_are_reported_together(compiled: "Compile", good: "Text") -> None:
    with pytest.raises(FaultsError) as raised:
        compiled(
            {
                "symptoms/wear.md": "# Mine\n",
                "problems/slow-leak.md": good("problems/slow-leak.md", speed=["at-once"]),
                "problems/squeal.md": good("problems/squeal.md", redirects=["find"]),
            }
        )
    assert [fault.code for fault in raised.value.faults] == ["not-told-apart", "address-in-use", "generated-address"]
